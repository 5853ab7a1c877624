package org.surgewire.streams.counts;

import java.time.LocalDate;

/**
 * What was announced in one jurisdiction on one publication day.
 *
 * @param announcements announcements that name the jurisdiction or a part of it
 * @param cases cases first announced on the day
 * @param low smallest number of announced arrests
 * @param arrests announced arrests
 * @param high largest number of announced arrests
 */
public record DayCount(LocalDate day, long announcements, long cases, long low, long arrests, long high) {
    /** Nothing announced. */
    public static DayCount none(LocalDate day) {
        return new DayCount(day, 0, 0, 0, 0, 0);
    }

    /** The sum; the day stays this one's. */
    public DayCount plus(DayCount other) {
        return new DayCount(
                day,
                announcements + other.announcements,
                cases + other.cases,
                low + other.low,
                arrests + other.arrests,
                high + other.high);
    }

    /** Whether every number is zero. */
    public boolean isNothing() {
        return announcements == 0 && cases == 0 && low == 0 && arrests == 0 && high == 0;
    }
}
