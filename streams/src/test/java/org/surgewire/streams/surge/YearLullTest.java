package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class YearLullTest {
    private static final YearLull DETECTOR = new YearLull(0.01);

    private static double[] year(double aDay, double now) {
        double[] days = new double[YearLull.HISTORY];
        Arrays.fill(days, aDay);
        Arrays.fill(days, YearLull.HISTORY - YearLull.WINDOW + 1, YearLull.HISTORY, now);
        return days;
    }

    @Test
    void aFallByAThirdIsALull() {
        Verdict verdict = DETECTOR.judge(Series.of(year(30, 19)), 19);
        assertThat(verdict.alarm()).isTrue();
        assertThat(verdict.observed()).isEqualTo(28 * 19);
        assertThat(verdict.expected()).isEqualTo(28 * 30);
        assertThat(verdict.bound()).isEqualTo(561);
    }

    @Test
    void aFallByAQuarterIsNone() {
        assertThat(DETECTOR.judge(Series.of(year(30, 22)), 22).alarm()).isFalse();
    }

    @Test
    void aThirdLessOfAHandfulIsChance() {
        double[] sparse = new double[YearLull.HISTORY];
        for (int day = 0; day < sparse.length - YearLull.WINDOW; day += 14) {
            sparse[day] = 1;
        }
        sparse[sparse.length - 1] = 1;
        assertThat(DETECTOR.judge(Series.of(sparse), 0).alarm()).isFalse();
    }

    @Test
    void operationsOfTheYearBeforeDoNotMakeOrdinaryWeeksALull() {
        double[] days = year(10, 10);
        days[100] = 2000;
        days[200] = 2000;
        assertThat(DETECTOR.judge(Series.of(days), 10).alarm()).isFalse();
    }

    @Test
    void withoutAYearBeforeNothingIsJudged() {
        assertThat(DETECTOR.judge(Series.of(new double[YearLull.HISTORY - 1]), 0)
                        .state())
                .isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
    }
}
