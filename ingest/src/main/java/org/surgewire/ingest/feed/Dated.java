package org.surgewire.ingest.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A date as a source gives it.
 *
 * @param day the day in the publisher's time zone
 * @param at the instant; null where only the day is given
 */
public record Dated(LocalDate day, @Nullable Instant at) {
    static Dated at(Instant at, ZoneId zone) {
        return new Dated(LocalDate.ofInstant(at, zone), at);
    }

    static Dated on(LocalDate day) {
        return new Dated(day, null);
    }
}
