package org.surgewire.streams.alerts;

import java.time.LocalDate;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * What is expected of a jurisdiction's day, announced or quiet, and from which number on it is unusual: for whoever shows a
 * series beside its alerts. It is the judgement of the day by itself that {@link AlertTopology} makes, with all sources
 * taken together, before the jurisdictions of a day are judged together.
 */
public final class ExpectedDays {
    private final Jurisdictions jurisdictions;
    private final AlertSettings settings;
    private final DailyCounts counts;

    /** @param counts days by publication day */
    public ExpectedDays(Jurisdictions jurisdictions, AlertSettings settings, DailyCounts counts) {
        this.jurisdictions = jurisdictions;
        this.settings = settings;
        this.counts = counts;
    }

    /**
     * The verdict on a day: what was expected, the largest number that opens no alert, and the p-value; {@link
     * Verdict.State#NOT_ENOUGH_HISTORY} with fewer than {@value ReleaseSurge#FEWEST_DAYS} known days in the year before.
     *
     * @param known days on which the jurisdiction's sources were read
     * @throws IllegalArgumentException when there is no such jurisdiction
     */
    public Verdict of(String jurisdictionId, LocalDate day, DaySet known) {
        LocalDate oldest = day.minusDays(ReleaseSurge.MOST_DAYS);
        double[] series = counts.series(jurisdictionId, oldest, day);
        return settings.opening(jurisdictions.get(jurisdictionId))
                .judge(
                        Series.of(series, ReleaseSurge.MOST_DAYS).withExposure(new KnownDays(day, known)::ago),
                        series[ReleaseSurge.MOST_DAYS]);
    }
}
