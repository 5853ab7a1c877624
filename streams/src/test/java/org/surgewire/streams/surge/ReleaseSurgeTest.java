package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseSurgeTest {
    private static final double ONCE_A_YEAR = 1.0 / 364;
    private static final double COUNTY = 0.002;
    private static final ReleaseSurge DETECTOR = new ReleaseSurge(COUNTY, ONCE_A_YEAR, 10);

    private static Series silence(int days) {
        return Series.of(new double[days]);
    }

    @Test
    void withLessThanFourWeeksNothingIsJudged() {
        assertThat(DETECTOR.judge(silence(27), 100).state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        assertThat(DETECTOR.judge(silence(28), 100).alarm()).isTrue();
    }

    @Test
    void aFirstReleaseOfTwelveAlarmsAndASecondOfOneDoesNot() {
        assertThat(DETECTOR.judge(silence(200), 12).alarm()).isTrue();
        double[] onceOne = new double[200];
        onceOne[150] = 1;
        assertThat(DETECTOR.judge(Series.of(onceOne), 1).alarm()).isFalse();
    }

    @Test
    void theVerdictOfASilentPlaceIsThePriors() {
        // q = 0.2 / (0.2 / 0.002 + sum of weights); sizes t with 5 degrees around ln 3, scale sqrt(6 / 5).
        double exposure = 0;
        for (int ago = 1; ago <= 100; ago++) {
            exposure += Math.pow(0.5, ago / 180.0);
        }
        double tail = org.apache.commons.statistics.distribution.TDistribution.of(5)
                .survivalProbability((Math.log(11.5) - Math.log(3)) / Math.sqrt(1.2));
        assertThat(DETECTOR.judge(silence(100), 12).pValue()).isCloseTo(0.2 / (100 + exposure) * tail, within(1e-12));
    }

    @Test
    void theBoundIsTheLargestCountThatIsNoAlarm() {
        double[] busy = new double[300];
        for (int day = 0; day < busy.length; day += 2) {
            busy[day] = 5 + day % 14;
        }
        double bound = DETECTOR.judge(Series.of(busy), 1).bound();
        assertThat(DETECTOR.judge(Series.of(busy), bound).alarm()).isFalse();
        assertThat(DETECTOR.judge(Series.of(busy), bound + 1).alarm()).isTrue();
        assertThat(DETECTOR.judge(Series.of(busy), bound + 1).pValue()).isLessThanOrEqualTo(ONCE_A_YEAR);
    }

    @Test
    void aPlaceThatOftenPublishesTwelveIsUsedToIt() {
        double[] busy = new double[300];
        for (int day = 0; day < busy.length; day += 3) {
            busy[day] = 12;
        }
        assertThat(DETECTOR.judge(Series.of(busy), 12).alarm()).isFalse();
    }

    @Test
    void anOperationInThePastDoesNotHideTheNext() {
        double[] history = new double[300];
        for (int day = 0; day < history.length; day += 3) {
            history[day] = 2;
        }
        double before = DETECTOR.judge(Series.of(history), 1).bound();
        history[200] = 300;
        history[201] = 250;
        assertThat(DETECTOR.judge(Series.of(history), 1).bound()).isLessThan(2 * before + 5);
        assertThat(DETECTOR.judge(Series.of(history), 100).alarm()).isTrue();
    }

    @Test
    void aReleaseOnAQuietDayOfTheCalendarIsMoreUnusual() {
        Series weekend = silence(200).withExposure(ago -> ago == 0 ? 0.15 : 1);
        assertThat(DETECTOR.judge(weekend, 12).pValue())
                .isCloseTo(0.15 * DETECTOR.judge(silence(200), 12).pValue(), within(1e-9));
    }

    @Test
    void onOrdinaryDaysTheShareOfAlarmsIsNoMoreThanNominal() {
        long seed = Long.getLong("surgewire.seed", 7);
        var random = new Random(seed);
        double alpha = 0.02;
        var detector = new ReleaseSurge(0.3, alpha, 1);
        int alarms = 0;
        int judged = 0;
        for (int place = 0; place < 40; place++) {
            double[] days = new double[500];
            for (int day = 0; day < days.length; day++) {
                days[day] = random.nextDouble() < 0.3 ? Math.max(1, Math.rint(Math.exp(1 + random.nextGaussian()))) : 0;
            }
            for (int day = 200; day < days.length; day++) {
                judged++;
                alarms += detector.judge(Series.of(days, day), days[day]).alarm() ? 1 : 0;
            }
        }
        assertThat((double) alarms / judged).as("seed %d", seed).isBetween(0.4 * alpha, 1.6 * alpha);
    }

    @Test
    void historyBeyondAYearChangesNothing() {
        double[] longer = new double[800];
        Arrays.fill(longer, 0, 400, 50);
        assertThat(DETECTOR.judge(Series.of(longer), 12)).isEqualTo(DETECTOR.judge(silence(365), 12));
    }

    @Test
    void aDayThatIsNotKnownIsLeftOutAndNoQuietDay() {
        double[] days = new double[120];
        for (int day = 0; day < days.length; day += 6) {
            days[day] = 4;
        }
        Series known = Series.of(days);
        double[] longer = new double[240];
        System.arraycopy(days, 0, longer, 120, days.length);
        longer[7] = 500;
        Series unknownBefore = Series.of(longer).withExposure(ago -> ago > 120 ? 0 : 1);
        assertThat(DETECTOR.judge(unknownBefore, 12)).isEqualTo(DETECTOR.judge(known, 12));
        assertThat(DETECTOR.judge(Series.of(longer), 12).pValue())
                .isNotEqualTo(DETECTOR.judge(known, 12).pValue());

        Series almostNothing = Series.of(days).withExposure(ago -> ago > 27 ? 0 : 1);
        assertThat(DETECTOR.judge(almostNothing, 100).state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
    }
}
