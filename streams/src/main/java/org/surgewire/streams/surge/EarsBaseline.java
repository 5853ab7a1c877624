package org.surgewire.streams.surge;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Mean and sample standard deviation (n - 1) of the baseline that the EARS methods share: seven periods before a gap. */
record EarsBaseline(double mean, double sd) {
    /** Periods in a baseline. */
    static final int PERIODS = 7;

    /** Customary for sparse counts: a baseline of equal counts would make any larger count infinitely surprising. */
    static final double CUSTOMARY_MIN_SD = 0.5;

    static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    /** The baseline of the periods {@code gap + 1} to {@code gap + 7} ago, its deviation raised to at least {@code minSd}. */
    static EarsBaseline before(Series history, int gap, double minSd) {
        double sum = 0;
        for (int ago = gap + 1; ago <= gap + PERIODS; ago++) {
            sum += history.ago(ago);
        }
        double mean = sum / PERIODS;
        double squares = 0;
        for (int ago = gap + 1; ago <= gap + PERIODS; ago++) {
            double off = history.ago(ago) - mean;
            squares += off * off;
        }
        return new EarsBaseline(mean, Math.max(Math.sqrt(squares / (PERIODS - 1)), minSd));
    }

    /** Standard deviations between the baseline's mean and a count; 0 for a count at the mean even when sd is 0. */
    double standardised(double count) {
        return count == mean ? 0 : (count - mean) / sd;
    }

    /** The verdict of C1 and C2: alarm above the normal quantile {@code 1 - alpha}. */
    Verdict judge(double observed, double z) {
        double score = standardised(observed);
        double bound = mean + z * sd;
        return Verdict.judged(
                observed > bound, observed, mean, bound, score, STANDARD_NORMAL.survivalProbability(score));
    }
}
