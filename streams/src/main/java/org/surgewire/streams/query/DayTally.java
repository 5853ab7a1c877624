package org.surgewire.streams.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.counts.DayCount;

/**
 * One day. A day without an announcement is zero where a source of the jurisdiction was read on it; else every number is
 * null, which is unknown.
 *
 * @param announcements announcements that name the jurisdiction or a part of it
 * @param cases cases first announced on the day
 * @param low smallest number of announced arrests
 * @param best announced arrests
 * @param high largest number of announced arrests
 */
public record DayTally(
        LocalDate day,
        @Nullable Long announcements,
        @Nullable Long cases,
        @Nullable Long low,
        @Nullable Long best,
        @Nullable Long high) {

    static DayTally known(DayCount count) {
        return new DayTally(
                count.day(), count.announcements(), count.cases(), count.low(), count.arrests(), count.high());
    }

    static DayTally unknown(LocalDate day) {
        return new DayTally(day, null, null, null, null, null);
    }
}
