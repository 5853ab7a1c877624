package org.surgewire.streams.surge;

/**
 * Kleinberg's two-state burst automaton: the counts come from a quiet state of rate mu0 or a burst state of rate {@code
 * factor} mu0, and every change of state costs ln((1 - p) / p). The cheapest sequence of states explains the series; the
 * judged period is a surge when that sequence ends in the burst state.
 *
 * <p>Cost of a sequence q with b changes: b ln((1 - p)/p) + sum of -ln f<sub>q</sub>(x), f the Poisson probability of a
 * period's count (Kleinberg's exponential gaps, seen through counts per period). The sequence begins in the quiet state
 * before the last 26 periods and is found by Viterbi's algorithm; mu0 is the mean of the baseline of
 * {@link CusumBaseline}. The score is the cost of ending quiet less the cost of ending in a burst, a log posterior odds;
 * above 0 is an alarm. The p-value is NaN. Source: Kleinberg, "Bursty and hierarchical structure in streams", KDD 2002,
 * section 2.
 */
public final class KleinbergBurst implements Detector {
    private final double factor;
    private final double changeCost;

    /** A burst has {@code factor} times the quiet rate, above 1; the state changes with probability {@code p}, below 0.5. */
    public KleinbergBurst(double factor, double p) {
        this.factor = factor;
        this.changeCost = Math.log((1 - p) / p);
    }

    @Override
    public String name() {
        return "kleinbergBurst";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < CusumBaseline.HISTORY) {
            return Verdict.notEnoughHistory(observed);
        }
        double mu0 = CusumBaseline.of(history).mean();
        // Only the difference of the two cheapest costs matters, and a change of state bounds it.
        double advantage = -changeCost;
        for (int ago = CusumBaseline.RUN; ago >= 1; ago--) {
            advantage = carried(advantage) + gain(history.ago(ago), mu0);
        }
        double before = carried(advantage);
        double bound = (mu0 * (factor - 1) - before) / Math.log(factor);
        double score = before + gain(observed, mu0);
        return Verdict.judged(score > 0, observed, mu0, bound, score, Double.NaN);
    }

    private double carried(double advantage) {
        return Math.max(-changeCost, Math.min(changeCost, advantage));
    }

    /** How much cheaper the burst state explains a count than the quiet state does. */
    private double gain(double count, double mu0) {
        return count * Math.log(factor) - mu0 * (factor - 1);
    }
}
