package org.surgewire.streams.surge;

import java.util.Arrays;

/**
 * Which of many p-values judged together to believe, so that the expected share of false ones among them is at most q. With
 * the p-values in ascending order, the k smallest are believed for the largest k with p<sub>(k)</sub> &lt;= q k / m. Holds
 * for independent and positively dependent tests, such as a state and its counties. Source: Benjamini and Hochberg,
 * "Controlling the false discovery rate", JRSS B 57 (1995), 289-300.
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /**
     * The largest p-value to believe, or -1 when none is: believe every p-value at most this large. {@code pValues} is not
     * changed; NaN counts as a test that found nothing. {@code q} lies in (0, 1).
     */
    public static double cutOff(double[] pValues, double q) {
        double[] ascending = pValues.clone();
        // NaN sorts last.
        Arrays.sort(ascending);
        for (int k = ascending.length; k >= 1; k--) {
            double p = ascending[k - 1];
            if (p <= q * k / ascending.length) {
                return p;
            }
        }
        return -1;
    }
}
