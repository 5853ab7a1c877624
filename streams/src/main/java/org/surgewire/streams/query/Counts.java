package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one jurisdiction.
 *
 * @param by the series of every number
 * @param knownAt instant whose knowledge this is; null for now
 * @param jurisdiction the jurisdiction and its windows
 * @param known first and last publication day read so far; null when nothing has been read yet
 * @param from first day of {@code days}; null when nothing has been read and no day was asked for
 * @param to last day of {@code days}
 * @param total the sum of {@code days}
 * @param days every day from {@code from} to {@code to}
 * @param sourcesTotal how many sources the numbers of these days rest on
 * @param sources the newest of them
 */
public record Counts(
        Series by,
        @Nullable Instant knownAt,
        Standing jurisdiction,
        @Nullable KnownDays known,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        Tally total,
        List<DayTally> days,
        int sourcesTotal,
        List<Source> sources) {

    /**
     * Who says a number.
     *
     * @param day its publication day
     * @param caseId case it belongs to
     * @param releaseId release it was read from
     * @param url where to read the release
     * @param title title of the release, without names of persons
     * @param best announced arrests it adds to the day; by period, to the listed days
     * @param sentence the clause the number was read from; empty where it is a sum of parts
     */
    public record Source(
            LocalDate day, String caseId, String releaseId, String url, String title, long best, String sentence) {}
}
