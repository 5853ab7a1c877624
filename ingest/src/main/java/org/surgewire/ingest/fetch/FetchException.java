package org.surgewire.ingest.fetch;

import org.jspecify.annotations.Nullable;

/** No answer that could be read. The message is one line. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1;

    /** What a failure says about the source. */
    public enum Kind {
        /** The host does not want to be read: robots.txt, 401, 403, 429, 451. Never evaded. */
        REFUSED,
        /** There is nothing at the address: 404, 410. */
        GONE,
        /** Anything else: no connection, a time-out, an error of the server, too large, a private address. */
        FAILED
    }

    private final Kind kind;
    private final String code;
    private final String detail;

    FetchException(Kind kind, String code, String detail) {
        this(kind, code, detail, null);
    }

    FetchException(Kind kind, String code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.code = code;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * ROBOTS, HTTP_ and the status, NO_CONNECTION, TIME_OUT, TOO_LARGE, CUT_OFF, PRIVATE_ADDRESS, REDIRECTS, BAD_URL or
     * HELD_OFF.
     */
    public String code() {
        return code;
    }

    /** What went wrong, one line: the message. */
    public String detail() {
        return detail;
    }
}
