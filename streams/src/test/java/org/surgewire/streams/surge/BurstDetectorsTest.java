package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstDetectorsTest {
    private static final List<Detector> DETECTORS = List.of(
            new PoissonCusum(2, 4), new NegativeBinomialCusum(2, 3), new KleinbergBurst(2, 0.05), new EarsC3(2));

    @Test
    void aSmallRiseThatLastsIsFoundThoughNoWeekStandsOut() {
        double[] counts = steady(200);
        for (int week = 190; week < 200; week++) {
            counts[week] = 9;
        }
        for (Detector detector : DETECTORS.subList(0, 3)) {
            assertThat(detector.judge(Series.of(counts), 9).alarm())
                    .as(detector.name())
                    .isTrue();
            assertThat(detector.judge(Series.of(counts, 190), 9).alarm())
                    .as(detector.name())
                    .isFalse();
        }
    }

    @Test
    void theBoundIsWhereTheAlarmBegins() {
        Series history = Series.of(steady(200));
        for (Detector detector : DETECTORS) {
            for (int count = 0; count < 60; count++) {
                Verdict verdict = detector.judge(history, count);
                assertThat(verdict.alarm())
                        .as("%s at %d", detector.name(), count)
                        .isEqualTo(count > verdict.bound());
            }
            assertThat(detector.judge(history, 59).alarm()).as(detector.name()).isTrue();
        }
    }

    @Test
    void withTooLittleHistoryTheySaySoRatherThanNoSurge() {
        for (Detector detector : DETECTORS) {
            Verdict verdict = detector.judge(Series.of(new double[10]), 50);
            assertThat(verdict.state()).as(detector.name()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
            assertThat(verdict.alarm()).isFalse();
        }
    }

    private static double[] steady(int weeks) {
        double[] counts = new double[weeks];
        Arrays.setAll(counts, week -> 4 + week % 3);
        return counts;
    }
}
