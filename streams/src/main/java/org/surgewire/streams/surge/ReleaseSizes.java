package org.surgewire.streams.surge;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Sizes of releases and of what an operation adds to one place, as tables. The count of one release is a lognormal number
 * rounded to a whole number of at least 1; the sum of m releases follows by convolution. An operation adds, to a place it
 * reaches, nothing in one period of five and else a lognormal number {@link #OPERATION_FACTOR} times as large in the
 * median and of log-deviation 1. Counts above {@link #LARGEST} are taken for that.
 */
final class ReleaseSizes {
    /** The largest count the tables tell apart. */
    static final int LARGEST = 200;

    private static final int MOST_RELEASES = 16;
    private static final double OPERATION_FACTOR = 2.7;
    private static final double OPERATION_LOG_SD = 1;
    private static final double OPERATION_PAUSES = 0.2;
    private static final double NEGLIGIBLE = 1e-13;

    /** Above this a tail is summed from its own side, since the difference to 1 would lose digits. */
    private static final double ROUNDED = 0.999;

    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    private final double[][] ordinary = new double[MOST_RELEASES + 1][];
    private final double[][] raised = new double[MOST_RELEASES + 1][];
    private final double meanSize;

    /** Tables for releases whose logarithm has this mean and deviation. */
    ReleaseSizes(double logMean, double logSd) {
        double[] size = rounded(logMean, logSd);
        double[] added = rounded(logMean + Math.log(OPERATION_FACTOR), OPERATION_LOG_SD);
        for (int x = 1; x <= LARGEST; x++) {
            added[x] *= 1 - OPERATION_PAUSES;
        }
        added[0] = OPERATION_PAUSES;
        double[] sum = new double[LARGEST + 1];
        sum[0] = 1;
        for (int releases = 0; releases <= MOST_RELEASES; releases++) {
            ordinary[releases] = sum;
            raised[releases] = convolve(sum, added);
            sum = convolve(sum, size);
        }
        double mean = 0;
        for (int x = 1; x <= LARGEST; x++) {
            mean += x * size[x];
        }
        this.meanSize = mean;
    }

    private static double[] rounded(double logMean, double logSd) {
        double[] probability = new double[LARGEST + 1];
        double below = 0;
        for (int x = 1; x < LARGEST; x++) {
            double upTo = STANDARD_NORMAL.cumulativeProbability((Math.log(x + 0.5) - logMean) / logSd);
            probability[x] = upTo - below;
            below = upTo;
        }
        probability[LARGEST] = 1 - below;
        return probability;
    }

    private static double[] convolve(double[] a, double[] b) {
        double[] sum = new double[LARGEST + 1];
        for (int i = 0; i <= LARGEST; i++) {
            if (a[i] < NEGLIGIBLE) {
                continue;
            }
            for (int j = 0; j <= LARGEST; j++) {
                sum[Math.min(i + j, LARGEST)] += a[i] * b[j];
            }
        }
        return sum;
    }

    /** Mean count of one release. */
    double meanSize() {
        return meanSize;
    }

    /**
     * The ordinary counts of a place whose number of releases is negative binomial: the probability of m is that of a
     * Poisson number whose rate has a gamma distribution of this shape and (inverse) scale.
     */
    Place place(double shape, double scale) {
        double[] releases = new double[MOST_RELEASES + 1];
        double failure = 1 / (scale + 1);
        double probability = Math.pow(scale / (scale + 1), shape);
        double left = 1;
        int most = 0;
        for (int m = 0; m <= MOST_RELEASES && left > NEGLIGIBLE; m++) {
            releases[m] = probability;
            left -= probability;
            probability *= (shape + m) / (m + 1) * failure;
            most = m;
        }
        // What the table cannot hold is put to its end, so that a busy place is not taken for a surprising one.
        releases[most] += Math.max(0, left);
        return new Place(releases, most);
    }

    /** One place's counts, ordinary and while an operation is on there. */
    final class Place {
        private final double[] releases;
        private final int most;

        private Place(double[] releases, int most) {
            this.releases = releases;
            this.most = most;
        }

        /** Probability of a count without an operation. */
        double ordinary(int count) {
            return mixture(ordinary, count);
        }

        /** P(count | an operation is on here) / P(count | none). */
        double likelihoodRatio(int count) {
            return mixture(raised, count) / Math.max(mixture(ordinary, count), Double.MIN_NORMAL);
        }

        /** Probability of at least this count without an operation. */
        double atLeast(int count) {
            double below = 0;
            for (int x = 0; x < count; x++) {
                below += ordinary(x);
            }
            if (below < ROUNDED) {
                return 1 - below;
            }
            double above = 0;
            for (int x = count; x <= LARGEST; x++) {
                above += ordinary(x);
            }
            return above;
        }

        private double mixture(double[][] table, int count) {
            double sum = 0;
            for (int m = 0; m <= most; m++) {
                sum += releases[m] * table[m][count];
            }
            return sum;
        }
    }
}
