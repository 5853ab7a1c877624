package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EarsC2Test {
    private static final double[] ONE_PEAK = {2, 3, 2, 4, 3, 2, 3, 2, 3, 4, 2, 3, 2, 3, 2, 4, 3, 2, 3, 2, 40, 3, 2, 3};

    private final EarsC2 c2 = new EarsC2(0.001);

    @Test
    void scoresAreThoseOfTheHandCalculation() {
        double[] expected = {0.158777, -0.944911, 49.324364, 0.377964, -0.944911, -0.353848};
        for (int week = 19; week <= 24; week++) {
            assertThat(judge(week).score()).isCloseTo(expected[week - 19], within(1e-6));
        }
    }

    @Test
    void onlyThePeakIsASurge() {
        for (int week = 10; week <= 24; week++) {
            assertThat(judge(week).alarm()).as("week %d", week).isEqualTo(week == 21);
        }
        assertThat(judge(21).recurrenceInterval()).isGreaterThan(1e6);
    }

    @Test
    void withFewerThanNinePeriodsItSaysSoRatherThanNoSurge() {
        Verdict verdict = judge(9);
        assertThat(verdict.state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        assertThat(verdict.alarm()).isFalse();
        assertThat(verdict.expected()).isNaN();
        assertThat(judge(10).state()).isEqualTo(Verdict.State.ENOUGH_HISTORY);
    }

    @Test
    void aBaselineOfZerosIsGivenAStandardDeviationOfOneHalf() {
        Series quiet = Series.of(new double[9]);
        assertThat(c2.judge(quiet, 1).score()).isEqualTo(2);
        assertThat(c2.judge(quiet, 1).alarm()).isFalse();
        assertThat(c2.judge(quiet, 2).alarm()).isTrue();
    }

    private Verdict judge(int week) {
        return c2.judge(Series.of(ONE_PEAK, week - 1), ONE_PEAK[week - 1]);
    }
}
