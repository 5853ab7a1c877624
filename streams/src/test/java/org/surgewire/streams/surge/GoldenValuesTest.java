package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.streams.surge.FarringtonThreshold.PowerTransform;
import org.surgewire.streams.surge.FarringtonThreshold.Prediction;
import org.surgewire.streams.surge.FarringtonThreshold.Range;

/** Values worked out by hand or with R, independent of the benchmark series. */
class GoldenValuesTest {
    private static final double[] ONE_PEAK = {2, 3, 2, 4, 3, 2, 3, 2, 3, 4, 2, 3, 2, 3, 2, 4, 3, 2, 3, 2, 40, 3, 2, 3};
    private static final double[] RISE = {3, 5, 4, 6, 2, 4, 3, 5, 4, 3, 8, 9, 7, 10, 6};

    @Test
    void earsC1AlarmsAtThePeakOnly() {
        EarsC1 c1 = new EarsC1(0.001);
        for (int week = 10; week <= 24; week++) {
            assertThat(c1.judge(before(week), ONE_PEAK[week - 1]).alarm())
                    .as("week %d", week)
                    .isEqualTo(week == 21);
        }
    }

    @Test
    void earsC3AlarmsUpToTwoWeeksAfterThePeak() {
        EarsC3 c3 = new EarsC3(2);
        for (int week = 12; week <= 24; week++) {
            Verdict verdict = c3.judge(before(week), ONE_PEAK[week - 1]);
            assertThat(verdict.alarm()).as("week %d", week).isEqualTo(week >= 21 && week <= 23);
            if (verdict.alarm()) {
                assertThat(verdict.score()).isCloseTo(48.324364, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1.3073128, 8.6926872", "HALF, 1.9891097, 9.3744842", "TWO_THIRDS, 1.8084477, 9.1154825"})
    void farringtonDeltaBoundsForEveryPower(PowerTransform transform, double lower, double upper) {
        Range range = transform.range(5, 0.2, 1, 0.05, 8);
        assertThat(range.lower()).isCloseTo(lower, within(1e-7));
        assertThat(range.upper()).isCloseTo(upper, within(1e-7));
    }

    @Test
    void farringtonDeltaTakesTheTwoThirdsPower() {
        Range range = FarringtonThreshold.DELTA.range(new Prediction(Math.log(5), 0.2 / 5, 1), 0.05, 8);
        assertThat(range.upper()).isCloseTo(9.1154825, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1, 10, 0.03763657", "1, 2, 9, 0.01369527"})
    void farringtonNbPluginBoundsAndTail(double phi, double lower, double upper, double pValue) {
        Range range = FarringtonThreshold.NB_PLUGIN.range(new Prediction(Math.log(5), 0, phi), 0.05, 11);
        assertThat(range.lower()).isEqualTo(lower);
        assertThat(range.upper()).isEqualTo(upper);
        assertThat(range.pValue()).isCloseTo(pValue, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 8, 24", "1, 9, 22"})
    void farringtonMuanBounds(double phi, double lower, double upper) {
        Range range = FarringtonThreshold.MUAN.range(new Prediction(Math.log(5), Math.log(2), phi), 0.05, 11);
        assertThat(range.lower()).isEqualTo(lower);
        assertThat(range.upper()).isEqualTo(upper);
    }

    @Test
    void poissonCusumOfARise() {
        double[] expected = {1.545177, 3.783502, 4.635532, 7.567004};
        double s = 0;
        for (int t = 1; t <= 14; t++) {
            s = PoissonCusum.next(s, RISE[t - 1], 4, 8);
            if (t >= 11) {
                assertThat(s).isCloseTo(expected[t - 11], within(1e-6));
            }
        }
    }

    @Test
    void negativeBinomialCusumOfARise() {
        double[] expected = {1.021518, 2.484868, 3.064553, 4.969736, 5.107589};
        double s = 0;
        for (int t = 1; t <= 15; t++) {
            s = NegativeBinomialCusum.next(s, RISE[t - 1], 4, 8, 0.1);
            if (t >= 11) {
                assertThat(s).isCloseTo(expected[t - 11], within(1e-6));
            }
        }
    }

    private static Series before(int week) {
        return Series.of(ONE_PEAK, week - 1);
    }
}
