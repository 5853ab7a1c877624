package org.surgewire.streams.surge;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A negative binomial distribution of counts with a given mean and variance = {@code phi} times the mean; Poisson when
 * {@code phi} is 1. Size is mean / (phi - 1), the success probability 1 / phi, so the tail is a regularised beta function.
 */
record CountDistribution(double mean, double phi) {
    /** Below this the negative binomial is taken to be Poisson. */
    private static final double POISSON = 1 + 1e-9;

    /** Above this mean the distribution is taken to be normal: the beta function's series no longer converge. */
    private static final double NORMAL = 1e6;

    /** Probability of a count of at least {@code count}, a whole number. */
    double atLeast(double count) {
        if (count <= 0) {
            return 1;
        }
        if (mean > NORMAL) {
            return normal().survivalProbability(count - 0.5);
        }
        return phi <= POISSON
                ? RegularizedGamma.P.value(count, mean)
                : RegularizedBeta.complement(1 / phi, mean / (phi - 1), count);
    }

    private NormalDistribution normal() {
        return NormalDistribution.of(
                Math.min(mean, Double.MAX_VALUE), Math.sqrt(Math.min(phi * mean, Double.MAX_VALUE)));
    }

    /** Probability of a count of at most {@code count}, a whole number. */
    double atMost(double count) {
        if (count < 0) {
            return 0;
        }
        if (mean > NORMAL) {
            return normal().cumulativeProbability(count + 0.5);
        }
        return phi <= POISSON
                ? RegularizedGamma.Q.value(count + 1, mean)
                : RegularizedBeta.value(1 / phi, mean / (phi - 1), count + 1);
    }

    /** The smallest count that is reached or not exceeded with at least this probability, which lies in (0, 1). */
    double quantile(double probability) {
        if (mean > NORMAL) {
            return Math.ceil(normal().inverseCumulativeProbability(probability) - 0.5);
        }
        double above = Math.ceil(mean + 1);
        while (atMost(above) < probability) {
            above *= 2;
        }
        double below = -1;
        while (above - below > 1) {
            double middle = Math.floor((above + below) / 2);
            if (atMost(middle) < probability) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }
}
