package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.surge.BenjaminiHochberg;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * Every jurisdiction day by day, with ordinary releases as the settings expect them and operations whose
 * places are known: which of the days that open an alert are false.
 */
class FalseShareTest {
    private static final int HISTORY = 365;
    private static final int DAYS = 300;
    private static final int WEEKLY_OPERATIONS = 5;
    private static final AlertSettings SETTINGS = AlertSettings.defaults();

    private final List<Jurisdiction> judged =
            List.copyOf(Jurisdictions.bundled().all());
    private final TogetherJudged together =
            new TogetherJudged(day -> null, (day, discoveries) -> {}, SETTINGS, Jurisdictions.bundled());

    /** What one rule opened. */
    private static final class Score {
        private int alerts;
        private int falseAlarms;
        private int found;
        private double falseShares;

        void add(int falseToday, int trueToday) {
            alerts += falseToday + trueToday;
            falseAlarms += falseToday;
            falseShares += falseToday == 0 ? 0 : (double) falseToday / (falseToday + trueToday);
        }

        void print(String rule, int operations) {
            System.out.printf(
                    "%-28s %.2f alerts a week, %.2f false; expected false share %.3f; operations found %.3f%n",
                    rule,
                    alerts / (DAYS / 7.0),
                    falseAlarms / (DAYS / 7.0),
                    falseShares / DAYS,
                    (double) found / Math.max(1, operations));
        }
    }

    @Test
    void noMoreOfTheAlertsOfADayAreFalseThanTheSettingsSay() {
        long seed = Long.getLong("surgewire.seed", 31);
        for (int weekly : new int[] {0, WEEKLY_OPERATIONS}) {
            System.out.println("seed " + seed + ", operations a week: " + weekly);
            Map<String, Score> scores = scores(seed, weekly);
            assertThat(scores.get("as in the pipeline").falseShares / DAYS).isLessThanOrEqualTo(SETTINGS.falseShare());
        }
    }

    private Map<String, Score> scores(long seed, int weekly) {
        var random = new SplittableRandom(seed);
        Map<String, Integer> at = new HashMap<>();
        for (int i = 0; i < judged.size(); i++) {
            at.put(judged.get(i).id(), i);
        }
        int length = HISTORY + DAYS;
        double[][] counts = new double[judged.size()][length];
        boolean[][] on = new boolean[judged.size()][length];
        List<Jurisdiction> counties =
                judged.stream().filter(each -> each.level().equals("county")).toList();
        for (Jurisdiction county : counties) {
            double rate = SETTINGS.activeDays(county) * gamma(random, 0.2) / 0.2;
            for (int day = 0; day < length; day++) {
                if (random.nextDouble() < rate * Workdays.exposure(day)) {
                    add(at, counts, county, day, Math.max(1, Math.rint(Math.exp(Math.log(3) + normal(random)))));
                }
            }
        }
        double population = counties.stream()
                .mapToDouble(each -> each.population() == null ? 0 : each.population())
                .sum();
        int operations = 0;
        List<int[]> operationDays = new ArrayList<>();
        for (int day = HISTORY; day < length; day++) {
            if (Workdays.exposure(day) == 1 && random.nextDouble() < weekly / 5.0) {
                double drawn = random.nextDouble() * population;
                int pick = 0;
                for (; pick < counties.size() - 1 && drawn > 0; pick++) {
                    Long inhabitants = counties.get(pick).population();
                    drawn -= inhabitants == null ? 0 : inhabitants;
                }
                Jurisdiction county = counties.get(pick);
                add(at, counts, county, day, Math.max(10, Math.rint(Math.exp(Math.log(25) + 0.7 * normal(random)))));
                for (Jurisdiction each = county; each != null; each = parent(each)) {
                    on[at.get(each.id())][day] = true;
                }
                operationDays.add(new int[] {at.get(county.id()), day});
                operations++;
            }
        }
        Map<String, Score> scores = new HashMap<>();
        for (int day = HISTORY; day < length; day++) {
            judge(day, counts, on, operationDays, scores);
        }
        int all = operations;
        scores.forEach((rule, score) -> score.print(rule, all));
        return scores;
    }

    private void judge(
            int day, double[][] counts, boolean[][] on, List<int[]> operationDays, Map<String, Score> scores) {
        double[] pValues = new double[judged.size()];
        int judgedDay = day;
        for (int i = 0; i < judged.size(); i++) {
            pValues[i] = 1;
            if (counts[i][day] >= SETTINGS.fewestArrests()) {
                double[] history = Arrays.copyOfRange(counts[i], day - HISTORY, day);
                Verdict verdict = SETTINGS.opening(judged.get(i))
                        .judge(
                                Series.of(history).withExposure(ago -> Workdays.exposure(judgedDay - ago)),
                                counts[i][day]);
                pValues[i] = verdict.pValue();
            }
        }
        double plain = BenjaminiHochberg.cutOff(pValues, SETTINGS.falseShare());
        double often = 1 / (7 * SETTINGS.opensWeeks());
        // As the pipeline does it: only days rare enough for their jurisdiction take part.
        double[] rare = Arrays.stream(pValues).filter(p -> p <= often).toArray();
        double both = BenjaminiHochberg.cutOff(rare, together::expectedFalse, SETTINGS.falseShare());
        Map<String, boolean[]> opens = new HashMap<>();
        for (String rule : List.of("recurrence", "plain Benjamini-Hochberg", "as in the pipeline")) {
            opens.put(rule, new boolean[judged.size()]);
        }
        for (int i = 0; i < judged.size(); i++) {
            opens.get("recurrence")[i] = pValues[i] <= often;
            opens.get("plain Benjamini-Hochberg")[i] = pValues[i] <= plain;
            opens.get("as in the pipeline")[i] = pValues[i] <= both;
        }
        opens.forEach((rule, opened) -> {
            int falseToday = 0;
            int trueToday = 0;
            for (int i = 0; i < opened.length; i++) {
                falseToday += opened[i] && !on[i][judgedDay] ? 1 : 0;
                trueToday += opened[i] && on[i][judgedDay] ? 1 : 0;
            }
            Score score = scores.computeIfAbsent(rule, name -> new Score());
            score.add(falseToday, trueToday);
            for (int[] operation : operationDays) {
                score.found += operation[1] == judgedDay && opened[operation[0]] ? 1 : 0;
            }
        });
    }

    private static @Nullable Jurisdiction parent(Jurisdiction of) {
        return of.parentId() == null ? null : Jurisdictions.bundled().get(of.parentId());
    }

    private void add(Map<String, Integer> at, double[][] counts, Jurisdiction county, int day, double arrests) {
        for (Jurisdiction each = county; each != null; each = parent(each)) {
            counts[at.get(each.id())][day] += arrests;
        }
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Marsaglia and Tsang 2000, for shapes below 1 by way of shape + 1. */
    private static double gamma(SplittableRandom random, double shape) {
        double d = shape + 1 - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal(random);
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v * Math.pow(random.nextDouble(), 1 / shape);
            }
        }
    }
}
