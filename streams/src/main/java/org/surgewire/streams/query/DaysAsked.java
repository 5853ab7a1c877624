package org.surgewire.streams.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days of an answer.
 *
 * @param from first day; null, like the other, when nothing has been read and no day was asked for
 * @param to last day
 */
record DaysAsked(@Nullable LocalDate from, @Nullable LocalDate to) {
    private static final int USUAL_DAYS = 28;

    /**
     * The days that are asked for; left open, the last one is the last known, and the first 27 days before the last.
     *
     * @throws IllegalArgumentException as {@link DayLimits#refuse}
     */
    static DaysAsked of(@Nullable LocalDate from, @Nullable LocalDate to, @Nullable KnownDays known) {
        LocalDate last = to;
        if (last == null && known != null) {
            last = from == null || known.last().isAfter(from) ? known.last() : from;
        } else if (last == null) {
            last = from;
        }
        LocalDate first = from == null && last != null ? last.minusDays(USUAL_DAYS - 1) : from;
        DayLimits.refuse(first, last);
        return new DaysAsked(first, last);
    }
}
