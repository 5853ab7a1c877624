package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.surge.BenjaminiHochberg;

/**
 * Which of the days that would open an alert stand, all jurisdictions judged together: on one day the expected share of
 * false ones among those that stand is at most {@code falseShare}, by {@link BenjaminiHochberg}.
 *
 * <p>A county is silent nearly always, and its p-value then 1. So the number of jurisdictions to which chance alone brings a
 * p-value of at most p is not p times all of them: each adds p or, where that is less, the probability of a day large enough
 * for an alert, before anything is known of it. Of jurisdictions that would open no alert nothing needs to be kept.
 */
final class TogetherJudged {
    private static final String WEEK_UP_TO = "week/";

    private final Function<String, @Nullable DayDiscoveries> days;
    private final BiConsumer<String, @Nullable DayDiscoveries> write;
    private final double falseShare;

    /** What each jurisdiction's p-values of days large enough for an alert go up to, ascending, and the sums up to each. */
    private final double[] largest;

    private final double[] sums;

    /**
     * @param days rows of the store {@link AlertNames#DISCOVERIES}
     * @param write writes one, null to delete
     */
    TogetherJudged(
            Function<String, @Nullable DayDiscoveries> days,
            BiConsumer<String, @Nullable DayDiscoveries> write,
            AlertSettings settings,
            Jurisdictions jurisdictions) {
        this(
                days,
                write,
                settings,
                jurisdictions.all().stream()
                        .mapToDouble(each -> settings.opening(each).beforehand(settings.fewestArrests()))
                        .sorted()
                        .toArray());
    }

    /** Weeks of so many jurisdictions judged together, none of which is silent nearly always. */
    static TogetherJudged weeks(
            Function<String, @Nullable DayDiscoveries> days,
            BiConsumer<String, @Nullable DayDiscoveries> write,
            AlertSettings settings,
            int jurisdictions) {
        double[] largest = new double[jurisdictions];
        Arrays.fill(largest, 1);
        return new TogetherJudged(
                day -> days.apply(WEEK_UP_TO + day),
                (day, is) -> write.accept(WEEK_UP_TO + day, is),
                settings,
                largest);
    }

    private TogetherJudged(
            Function<String, @Nullable DayDiscoveries> days,
            BiConsumer<String, @Nullable DayDiscoveries> write,
            AlertSettings settings,
            double[] largest) {
        this.days = days;
        this.write = write;
        this.falseShare = settings.falseShare();
        this.largest = largest;
        this.sums = largest.clone();
        Arrays.parallelPrefix(sums, Double::sum);
    }

    /** How many jurisdictions chance alone brings a day to that is large enough for an alert and has at most this p-value. */
    double expectedFalse(double pValue) {
        int found = Arrays.binarySearch(largest, pValue);
        int below = found >= 0 ? found : -found - 1;
        return (below == 0 ? 0 : sums[below - 1]) + (largest.length - below) * pValue;
    }

    /** Whether the day stands, which would open an alert of the jurisdiction by itself. */
    boolean stands(String jurisdictionId, LocalDate day) {
        DayDiscoveries of = days.apply(day.toString());
        return of != null && standing(byJurisdiction(of)).contains(jurisdictionId);
    }

    /**
     * Takes in what a day is to a jurisdiction now.
     *
     * @param pValue null where the day would open no alert
     * @return the jurisdictions, this one left out, whose day stands now and did not before, or the other way round
     */
    Set<String> put(String jurisdictionId, LocalDate day, @Nullable Double pValue) {
        DayDiscoveries before = days.apply(day.toString());
        Map<String, Double> all = before == null ? new TreeMap<>() : byJurisdiction(before);
        Set<String> stood = standing(all);
        if (pValue == null) {
            all.remove(jurisdictionId);
        } else {
            all.put(jurisdictionId, pValue);
        }
        write.accept(
                day.toString(),
                all.isEmpty()
                        ? null
                        : new DayDiscoveries(all.entrySet().stream()
                                .map(each -> new Discovery(each.getKey(), each.getValue()))
                                .toList()));
        Set<String> stand = standing(all);
        Set<String> changed = new TreeSet<>(stood);
        changed.addAll(stand);
        changed.removeIf(id -> id.equals(jurisdictionId) || stood.contains(id) == stand.contains(id));
        return changed;
    }

    /** Which of the jurisdictions that a day would open an alert in, by their p-values, stand. */
    Set<String> standing(Map<String, Double> all) {
        double[] pValues =
                all.values().stream().mapToDouble(Double::doubleValue).toArray();
        double cutOff = BenjaminiHochberg.cutOff(pValues, this::expectedFalse, falseShare);
        Set<String> standing = new TreeSet<>();
        all.forEach((id, pValue) -> {
            if (pValue <= cutOff) {
                standing.add(id);
            }
        });
        return standing;
    }

    private static Map<String, Double> byJurisdiction(DayDiscoveries of) {
        Map<String, Double> all = new TreeMap<>();
        of.getDiscoveries().forEach(each -> all.put(each.getJurisdictionId(), each.getPValue()));
        return all;
    }
}
