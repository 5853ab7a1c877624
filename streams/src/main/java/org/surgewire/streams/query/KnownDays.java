package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.List;
import org.surgewire.streams.counts.DayCount;

/**
 * The publication days that what was read so far covers, of all jurisdictions together.
 *
 * @param first publication day of the earliest announcement
 * @param last publication day of the latest announcement, or today where the wall clock drives the pipeline
 */
public record KnownDays(LocalDate first, LocalDate last) {
    boolean holds(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /**
     * What was announced from one day to another, as far as it is known.
     *
     * @param announced every day of a jurisdiction with an announcement, at least those from {@code from} to {@code to}
     */
    Tally tally(List<DayCount> announced, LocalDate from, LocalDate to) {
        LocalDate start = from.isBefore(first) ? first : from;
        LocalDate end = to.isAfter(last) ? last : to;
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        long known = end.toEpochDay() - start.toEpochDay() + 1;
        if (known <= 0) {
            return Tally.unknown(from, to, days);
        }
        DayCount sum = DayCount.none(to);
        for (DayCount each : announced) {
            if (!each.day().isBefore(start) && !each.day().isAfter(end)) {
                sum = sum.plus(each);
            }
        }
        return Tally.known(from, to, days - known, sum);
    }
}
