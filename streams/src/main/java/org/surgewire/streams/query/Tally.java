package org.surgewire.streams.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.counts.DayCount;

/**
 * What was announced from one publication day to another. Every number is null, which is unknown, when none of the days is
 * known: no source of the jurisdiction was read on them.
 *
 * @param from first day; null when nothing has been read yet
 * @param to last day; null when nothing has been read yet
 * @param unknownDays days among them that are not known; the numbers are those of the other days
 * @param announcements announcements that name the jurisdiction or a part of it
 * @param cases cases first announced on these days
 * @param low smallest number of announced arrests
 * @param best announced arrests
 * @param high largest number of announced arrests
 * @param perMillion announced arrests per million inhabitants; null too where the population is not known
 */
public record Tally(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        long unknownDays,
        @Nullable Long announcements,
        @Nullable Long cases,
        @Nullable Long low,
        @Nullable Long best,
        @Nullable Long high,
        @Nullable Double perMillion) {

    private static final double MILLION = 1e6;
    private static final double DECIMALS = 1e4;

    static Tally known(LocalDate from, LocalDate to, long unknownDays, DayCount sum, @Nullable Long population) {
        Double rate = population == null || population == 0
                ? null
                : (Double) (Math.round(sum.arrests() * MILLION / population * DECIMALS) / DECIMALS);
        return new Tally(
                from, to, unknownDays, sum.announcements(), sum.cases(), sum.low(), sum.arrests(), sum.high(), rate);
    }

    static Tally unknown(@Nullable LocalDate from, @Nullable LocalDate to, long unknownDays) {
        return new Tally(from, to, unknownDays, null, null, null, null, null, null);
    }
}
