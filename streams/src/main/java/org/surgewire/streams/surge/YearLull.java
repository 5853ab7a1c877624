package org.surgewire.streams.surge;

import java.util.Arrays;

/**
 * A marked lull by the rule an editor would use: the last 28 days hold at most two thirds of what 28 days held in the year
 * before. Information, not a surge; whether a source has fallen silent must be decided before.
 *
 * <p>The year before the window is cut into 13 blocks of 28 days. Their level is the mean without the two largest, so that
 * operations of the year before do not make ordinary weeks a lull. The alarm also needs a total whose lower tail P(T &lt;=
 * t) is at most {@code alpha}, T negative binomial with the level as mean and the variance of the same blocks. In the
 * verdict {@code observed} and {@code expected} are the window's, the bound is the smallest total that is no alarm by the
 * first rule, and the score is -log10 of the p-value. Needs 391 days of history. Own method.
 */
public final class YearLull implements Detector {
    /** Days of a window. */
    public static final int WINDOW = 28;

    /** Days before the judged one that are looked at. */
    public static final int HISTORY = 14 * WINDOW - 1;

    private static final int BLOCKS = 13;
    private static final int LEFT_OUT = 2;
    private static final double MARKED = 2.0 / 3;

    private final double alpha;

    /** Alarms only on a total with a lower tail of at most {@code alpha}, in (0, 1). */
    public YearLull(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public String name() {
        return "yearLull";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < HISTORY) {
            return Verdict.notEnoughHistory(observed);
        }
        double total = observed + sum(history, 1, WINDOW - 1);
        double[] blocks = new double[BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            blocks[block] = sum(history, (block + 1) * WINDOW, (block + 2) * WINDOW - 1);
        }
        Arrays.sort(blocks);
        int kept = BLOCKS - LEFT_OUT;
        double level = 0;
        for (int block = 0; block < kept; block++) {
            level += blocks[block] / kept;
        }
        if (level == 0) {
            return Verdict.judged(false, total, 0, 0, 0, 1);
        }
        double squares = 0;
        for (int block = 0; block < kept; block++) {
            squares += (blocks[block] - level) * (blocks[block] - level);
        }
        // One more block scatters as the others do, around a level known from eleven of them.
        double variance = squares / (kept - 1) * (1 + 1.0 / kept);
        double pValue = new CountDistribution(level, Math.max(1, variance / level)).atMost(total);
        boolean alarm = total <= MARKED * level && pValue <= alpha;
        return Verdict.judged(alarm, total, level, Math.floor(MARKED * level) + 1, -Math.log10(pValue), pValue);
    }

    private static double sum(Series history, int from, int to) {
        double sum = 0;
        for (int ago = from; ago <= to; ago++) {
            sum += history.ago(ago);
        }
        return sum;
    }
}
