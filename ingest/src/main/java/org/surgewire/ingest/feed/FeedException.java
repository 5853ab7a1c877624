package org.surgewire.ingest.feed;

import org.jspecify.annotations.Nullable;

/** What came is no answer of this kind of source, or cannot be read: a failure of the source, never data. */
public final class FeedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String detail;

    FeedException(String code, String detail) {
        this(code, detail, null);
    }

    FeedException(String code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.detail = detail;
    }

    /** BOT_WALL, ERROR_PAGE, HTML_FOR_XML, HTML_FOR_JSON, NOT_A_FEED, NOT_JSON, NO_ENTRIES, NO_TEXT, EMPTY, BAD_GZIP or TOO_LARGE. */
    public String code() {
        return code;
    }

    /** What went wrong, one line: the message. */
    public String detail() {
        return detail;
    }
}
