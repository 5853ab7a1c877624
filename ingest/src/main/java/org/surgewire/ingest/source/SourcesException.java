package org.surgewire.ingest.source;

import org.jspecify.annotations.Nullable;

/** The registry of sources cannot be read. The message is one line: the file, the line or source, and what to do. */
public final class SourcesException extends Exception {
    private static final long serialVersionUID = 1;

    SourcesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
