package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.FamilySurge;
import org.surgewire.streams.surge.FamilyVerdict;
import org.surgewire.streams.surge.SeasonalSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * Judges the seven days up to a day of a state or the country, all its parts together: several modest counts at once are
 * evidence though none is by itself. Its parts are the jurisdictions directly in it, and what was announced for it and for
 * none of them. {@link FamilySurge} judges parts that publish up to ten releases a week together, {@link SeasonalSurge} the
 * total of those that publish more.
 *
 * <p>The baseline of a week are the {@value #WEEKS} weeks before the quarter that its last day lies in and the week before
 * that, so that one serves a quarter, whatever is announced in it. As for {@link DayJudge}, it holds the days on which the
 * week's sources were read, {@value #FEWEST_DAYS} at least, and a source read on fewer is new. What is kept in memory is
 * found again from the panes.
 */
final class WeekJudge {
    /** A changed day is in the baseline of days up to so many after it. */
    static final int REACH = (WeekJudge.WEEKS + 1) * 7 + 92;

    private static final int WEEKS = 104;
    private static final int FEWEST_DAYS = 26 * 7;
    private static final int WEEK = 7;
    private static final int MOST_EXPECTATIONS = 512;
    private static final int FEWEST_PARTS = 2;
    private static final long LEAST_POPULATION = 10_000;
    private static final double OF_THE_WHOLE_ALONE = 20;

    /** Releases a week, all parts together, from which on their total is the better thing to judge. */
    private static final double MANY_RELEASES = 10;

    /** Workdays of a week without a holiday, and what its weekend counts for. */
    private static final double ORDINARY_WEEK = 5 + 2 * Workdays.QUIET;

    private final AlertSettings settings;
    private final DailyCounts counts;
    private final EvidenceStore evidence;
    private final SourcesRead sources;
    private final FamilySurge family;
    private final SeasonalSurge seasonal;
    private final Map<String, List<String>> parts;
    private final Map<String, double[]> sizes = new HashMap<>();
    private final Map<String, Optional<SpanOfCounts>> spans = new HashMap<>();

    /** By jurisdiction and quarter, least recently used first. */
    private final Map<String, Expectation> expectations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Expectation> eldest) {
            return size() > MOST_EXPECTATIONS;
        }
    };

    WeekJudge(
            Jurisdictions jurisdictions,
            AlertSettings settings,
            DailyCounts counts,
            EvidenceStore evidence,
            SourcesRead sources) {
        this.parts = parts(jurisdictions);
        parts.forEach((whole, ids) -> sizes.put(whole, sizes(jurisdictions, ids)));
        this.settings = settings;
        this.counts = counts;
        this.evidence = evidence;
        this.sources = sources;
        this.family = settings.openingWeeks();
        this.seasonal = settings.openingWeeksOfMany();
    }

    /** Which jurisdictions are judged by the week: ids of the country and the states, each with those of its parts. */
    static Map<String, List<String>> parts(Jurisdictions jurisdictions) {
        Map<String, List<String>> parts = new HashMap<>();
        for (Jurisdiction each : jurisdictions.all()) {
            String within = each.parentId();
            if (within != null
                    && !jurisdictions.get(within).level().equals("county")
                    && !isPlace(jurisdictions, within)) {
                parts.computeIfAbsent(within, id -> new ArrayList<>()).add(each.id());
            }
        }
        parts.values().removeIf(each -> each.size() < FEWEST_PARTS);
        return parts;
    }

    /**
     * Populations, in powers of two so that many are alike; what was announced for the whole alone, the last, counts for a
     * twentieth of it.
     */
    private static double[] sizes(Jurisdictions jurisdictions, List<String> parts) {
        double[] sizes = new double[parts.size() + 1];
        double all = 0;
        for (int i = 0; i < parts.size(); i++) {
            Long population = jurisdictions.get(parts.get(i)).population();
            sizes[i] = Math.scalb(
                    1.0, Math.getExponent((double) Math.max(population == null ? 0 : population, LEAST_POPULATION)));
            all += sizes[i];
        }
        sizes[parts.size()] = all / OF_THE_WHOLE_ALONE;
        return sizes;
    }

    private static boolean isPlace(Jurisdictions jurisdictions, String id) {
        return jurisdictions.get(id).level().equals("place");
    }

    /**
     * What a week is judged to be.
     *
     * @param verdict on the whole; its p-value is of a week
     * @param detector what judged it
     * @param from the first of the seven days with announced arrests
     * @param arrests announced arrests that are judged
     * @param baselineDays known days that it was judged against
     * @param reached parts that a surge most likely reached, the likeliest first
     */
    record Judged(
            Verdict verdict, String detector, LocalDate from, long arrests, int baselineDays, List<String> reached) {}

    boolean judges(String jurisdictionId) {
        return parts.containsKey(jurisdictionId);
    }

    /** Takes in that days of a jurisdiction changed. */
    void changed(String jurisdictionId, Collection<LocalDate> days) {
        spans.remove(jurisdictionId);
        for (String whole : List.of(jurisdictionId, jurisdictionId.substring(0, jurisdictionId.lastIndexOf('/')))) {
            if (judges(whole)) {
                days.forEach(day -> forget(whole, day));
            }
        }
    }

    private void forget(String whole, LocalDate changed) {
        LocalDate last = changed.plusDays(REACH);
        // The baseline of a quarter ends a week before it: the quarter of the changed day itself is as it was.
        for (LocalDate quarter = quarter(changed.plusDays(WEEK - 1)).plusMonths(3);
                !quarter.isAfter(last);
                quarter = quarter.plusMonths(3)) {
            expectations.remove(key(whole, quarter));
        }
    }

    private static LocalDate quarter(LocalDate day) {
        return day.with(IsoFields.DAY_OF_QUARTER, 1);
    }

    private static String key(String jurisdictionId, LocalDate quarter) {
        return jurisdictionId + "|" + quarter;
    }

    /** Judges the week that ends with a day; null where too little is known, and without arrests. */
    @Nullable
    Judged judge(String jurisdictionId, LocalDate day) {
        LocalDate first = day.minusDays(WEEK - 1);
        List<DayCount> days = counts.days(jurisdictionId, first, day);
        Map<List<String>, Long> bySources = new HashMap<>();
        for (DayCount each : days) {
            evidence.bySources(jurisdictionId, each.day())
                    .forEach((of, arrests) -> bySources.merge(of, arrests, Long::sum));
        }
        LocalDate lastKnown = quarter(day).minusDays(WEEK);
        LocalDate firstKnown = lastKnown.minusDays(WEEKS * WEEK - 1L);
        LongRead read = LongRead.of(sources, bySources.keySet(), firstKnown, lastKnown, FEWEST_DAYS);
        Expectation expectation = read == null ? null : expectation(jurisdictionId, quarter(day), read.days());
        if (read == null || expectation == null) {
            return null;
        }
        long[] left = new long[WEEK];
        LocalDate from = day;
        long total = 0;
        for (DayCount each : days) {
            long arrests = read.arrests(evidence.bySources(jurisdictionId, each.day()));
            left[(int) (each.day().toEpochDay() - first.toEpochDay())] = arrests;
            total += arrests;
            from = arrests > 0 && each.day().isBefore(from) ? each.day() : from;
        }
        int baselineDays = (int) read.days().count(firstKnown, lastKnown);
        Outlook outlook = expectation.outlook();
        double exposure = exposure(day);
        if (outlook.ofMany() != null) {
            LocalDate before = day.minusDays(WEEK);
            long ahead = (day.toEpochDay() - lastKnown.toEpochDay()) / WEEK - 1;
            Verdict verdict = outlook.ofMany()
                    .judge(
                            (int) ahead,
                            (double) total,
                            exposure,
                            (double) counts.window(jurisdictionId, before, WEEK).arrests(),
                            exposure(before));
            return new Judged(verdict, seasonal.name(), from, total, baselineDays, List.of());
        }
        List<String> ids = parts.getOrDefault(jurisdictionId, List.of());
        double[] observed = new double[ids.size() + 1];
        for (int i = 0; i < ids.size(); i++) {
            String part = ids.get(i);
            if (isHeard(part, first, day)) {
                for (DayCount each : counts.days(part, first, day)) {
                    long arrests = read.arrests(evidence.bySources(part, each.day()));
                    observed[i] += arrests;
                    left[(int) (each.day().toEpochDay() - first.toEpochDay())] -= arrests;
                }
            }
        }
        observed[ids.size()] =
                Arrays.stream(left).map(each -> Math.max(each, 0)).sum();
        FamilyVerdict verdict = outlook.ofFew().judge(observed, exposure);
        // The bound takes as long as everything else.
        Verdict whole = settings.staysWeek(verdict.parent())
                ? verdict.whole(outlook.ofFew().bound(exposure))
                : verdict.parent();
        return new Judged(whole, family.name(), from, total, baselineDays, reached(ids, verdict));
    }

    private static List<String> reached(List<String> ids, FamilyVerdict verdict) {
        List<Integer> named = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (verdict.children().get(i).alarm()) {
                named.add(i);
            }
        }
        named.sort(Comparator.comparingDouble(
                        (Integer i) -> verdict.children().get(i).score())
                .reversed());
        return named.stream().map(ids::get).toList();
    }

    private static double exposure(LocalDate lastDay) {
        double sum = 0;
        for (int ago = 0; ago < WEEK; ago++) {
            sum += Workdays.exposure(lastDay.toEpochDay() - ago);
        }
        return sum / ORDINARY_WEEK;
    }

    private boolean isHeard(String jurisdictionId, LocalDate from, LocalDate to) {
        SpanOfCounts span = spans.computeIfAbsent(jurisdictionId, counts::span).orElse(null);
        return span != null
                && !span.getFirstDay().isAfter(to)
                && !span.getLastDay().isBefore(from);
    }

    /** What is expected of a quarter's weeks when these days are known. */
    private record Expectation(DaySet known, Outlook outlook) {}

    /**
     * One of the two.
     *
     * @param ofFew parts that publish little
     * @param ofMany the total of parts that publish much; null where they do not
     */
    private record Outlook(FamilySurge.Expectation ofFew, SeasonalSurge.@Nullable Outlook ofMany) {}

    private @Nullable Expectation expectation(String jurisdictionId, LocalDate quarter, DaySet known) {
        String key = key(jurisdictionId, quarter);
        Expectation kept = expectations.get(key);
        if (kept != null && kept.known().equals(known)) {
            return kept;
        }
        Outlook outlook = outlook(jurisdictionId, quarter.minusDays(WEEK), known);
        if (outlook == null) {
            return null;
        }
        Expectation made = new Expectation(known, outlook);
        expectations.put(key, made);
        return made;
    }

    /** @param last the last day of the baseline */
    private @Nullable Outlook outlook(String jurisdictionId, LocalDate last, DaySet known) {
        LocalDate first = last.minusDays(WEEKS * WEEK - 1L);
        boolean[] isKnown = new boolean[WEEKS * WEEK];
        double[] exposures = new double[WEEKS];
        for (DaySet.Span span : known.spans()) {
            long from = Math.max(span.first().toEpochDay(), first.toEpochDay());
            long to = Math.min(span.last().toEpochDay(), last.toEpochDay());
            for (long day = from; day <= to; day++) {
                int at = (int) (day - first.toEpochDay());
                isKnown[at] = true;
                exposures[at / WEEK] += Workdays.exposure(day) / ORDINARY_WEEK;
            }
        }
        double[] left = new double[WEEKS * WEEK];
        double[] total = new double[WEEKS];
        for (DayCount day : counts.days(jurisdictionId, first, last)) {
            int at = (int) (day.day().toEpochDay() - first.toEpochDay());
            if (isKnown[at]) {
                left[at] = day.arrests();
                total[at / WEEK] += day.arrests();
            }
        }
        Series silent = series(new double[WEEKS], exposures);
        List<Series> children = new ArrayList<>();
        for (String part : parts.getOrDefault(jurisdictionId, List.of())) {
            double[] weeks = isHeard(part, first, last) ? new double[WEEKS] : null;
            if (weeks != null) {
                for (DayCount day : counts.days(part, first, last)) {
                    int at = (int) (day.day().toEpochDay() - first.toEpochDay());
                    if (isKnown[at]) {
                        weeks[at / WEEK] += day.arrests();
                        left[at] -= day.arrests();
                    }
                }
            }
            children.add(weeks == null ? silent : series(weeks, exposures));
        }
        double[] rest = new double[WEEKS];
        for (int at = 0; at < left.length; at++) {
            rest[at / WEEK] += Math.max(left[at], 0);
        }
        children.add(series(rest, exposures));
        FamilySurge.Expectation ofFew = family.expect(children, sizes.getOrDefault(jurisdictionId, new double[0]));
        if (ofFew == null) {
            return null;
        }
        boolean yearKnown = Arrays.stream(exposures).filter(each -> each > 0).count() >= SeasonalSurge.FEWEST_WEEKS;
        return new Outlook(
                ofFew,
                ofFew.releases() > MANY_RELEASES && yearKnown ? seasonal.outlook(series(total, exposures)) : null);
    }

    private static Series series(double[] weeks, double[] exposures) {
        return Series.of(weeks).withExposure(ago -> ago == 0 ? 1 : exposures[WEEKS - ago]);
    }
}
