package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Of when an answer is.
 *
 * @param day last day of the windows, counted with everything that is known; null for the last known day
 * @param instant instant whose knowledge is asked for: what became known later is left out; null for now
 */
public record AsOf(@Nullable LocalDate day, @Nullable Instant instant) {
    /** With everything that is known, up to the last known day. */
    public static final AsOf NOW = new AsOf(null, null);

    public static AsOf day(LocalDate day) {
        return new AsOf(day, null);
    }

    public static AsOf instant(Instant instant) {
        return new AsOf(null, instant);
    }
}
