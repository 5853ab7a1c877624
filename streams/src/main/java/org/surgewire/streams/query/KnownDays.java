package org.surgewire.streams.query;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The publication days that what was read so far spans, of all jurisdictions together. Which of them are known of a
 * jurisdiction is a question of its sources.
 *
 * @param first publication day of the earliest announcement
 * @param last publication day of the latest announcement, or today where the wall clock drives the pipeline
 */
public record KnownDays(LocalDate first, LocalDate last) {
    /** Whose days an instant is told in: federal publishers date their releases in Washington. */
    static final ZoneId ZONE = ZoneId.of("America/New_York");
}
