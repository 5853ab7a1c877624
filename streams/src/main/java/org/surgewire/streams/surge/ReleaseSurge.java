package org.surgewire.streams.surge;

import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Our default for daily counts of announced arrests, from a county never heard of to the country: how improbable is it
 * that a day brings at least this many?
 *
 * <p><b>Model.</b> A day has announced arrests with probability q e, e its {@link Series#exposure} (a weekend or holiday
 * is quiet; a day with an exposure of 0 is not known and left out), and then a lognormal number of them. q has a gamma
 * prior of mean {@code daysADay}, what a place of this size is expected to have before anything is known of it, and shape
 * 0.2, so that a fifth of an active day is known beforehand and the place's own record soon counts for more. The logarithm of the number has a normal-inverse-gamma prior of mean
 * ln 3 and deviation 1, worth {@value #PRIOR_SIZES} active days. So the p-value is q e P(t &gt;= (ln(x - 1/2) - m) / s), t
 * Student's with the posterior's degrees of freedom: closed form, some hundred nanoseconds and 365 additions.
 *
 * <p><b>Hierarchy.</b> The prior is how a sparse place borrows: its mean is the parent's rate times the place's share of
 * the parent's population, with a rate and sizes that are fixed beforehand. A prior estimated from the parent's panes
 * would make each place's verdict depend on all other places, and with that on what has arrived of them.
 *
 * <p><b>Past surges.</b> After a first fit, an active day whose size has a tail probability p below 0.05 counts p / 0.05 in
 * the second, so that operations do not teach the baseline that operations are ordinary. Days are weighted by a half-life
 * of 180 days, so that a lasting change of level becomes the expectation.
 *
 * <p>A p-value below 1e-6 is given as 1e-6: a year of days does not tell rarer ones apart. An alarm is a p-value of at
 * most {@code alpha}, 1e-6 or more, and a count of at least {@code fewest}; the score is -log10 of the
 * p-value; {@code expected} is q e times the mean size, a size's deviation capped at 1.5. Needs {@value #FEWEST_DAYS} known days
 * of history, looks back at most {@value #MOST_DAYS}. Counts are whole numbers. Own method; the conjugate posteriors are those of Gelman and others, Bayesian Data Analysis, 3rd edition, 2.6
 * and 3.3.
 */
public final class ReleaseSurge implements Detector {
    /** Days of history below which nothing is judged. */
    public static final int FEWEST_DAYS = 28;

    /** Days of history that are looked at. */
    public static final int MOST_DAYS = 365;

    private static final double HALF_LIFE = 180;
    private static final double RATE_SHAPE = 0.2;
    private static final double PRIOR_SIZES = 5;
    private static final double PRIOR_LOG_SIZE = Math.log(3);
    private static final double PRIOR_VARIANCE = 1;
    private static final double UNUSUAL = 0.05;
    private static final double MOST_DEVIATION = 1.5;
    private static final double LARGEST_BOUND = 1e9;
    private static final double LEAST_P_VALUE = 1e-6;
    private static final double[] AGE_WEIGHT = ageWeights();

    private final double daysADay;
    private final double alpha;
    private final double fewest;

    /**
     * @param daysADay share of ordinary days on which a place of this size announces arrests, as far as is known before
     *     its history; above 0
     * @param alpha the largest p-value that alarms, in (0, 1)
     * @param fewest the smallest count that alarms
     */
    public ReleaseSurge(double daysADay, double alpha, double fewest) {
        this.daysADay = daysADay;
        this.alpha = alpha;
        this.fewest = fewest;
    }

    private static double[] ageWeights() {
        double[] weights = new double[MOST_DAYS + 1];
        for (int ago = 0; ago <= MOST_DAYS; ago++) {
            weights[ago] = Math.pow(0.5, ago / HALF_LIFE);
        }
        return weights;
    }

    @Override
    public String name() {
        return "releaseSurge";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        Day day = day(history);
        if (day == null) {
            return Verdict.notEnoughHistory(observed);
        }
        double pValue = Math.max(day.atLeast(observed), LEAST_P_VALUE);
        double bound = Math.max(day.largestAbove(alpha), fewest - 1);
        return Verdict.judged(observed > bound, observed, day.expected(), bound, -Math.log10(pValue), pValue);
    }

    /** The probability of at least so many on an ordinary day, before anything is known of the place. */
    public double beforehand(double count) {
        return new Sums().day(1).atLeast(count);
    }

    /** The judged day; null when too few days before it are known. */
    private @Nullable Day day(Series history) {
        int oldest = Math.min(history.length(), MOST_DAYS);
        Sums sums = new Sums();
        int known = 0;
        int active = 0;
        for (int ago = 1; ago <= oldest; ago++) {
            double exposure = history.exposure(ago);
            if (exposure > 0) {
                known++;
                sums.exposure += AGE_WEIGHT[ago] * exposure;
                double count = history.ago(ago);
                if (count > 0) {
                    active++;
                    sums.add(Math.log(count), AGE_WEIGHT[ago]);
                }
            }
        }
        if (known < FEWEST_DAYS) {
            return null;
        }
        if (active == 0) {
            return sums.day(history.exposure(0));
        }
        Day first = sums.day(1);
        sums.forgetSizes();
        for (int ago = 1; ago <= oldest; ago++) {
            double count = history.ago(ago);
            if (count > 0 && history.exposure(ago) > 0) {
                double ordinary = Math.min(1, first.sizeAtLeast(count) / UNUSUAL);
                sums.add(Math.log(count), AGE_WEIGHT[ago] * ordinary);
            }
        }
        return sums.day(history.exposure(0));
    }

    /** What a history says, in a handful of sums. */
    private final class Sums {
        private double exposure;
        private double active;
        private double logs;
        private double squares;

        private void add(double log, double weight) {
            active += weight;
            logs += weight * log;
            squares += weight * log * log;
        }

        private void forgetSizes() {
            active = 0;
            logs = 0;
            squares = 0;
        }

        private Day day(double exposureOfDay) {
            double q = (RATE_SHAPE + active) / (RATE_SHAPE / daysADay + exposure);
            double sizes = PRIOR_SIZES + active;
            double mean = (PRIOR_SIZES * PRIOR_LOG_SIZE + logs) / sizes;
            double off = active == 0 ? 0 : logs / active - PRIOR_LOG_SIZE;
            double within = active == 0 ? 0 : Math.max(0, squares - logs * logs / active);
            double variance =
                    (PRIOR_SIZES * PRIOR_VARIANCE + within + PRIOR_SIZES * active / sizes * off * off) / sizes;
            return new Day(Math.min(1, q * exposureOfDay), mean, Math.sqrt(variance * (sizes + 1) / sizes), sizes);
        }
    }

    /** The predictive distribution of one day. */
    private static final class Day {
        private final double activity;
        private final double mean;
        private final double deviation;
        private final TDistribution size;

        private Day(double activity, double mean, double deviation, double degrees) {
            this.activity = activity;
            this.mean = mean;
            this.deviation = deviation;
            this.size = TDistribution.of(degrees);
        }

        private double atLeast(double count) {
            return count <= 0 ? 1 : activity * sizeAtLeast(count);
        }

        private double sizeAtLeast(double count) {
            return count <= 1 ? 1 : size.survivalProbability((Math.log(count - 0.5) - mean) / deviation);
        }

        private double expected() {
            double capped = Math.min(deviation, MOST_DEVIATION);
            return activity * Math.exp(mean + capped * capped / 2);
        }

        /** The largest count with a probability above {@code alpha}: the one whose successor is the quantile. */
        private double largestAbove(double alpha) {
            if (alpha >= activity) {
                return 0;
            }
            double log = mean + deviation * size.inverseSurvivalProbability(alpha / activity);
            return Math.min(LARGEST_BOUND, Math.max(0, Math.ceil(Math.exp(log) + 0.5) - 1));
        }
    }
}
