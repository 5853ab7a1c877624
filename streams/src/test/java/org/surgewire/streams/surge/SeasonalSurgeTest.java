package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeasonalSurgeTest {
    private static final long SEED = 41;

    private final SeasonalSurge weekly = SeasonalSurge.weekly(0.2);

    @Test
    void theProbabilityGrowsWithTheCountAndTheBoundIsTheLargestCountThatIsNoAlarm() {
        Series history = Series.of(steady(200, 4));
        double last = 0;
        for (int count = 0; count < 60; count++) {
            Verdict verdict = weekly.judge(history, count);
            assertThat(verdict.score()).isGreaterThanOrEqualTo(count > 4 ? last : 0);
            assertThat(verdict.alarm()).isEqualTo(count > verdict.bound());
            last = verdict.score();
        }
        assertThat(last).isGreaterThan(0.99);
    }

    @Test
    void evenAWidelyScatteredSparseSeriesAlarmsAtACountLargeEnough() {
        double[] counts = new double[300];
        for (int week = 0; week < 300; week += 25) {
            counts[week] = 4 + week % 3;
        }
        assertThat(weekly.judge(Series.of(counts), 200).alarm()).isTrue();
    }

    @Test
    void aPastSurgeHardlyRaisesWhatIsExpected() {
        double[] counts = steady(260, 5);
        double before = weekly.judge(Series.of(counts), 5).expected();
        counts[200] = 80;
        counts[201] = 60;
        Verdict after = weekly.judge(Series.of(counts), 5);
        assertThat(after.expected()).isCloseTo(before, within(0.15));
    }

    @Test
    void aYearlySeasonIsNoSurge() {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] counts = new double[312];
        for (int week = 0; week < 312; week++) {
            counts[week] = poisson(random, 20 * Math.exp(0.6 * Math.cos(2 * Math.PI * (week - 312) * 7 / 365.25)));
        }
        assertThat(weekly.judge(Series.of(counts), 36).alarm())
                .as("seed %d", SEED)
                .isFalse();
        assertThat(weekly.judge(Series.of(counts, 286), 36).alarm())
                .as("seed %d", SEED)
                .isTrue();
    }

    @Test
    void aLevelThatHasChangedForGoodBecomesTheExpectation() {
        double[] counts = steady(312, 5);
        for (int week = 156; week < 312; week++) {
            counts[week] *= 4;
        }
        assertThat(weekly.judge(Series.of(counts, 157), 20).alarm()).isTrue();
        assertThat(weekly.judge(Series.of(counts), 20).alarm()).isFalse();
    }

    @Test
    void onlyZerosAreNoReasonToAlarmAtOne() {
        Verdict verdict = weekly.judge(Series.of(new double[104]), 1);
        assertThat(verdict.alarm()).isFalse();
        assertThat(verdict.expected()).isPositive().isLessThan(0.05);
        assertThat(verdict.pValue()).isBetween(0.0, 0.05);
        assertThat(weekly.judge(Series.of(new double[104]), 12).alarm()).isTrue();
    }

    @Test
    void withLessThanAYearOfWeeksItSaysSoRatherThanNoSurge() {
        assertThat(weekly.judge(Series.of(new double[51]), 9).state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        assertThat(weekly.judge(Series.of(new double[52]), 9).state()).isEqualTo(Verdict.State.ENOUGH_HISTORY);
    }

    @Test
    void onDaysTheWeekendIsStructural() {
        double[] days = days(new SplittableRandom(SEED), 400);
        SeasonalSurge daily = SeasonalSurge.daily(0.2);
        int friday = 4 + 7 * 56;
        int saturday = friday + 1;
        int monday = friday + 3;
        assertThat(daily.judge(Series.of(days, friday), 14).alarm())
                .as("seed %d", SEED)
                .isFalse();
        assertThat(daily.judge(Series.of(days, saturday), 14).alarm())
                .as("seed %d", SEED)
                .isTrue();
        // After a quiet weekend an ordinary Monday is a jump, and no surge; EARS C2 takes it for one.
        days[saturday] = 0;
        days[saturday + 1] = 0;
        Verdict verdict = daily.judge(Series.of(days, monday), 15);
        assertThat(verdict.alarm()).as("seed %d", SEED).isFalse();
        assertThat(verdict.expected()).isCloseTo(12, within(2.0));
        assertThat(daily.judge(Series.of(days, saturday), 0).expected()).isLessThan(2.5);
    }

    @Test
    void aHolidayIsExpectedToBeQuietWhenTheCalendarSaysSo() {
        double[] days = days(new SplittableRandom(SEED), 400);
        Series plain = Series.of(days, 396);
        Series holiday = plain.withExposure(ago -> ago == 0 ? 0.1 : 1);
        SeasonalSurge daily = SeasonalSurge.daily(0.2);
        assertThat(daily.judge(plain, 12).alarm()).as("seed %d", SEED).isFalse();
        assertThat(daily.judge(holiday, 12).alarm()).as("seed %d", SEED).isTrue();
        assertThat(daily.judge(holiday, 0).expected())
                .isCloseTo(daily.judge(plain, 0).expected() / 10, within(1e-9));
    }

    @Test
    void onTwoYearsOfDaysFalseAlarmsAreFewOnEveryDayOfTheWeekAndSurgesAreFound() {
        int years = 3;
        int falseAlarms = 0;
        int judged = 0;
        int found = 0;
        int surges = 0;
        SeasonalSurge daily = SeasonalSurge.daily(0.3);
        for (long seed = SEED; seed < SEED + 4; seed++) {
            double[] days = days(new SplittableRandom(seed), 365 * years);
            for (int day = 365 * 2; day < days.length; day += 3) {
                judged++;
                falseAlarms += daily.judge(Series.of(days, day), days[day]).alarm() ? 1 : 0;
                boolean weekend = day % 7 >= 5;
                surges++;
                found += daily.judge(Series.of(days, day), days[day] + (weekend ? 8 : 20))
                                .alarm()
                        ? 1
                        : 0;
            }
        }
        assertThat((double) falseAlarms / judged).as("from seed %d", SEED).isLessThan(0.02);
        assertThat((double) found / surges).as("from seed %d", SEED).isGreaterThan(0.9);
    }

    private static double[] steady(int weeks, int level) {
        double[] counts = new double[weeks];
        Arrays.setAll(counts, week -> level + (week * 7 % 5) - 2);
        return counts;
    }

    /** Twelve a day from Monday, day 0, to Friday, 1.5 at the weekend. */
    private static double[] days(SplittableRandom random, int length) {
        double[] days = new double[length];
        Arrays.setAll(days, day -> poisson(random, day % 7 < 5 ? 12 : 1.5));
        return days;
    }

    private static int poisson(SplittableRandom random, double mean) {
        double product = random.nextDouble();
        int count = 0;
        while (product > Math.exp(-mean)) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
