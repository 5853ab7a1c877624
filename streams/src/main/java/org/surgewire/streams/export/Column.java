package org.surgewire.streams.export;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A column of a table.
 *
 * @param about what it holds, for the codebook
 */
public record Column(String name, Type type, String about) {
    /** What values of a column are. Every value may be missing, which is unknown or does not apply. */
    public enum Type {
        TEXT,
        WHOLE,
        NUMBER,
        DAY,

        /** Point in time, UTC. */
        INSTANT,
        TRUTH,

        /** A list of texts. */
        TEXTS;

        /** As the codebook writes it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
