package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * Judges a day of a jurisdiction against the days before it on which the same sources were read. A day on which one of
 * them was not read is unknown, and no quiet day.
 *
 * <p>A source that was read on fewer than {@value ReleaseSurge#FEWEST_DAYS} of the days before is new: what it alone tells
 * of is counted and not judged, since nobody knows what it tells on an ordinary day. So the back-catalogue of a new source
 * is no surge, while the first announcement of a county from a source long read can be one. Where sources were read on
 * different days, those read longest are judged together as long as they have enough days in common; what the others alone
 * tell of is not judged.
 */
final class DayJudge {
    private final DailyCounts counts;
    private final BiFunction<String, LocalDate, Map<List<String>, Long>> evidence;
    private final SourcesRead sources;
    /** That of the day judged last: what a day brings is judged for many jurisdictions, mostly by the same sources. */
    private KnownDays latest = new KnownDays(LocalDate.EPOCH, DaySet.NONE);

    /** @param evidence arrests of a jurisdiction's day by the sources that tell of them, each list in order */
    DayJudge(DailyCounts counts, BiFunction<String, LocalDate, Map<List<String>, Long>> evidence, SourcesRead sources) {
        this.counts = counts;
        this.evidence = evidence;
        this.sources = sources;
    }

    /**
     * What a day is judged to be.
     *
     * @param arrests announced arrests that are judged
     * @param baselineDays known days that it was judged against
     */
    record Judged(Verdict verdict, long arrests, int baselineDays) {}

    Judged judge(ReleaseSurge detector, String jurisdictionId, DayCount day) {
        LocalDate oldest = day.day().minusDays(ReleaseSurge.MOST_DAYS);
        LocalDate yesterday = day.day().minusDays(1);
        Map<List<String>, Long> bySources = evidence.apply(jurisdictionId, day.day());
        LongRead longRead = LongRead.of(sources, bySources.keySet(), oldest, yesterday, ReleaseSurge.FEWEST_DAYS);
        if (longRead == null) {
            return new Judged(Verdict.notEnoughHistory((double) day.arrests()), 0, 0);
        }
        long arrests = longRead.arrests(bySources);
        DaySet baseline = longRead.days();
        if (!latest.isOf(day.day(), baseline)) {
            latest = new KnownDays(day.day(), baseline);
        }
        Verdict verdict = detector.judge(
                Series.of(counts.series(jurisdictionId, oldest, yesterday)).withExposure(latest::ago),
                (double) arrests);
        return new Judged(verdict, arrests, (int) baseline.count(oldest, yesterday));
    }
}
