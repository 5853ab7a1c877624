package org.surgewire.streams.surge;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Which of many p-values judged together to believe, so that the expected share of false ones among them is at most q. With
 * the p-values in ascending order, the k smallest are believed for the largest k with p<sub>(k)</sub> &lt;= q k / m. Holds
 * for independent and positively dependent tests, such as a state and its counties. Source: Benjamini and Hochberg,
 * "Controlling the false discovery rate", JRSS B 57 (1995), 289-300.
 *
 * <p>m p is how many of the tests are expected to have so small a p-value by chance. Where most of them cannot, since
 * counts are whole numbers and a silent place has a p-value of 1, the sum of the tests' own probabilities takes its place:
 * Heyse, "A false discovery rate procedure for categorical data" (2011); Döhler, Durand and Roquain, "New FDR bounds for
 * discrete and heterogeneous tests", Electronic Journal of Statistics 12 (2018), 1867-1900.
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /**
     * The largest p-value to believe, or -1 when none is: believe every p-value at most this large. {@code pValues} is not
     * changed; NaN counts as a test that found nothing. {@code q} lies in (0, 1).
     */
    public static double cutOff(double[] pValues, double q) {
        return cutOff(pValues, p -> p * pValues.length, q);
    }

    /**
     * The same for tests that cannot have every p-value; those whose p-values are not given found nothing.
     *
     * @param expectedFalse how many of all tests have at most this p-value by chance; does not fall
     */
    public static double cutOff(double[] pValues, DoubleUnaryOperator expectedFalse, double q) {
        double[] ascending = pValues.clone();
        // NaN sorts last.
        Arrays.sort(ascending);
        for (int k = ascending.length; k >= 1; k--) {
            double p = ascending[k - 1];
            if (expectedFalse.applyAsDouble(p) <= q * k) {
                return p;
            }
        }
        return -1;
    }
}
