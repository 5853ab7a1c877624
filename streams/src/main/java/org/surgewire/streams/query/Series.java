package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which day an arrest counts on. */
public enum Series {
    /** The day on which it was announced. */
    PUBLICATION,

    /** The day on which it happened, as far as the announcement states the period; else the publication day. */
    PERIOD;

    /** As answers and parameters write it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
