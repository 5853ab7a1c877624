package org.surgewire.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The schema registry refused or did not answer. The message names the schema, the subject or id, and the URL. */
public final class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean retriable;

    RegistryException(String message, int status, boolean retriable, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retriable = retriable;
    }

    /** HTTP status of the answer; 0 when there was none. */
    public int status() {
        return status;
    }

    /** Whether the same call may succeed later. A record must not be parked or skipped for such a failure. */
    public boolean retriable() {
        return retriable;
    }
}
