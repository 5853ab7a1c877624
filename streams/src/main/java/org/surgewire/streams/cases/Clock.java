package org.surgewire.streams.cases;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/** What makes event time go on when no announcement arrives. */
public sealed interface Clock {
    /** Only announcements: for replays and demonstrations of the past. */
    record OfAnnouncements() implements Clock {}

    /**
     * The wall clock, looked at once in an interval: for live operation, where alerts close on quiet days too.
     *
     * @param source where the time comes from
     * @param zone whose days count
     * @param interval how often to look
     */
    record OfTheWall(InstantSource source, ZoneId zone, Duration interval) implements Clock {
        LocalDate today() {
            return source.instant().atZone(zone).toLocalDate();
        }
    }
}
