package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LullTest {
    private final Lull weekly = Lull.weekly(0.001);

    @Test
    void aThirdLessForEightWeeksIsALull() {
        double[] counts = weeks();
        for (int week = 252; week < 260; week++) {
            counts[week] = Math.round(counts[week] * 2 / 3);
        }
        Verdict verdict = weekly.judge(Series.of(counts, 259), counts[259]);
        assertThat(verdict.alarm()).isTrue();
        assertThat(verdict.score()).isCloseTo(1.0 / 3, within(0.03));
        assertThat(verdict.expected()).isCloseTo(8 * 60, within(20.0));
        assertThat(verdict.recurrenceInterval()).isGreaterThan(1_000);
    }

    @Test
    void anOrdinarySpanAndASurgeAreNone() {
        double[] counts = weeks();
        assertThat(weekly.judge(Series.of(counts, 259), counts[259]).alarm()).isFalse();
        assertThat(weekly.judge(Series.of(counts, 259), 400).alarm()).isFalse();
    }

    @Test
    void theSeasonsLowIsNone() {
        double[] counts = new double[313];
        Arrays.setAll(counts, week -> Math.round(60 * Math.exp(0.5 * Math.cos(2 * Math.PI * week * 7 / 365.25))));
        int low = 261 + 26;
        assertThat(weekly.judge(Series.of(counts, low), counts[low]).alarm()).isFalse();
    }

    @Test
    void aSparseSeriesSaysNothingByBeingSilentForEightWeeks() {
        double[] counts = new double[260];
        for (int week = 0; week < 240; week += 12) {
            counts[week] = 2;
        }
        assertThat(weekly.judge(Series.of(counts, 259), 0).alarm()).isFalse();
    }

    @Test
    void onDaysWeekendsInTheSpanAreExpected() {
        double[] days = new double[400];
        Arrays.setAll(days, day -> day % 7 < 5 ? 10 + day % 3 : 1);
        Lull daily = Lull.daily(0.001);
        assertThat(daily.judge(Series.of(days, 399), days[399]).alarm()).isFalse();
        for (int day = 344; day < 400; day++) {
            days[day] = Math.floor(days[day] / 2);
        }
        Verdict verdict = daily.judge(Series.of(days, 399), days[399]);
        assertThat(verdict.alarm()).isTrue();
        assertThat(verdict.expected()).isCloseTo(8 * (5 * 11 + 2), within(15.0));
    }

    @Test
    void withoutAYearBeforeTheSpanItSaysSo() {
        assertThat(weekly.judge(Series.of(new double[58]), 0).state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        assertThat(weekly.judge(Series.of(new double[59]), 0).state()).isEqualTo(Verdict.State.ENOUGH_HISTORY);
    }

    private static double[] weeks() {
        double[] counts = new double[260];
        Arrays.setAll(counts, week -> 60 + (week * 7 % 11) - 5);
        return counts;
    }
}
