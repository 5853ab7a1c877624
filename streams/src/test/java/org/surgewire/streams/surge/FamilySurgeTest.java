package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FamilySurgeTest {
    private static final long SEED = 97;
    private static final int COUNTIES = 20;

    private final FamilySurge family = FamilySurge.weekly(0.01);
    private final FamilySurge daily = FamilySurge.daily(0.01);

    @Test
    void aFirstEverAnnouncementOfTwelveInAQuietFamilyAlertsAndASecondReleaseOfOneDoesNot() {
        double[][] history = new double[COUNTIES][365];
        // The family is not silent: four places publish a small release every few weeks.
        for (int county = 10; county < 14; county++) {
            for (int day = county; day < 365; day += 45) {
                history[county][day] = 1 + day % 3;
            }
        }
        double[] today = new double[COUNTIES];
        today[0] = 12;
        FamilyVerdict first = daily.judge(series(history), today);
        assertThat(first.parent().alarm()).isTrue();
        assertThat(first.children().get(0).alarm()).isTrue();
        assertThat(first.children().get(0).recurrenceInterval()).isGreaterThan(1_000);
        assertThat(first.children().stream().filter(Verdict::alarm)).hasSize(1);

        history[0][364] = 12;
        today[0] = 1;
        FamilyVerdict second = daily.judge(series(history), today);
        assertThat(second.parent().alarm()).isFalse();
        assertThat(second.children().get(0).alarm()).isFalse();
    }

    @Test
    void aPlaceNeverHeardOfIsJudgedByItsFamily() {
        double[][] busy = new double[COUNTIES][200];
        double[][] quiet = new double[COUNTIES][200];
        for (int county = 1; county < COUNTIES; county++) {
            for (int week = county % 4; week < 200; week += 4) {
                busy[county][week] = 3 + week % 5;
            }
        }
        quiet[1][100] = 3;
        double[] now = new double[COUNTIES];
        now[0] = 5;
        double amongBusy = family.judge(series(busy), now).children().get(0).pValue();
        double amongQuiet = family.judge(series(quiet), now).children().get(0).pValue();
        assertThat(amongQuiet).isLessThan(amongBusy / 3);
    }

    @Test
    void severalModestCountsAtOnceAreAnOperationThoughNoneIsOneAlone() {
        double[][] history = background(new SplittableRandom(SEED), 208, 0.05);
        double[] one = new double[COUNTIES];
        one[3] = 8;
        double[] four = one.clone();
        four[7] = 8;
        four[11] = 8;
        four[15] = 8;
        double alone = family.judge(series(history), one).parent().pValue();
        double together = family.judge(series(history), four).parent().pValue();
        assertThat(alone).as("seed %d", SEED).isGreaterThan(0.01);
        assertThat(together).as("seed %d", SEED).isLessThan(1e-3);
    }

    @Test
    void withoutOperationsThePValueIsNoSmallerThanItSays() {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] levels = {0.2, 0.1, 0.05, 0.02};
        int[] reached = new int[levels.length];
        int judged = 0;
        for (int panel = 0; panel < 12; panel++) {
            double[][] counts = background(random, 312, 0.02 + 0.03 * panel);
            for (int week = 208; week < 312; week++) {
                List<Series> histories = new ArrayList<>();
                double[] now = new double[COUNTIES];
                for (int county = 0; county < COUNTIES; county++) {
                    histories.add(Series.of(counts[county], week));
                    now[county] = counts[county][week];
                }
                double pValue = family.judge(histories, now).parent().pValue();
                judged++;
                for (int i = 0; i < levels.length; i++) {
                    reached[i] += pValue <= levels[i] ? 1 : 0;
                }
            }
        }
        for (int i = 0; i < levels.length; i++) {
            double share = (double) reached[i] / judged;
            assertThat(share)
                    .as("share of p-values up to %s, seed %d", levels[i], SEED)
                    .isBetween(levels[i] * 0.4, levels[i] * 1.3);
        }
    }

    @Test
    void onDaysWithACalendarThePValueHoldsThroughTheWeek() {
        SplittableRandom random = new SplittableRandom(SEED);
        int judged = 0;
        int unusual = 0;
        for (int panel = 0; panel < 6; panel++) {
            double[][] counts = background(random, 700, 0.01 + 0.01 * panel);
            for (double[] county : counts) {
                for (int day = 0; day < county.length; day++) {
                    // Few offices publish at the weekend.
                    county[day] = day % 7 < 5 || random.nextDouble() < 0.1 ? county[day] : 0;
                }
            }
            for (int day = 400; day < 700; day++) {
                int today = day;
                List<Series> histories = new ArrayList<>();
                double[] now = new double[COUNTIES];
                for (int county = 0; county < COUNTIES; county++) {
                    histories.add(Series.of(counts[county], day).withExposure(ago -> (today - ago) % 7 < 5 ? 1 : 0.1));
                    now[county] = counts[county][day];
                }
                judged++;
                unusual += daily.judge(histories, now).parent().pValue() <= 0.05 ? 1 : 0;
            }
        }
        assertThat((double) unusual / judged).as("seed %d", SEED).isBetween(0.03, 0.07);
    }

    @Test
    void nothingObservedIsNoEvidence() {
        FamilyVerdict verdict =
                family.judge(series(background(new SplittableRandom(SEED), 104, 0.1)), new double[COUNTIES]);
        assertThat(verdict.parent().pValue()).isEqualTo(1);
        assertThat(verdict.parent().alarm()).isFalse();
        assertThat(verdict.children())
                .allSatisfy(child -> assertThat(child.pValue()).isEqualTo(1));
    }

    @Test
    void expectedCountsFollowTheCalendar() {
        double[][] history = background(new SplittableRandom(SEED), 208, 0.2);
        List<Series> plain = series(history);
        List<Series> quiet = plain.stream()
                .map(each -> each.withExposure(ago -> ago == 0 ? 0.1 : 1))
                .toList();
        double[] now = new double[COUNTIES];
        now[2] = 6;
        FamilyVerdict weekday = family.judge(plain, now);
        FamilyVerdict holiday = family.judge(quiet, now);
        assertThat(holiday.parent().expected()).isCloseTo(weekday.parent().expected() / 10, within(1e-9));
        assertThat(holiday.parent().pValue()).isLessThan(weekday.parent().pValue());
    }

    @Test
    void countsBeyondTheTablesAreJudged() {
        double[] now = new double[COUNTIES];
        now[0] = 5_000;
        FamilyVerdict verdict = family.judge(series(background(new SplittableRandom(SEED), 104, 0.1)), now);
        assertThat(verdict.parent().alarm()).isTrue();
        assertThat(verdict.parent().observed()).isEqualTo(5_000);
        assertThat(verdict.parent().pValue()).isGreaterThan(0).isLessThan(1e-4);
        assertThat(verdict.children().get(0).alarm()).isTrue();
    }

    @Test
    void withLessThanHalfAYearOfWeeksItSaysSoRatherThanNoSurge() {
        FamilyVerdict verdict = family.judge(series(new double[COUNTIES][25]), new double[COUNTIES]);
        assertThat(verdict.parent().state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        assertThat(verdict.children()).hasSize(COUNTIES).allSatisfy(child -> assertThat(child.state())
                .isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY));
    }

    private static List<Series> series(double[][] counts) {
        List<Series> series = new ArrayList<>();
        for (double[] each : counts) {
            series.add(Series.of(each));
        }
        return series;
    }

    /** Releases of one to twelve arrests at the given mean rate, four times as busy in every fifth county. */
    private static double[][] background(SplittableRandom random, int periods, double rate) {
        double[][] counts = new double[COUNTIES][periods];
        for (int county = 0; county < COUNTIES; county++) {
            double at = county % 5 == 0 ? rate * 2.5 : rate * 0.6;
            for (int period = 0; period < periods; period++) {
                if (random.nextDouble() < at) {
                    counts[county][period] = Math.max(1, Math.round(Math.exp(1.1 + 0.8 * random.nextGaussian())));
                }
            }
        }
        return counts;
    }
}
