package org.surgewire.streams.surge;

/**
 * How much better a surge explains a count than an ordinary period does, when ordinary counts are negative binomial with
 * mean mu and variance phi mu and a surge adds a Poisson number of cases: ln(P(x | surge) / P(x | ordinary)).
 *
 * <p>A surge's whole size is 2, 3, 5 or 8 standard deviations of the ordinary count, each as likely: the range of
 * Noufaily 2013. Half of it falls into its first period and 0.417 into the second, as a lognormal delay of scale 0.5 has
 * it. One surge in twenty-five is of no particular size: k cases are added with probability c / ((k + c)(k + c + 1)), c
 * two standard deviations. Without it no count at all would be evidence in a widely scattered series.
 */
final class SurgeLikelihood {
    private static final double[] MAGNITUDES = {2, 3, 5, 8};
    private static final double FIRST_SHARE = 0.5;
    private static final double SECOND_SHARE = 0.417;
    private static final double ANY_SIZE = 0.04;
    private static final double ANY_SIZE_SCALE = 2;
    private static final double SHARE_EACH = Math.log((1 - ANY_SIZE) / MAGNITUDES.length);
    private static final double RESCALE = 1e200;
    private static final double NEGLIGIBLE = 1e-16;

    private SurgeLikelihood() {}

    /** Log likelihood ratio of a count in a surge's first period. Grows with the count, without bound. */
    static double first(double count, double mu, double phi) {
        double sd = Math.sqrt(mu * phi);
        double sum = Math.log(ANY_SIZE) + anySize(count, mu, phi, ANY_SIZE_SCALE * sd);
        for (double magnitude : MAGNITUDES) {
            sum = logSum(sum, SHARE_EACH + poisson(count, mu, phi, magnitude * sd * FIRST_SHARE));
        }
        return sum;
    }

    /** Log likelihood ratios of a count in a surge's first period, one for each size a surge can have. */
    static double[] firstBySize(double count, double mu, double phi) {
        double sd = Math.sqrt(mu * phi);
        double[] bySize = new double[MAGNITUDES.length + 1];
        for (int i = 0; i < MAGNITUDES.length; i++) {
            bySize[i] = poisson(count, mu, phi, MAGNITUDES[i] * sd * FIRST_SHARE);
        }
        bySize[MAGNITUDES.length] = anySize(count, mu, phi, ANY_SIZE_SCALE * sd);
        return bySize;
    }

    /**
     * Log likelihood ratio of two counts in a surge's first two periods.
     *
     * @param before the first period's, {@link #firstBySize}
     * @param muBefore the first period's mean, on which the surge's size rests
     */
    static double firstTwo(double[] before, double muBefore, double count, double mu, double phi) {
        double sd = Math.sqrt(muBefore * phi);
        double sum = Math.log(ANY_SIZE) + before[MAGNITUDES.length] + anySize(count, mu, phi, ANY_SIZE_SCALE * sd);
        for (int i = 0; i < MAGNITUDES.length; i++) {
            double second = poisson(count, mu, phi, MAGNITUDES[i] * sd * SECOND_SHARE);
            sum = logSum(sum, SHARE_EACH + before[i] + second);
        }
        return sum;
    }

    /** Log likelihood ratio of a count with a Poisson number of cases added to it. */
    private static double poisson(double count, double mu, double phi, double extra) {
        // Sum over the number k of added cases of P(k) P(count - k) / P(count), each term from the one before.
        double term = 1;
        double sum = 1;
        double offset = -extra;
        for (int k = 0; k < count; k++) {
            term *= extra / (k + 1) * oneLess(count - k, mu, phi);
            sum += term;
            if (k > extra && term < NEGLIGIBLE * sum) {
                break;
            }
            if (sum > RESCALE) {
                term /= RESCALE;
                sum /= RESCALE;
                offset += Math.log(RESCALE);
            }
        }
        return offset + Math.log(sum);
    }

    /** Log likelihood ratio of a count with a number of cases of no particular size added to it. */
    private static double anySize(double count, double mu, double phi, double scale) {
        double ratio = 1;
        double sum = 1 / (scale + 1);
        double offset = 0;
        for (int k = 0; k < count; k++) {
            ratio *= oneLess(count - k, mu, phi);
            double added = k + 1 + scale;
            sum += ratio * scale / (added * (added + 1));
            if (count - k < mu && ratio < NEGLIGIBLE * sum) {
                break;
            }
            if (ratio > RESCALE) {
                ratio /= RESCALE;
                sum /= RESCALE;
                offset += Math.log(RESCALE);
            }
        }
        return offset + Math.log(sum);
    }

    /** P(count - 1) / P(count) of the ordinary counts. */
    private static double oneLess(double count, double mu, double phi) {
        return count / (mu / phi + (count - 1) * (phi - 1) / phi);
    }

    private static double logSum(double a, double b) {
        double max = Math.max(a, b);
        return max + Math.log1p(Math.exp(Math.min(a, b) - max));
    }
}
