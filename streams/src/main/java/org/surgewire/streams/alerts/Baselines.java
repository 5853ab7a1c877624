package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/**
 * What the judge of days expects, day by day: the same numbers that an alert gives as expected and bound.
 *
 * <p>A day on which arrests were announced is judged against the days on which the sources that tell of them were read. On
 * a day without, nobody was judged; its numbers are those that would have held for an announcement of the source that is
 * read longest among those that cover the jurisdiction.
 */
public final class Baselines {
    private final AlertSettings settings;
    private final DailyCounts counts;
    private final SourcesRead sources;

    /**
     * @param counts announced arrests by day of publication, from 365 days before the first day that is asked for
     * @param sources when each source was read
     */
    public Baselines(AlertSettings settings, DailyCounts counts, SourcesRead sources) {
        this.settings = settings;
        this.counts = counts;
        this.sources = sources;
    }

    /**
     * What is expected of one day.
     *
     * @param expected announced arrests; null, like the bound, where there is not enough history
     * @param bound largest number that is no surge
     * @param baselineDays known days that this rests on; 0 where they are not enough
     */
    public record Expected(LocalDate day, @Nullable Double expected, @Nullable Double bound, int baselineDays) {}

    /** Name of the method that judges the days of a jurisdiction. */
    public static String detector(AlertSettings settings, Jurisdiction of) {
        return settings.opening(of).name();
    }

    /**
     * Every day from {@code from} to {@code to}, both included.
     *
     * @param evidence arrests of a day by the sources that tell of them, each list in order; empty for a day without any
     * @param covering sources that would tell of the jurisdiction
     */
    public List<Expected> days(
            Jurisdiction of,
            LocalDate from,
            LocalDate to,
            Function<LocalDate, Map<List<String>, Long>> evidence,
            SortedSet<String> covering) {
        var detector = settings.opening(of);
        var judge = new DayJudge(
                counts,
                (id, day) -> {
                    Map<List<String>, Long> told = evidence.apply(day);
                    return told.isEmpty() ? untold(covering, day) : told;
                },
                sources);
        List<Expected> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            DayJudge.Judged judged = judge.judge(detector, of.id(), DayCount.none(day));
            Verdict verdict = judged.verdict();
            days.add(
                    verdict.state() == Verdict.State.ENOUGH_HISTORY
                            ? new Expected(day, verdict.expected(), verdict.bound(), judged.baselineDays())
                            : new Expected(day, null, null, 0));
        }
        return days;
    }

    /** What would have been told, had the source that is read longest told something: of as many, the first by id. */
    private Map<List<String>, Long> untold(SortedSet<String> covering, LocalDate day) {
        LocalDate oldest = day.minusDays(ReleaseSurge.MOST_DAYS);
        LocalDate yesterday = day.minusDays(1);
        String longest = null;
        long most = 0;
        for (String source : covering) {
            long read = sources.of(source).count(oldest, yesterday);
            if (read > most) {
                longest = source;
                most = read;
            }
        }
        return longest == null ? Map.of() : Map.of(List.of(longest), 0L);
    }
}
