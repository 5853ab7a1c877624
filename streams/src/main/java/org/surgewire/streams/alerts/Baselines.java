package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/**
 * What the judge of days expects, day by day: the same numbers that an alert gives as expected and bound.
 *
 * <p>A day on which arrests were announced is judged against the days on which the sources that tell of them were read. A
 * day without is judged for nobody; its numbers are those of {@link ExpectedDays}, with all sources taken together.
 */
public final class Baselines {
    private final AlertSettings settings;
    private final DailyCounts counts;
    private final SourcesRead sources;
    private final ExpectedDays quiet;

    /**
     * @param counts announced arrests by day of publication, from 365 days before the first day that is asked for
     * @param sources when each source was read
     */
    public Baselines(Jurisdictions jurisdictions, AlertSettings settings, DailyCounts counts, SourcesRead sources) {
        this.settings = settings;
        this.counts = counts;
        this.sources = sources;
        this.quiet = new ExpectedDays(jurisdictions, settings, counts);
    }

    /**
     * What is expected of one day.
     *
     * @param expected announced arrests; null, like the bound, where there is not enough history
     * @param bound largest number that is no surge
     * @param baselineDays known days that this rests on; 0 where they are not enough
     */
    public record Expected(LocalDate day, @Nullable Double expected, @Nullable Double bound, int baselineDays) {
        private static Expected of(LocalDate day, Verdict verdict, int baselineDays) {
            return verdict.state() == Verdict.State.ENOUGH_HISTORY
                    ? new Expected(day, verdict.expected(), verdict.bound(), baselineDays)
                    : new Expected(day, null, null, 0);
        }
    }

    /** Name of the method that judges the days of a jurisdiction. */
    public static String detector(AlertSettings settings, Jurisdiction of) {
        return settings.opening(of).name();
    }

    /**
     * Every day from {@code from} to {@code to}, both included.
     *
     * @param evidence arrests of a day by the sources that tell of them, each list in order; empty for a day without any
     * @param known days on which a source of the jurisdiction was read
     */
    public List<Expected> days(
            Jurisdiction of,
            LocalDate from,
            LocalDate to,
            Function<LocalDate, Map<List<String>, Long>> evidence,
            DaySet known) {
        var detector = settings.opening(of);
        var judge = new DayJudge(counts, (id, day) -> evidence.apply(day), sources);
        List<Expected> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (evidence.apply(day).isEmpty()) {
                long read = known.count(day.minusDays(ReleaseSurge.MOST_DAYS), day.minusDays(1));
                days.add(Expected.of(day, quiet.of(of.id(), day, known), (int) read));
            } else {
                DayJudge.Judged judged = judge.judge(detector, of.id(), DayCount.none(day));
                days.add(Expected.of(day, judged.verdict(), judged.baselineDays()));
            }
        }
        return days;
    }
}
