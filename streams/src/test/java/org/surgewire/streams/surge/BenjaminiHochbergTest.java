package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
    /** The example of Benjamini and Hochberg 1995, section 3.2: four of fifteen at 5 %. */
    private static final double[] PUBLISHED = {
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1
    };

    @Test
    void thePublishedExampleBelievesFour() {
        assertThat(BenjaminiHochberg.cutOff(PUBLISHED, 0.05)).isEqualTo(0.0095);
    }

    @Test
    void nothingIsBelievedWhenNothingIsUnusual() {
        assertThat(BenjaminiHochberg.cutOff(new double[] {0.3, 0.6, 0.9}, 0.1)).isEqualTo(-1);
        assertThat(BenjaminiHochberg.cutOff(new double[0], 0.1)).isEqualTo(-1);
    }

    @Test
    void aTestWithoutAPValueCountsButIsNotBelieved() {
        assertThat(BenjaminiHochberg.cutOff(new double[] {0.04, Double.NaN}, 0.05))
                .isEqualTo(-1);
        assertThat(BenjaminiHochberg.cutOff(new double[] {0.04}, 0.05)).isEqualTo(0.04);
    }

    @Test
    void testsThatCannotBeSoUnusualDoNotCount() {
        double[] pValues = {0.002, 0.02};
        // A hundred tests, of which all but two find nothing below 0.001 more often than once in 1e5.
        assertThat(BenjaminiHochberg.cutOff(pValues, p -> 100 * p, 0.05)).isEqualTo(-1);
        assertThat(BenjaminiHochberg.cutOff(pValues, p -> 2 * p + 98 * Math.min(p, 1e-5), 0.05))
                .isEqualTo(0.02);
    }
}
