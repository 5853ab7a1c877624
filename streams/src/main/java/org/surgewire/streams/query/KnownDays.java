package org.surgewire.streams.query;

import java.time.LocalDate;
import org.surgewire.streams.counts.DailyCounts;

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

    /** The numbers of a jurisdiction over these days, as far as they are known. */
    Tally tally(DailyCounts counts, String jurisdictionId, LocalDate from, LocalDate to) {
        LocalDate start = from.isBefore(first) ? first : from;
        LocalDate end = to.isAfter(last) ? last : to;
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        long known = Math.max(0, end.toEpochDay() - start.toEpochDay() + 1);
        return known == 0
                ? Tally.unknown(from, to, days)
                : Tally.known(from, to, days - known, DailyCounts.sum(to, counts.days(jurisdictionId, start, end)));
    }
}
