package org.surgewire.streams.surge;

/**
 * Likelihood-ratio CUSUM of Poisson counts: adds up the evidence for a mean of mu1 over one of mu0, starts again from 0
 * whenever the evidence is against it, and so finds small rises that last.
 *
 * <p>S<sub>t</sub> = max(0, S<sub>t-1</sub> + x ln(mu1/mu0) - (mu1 - mu0)), an alarm when S<sub>t</sub> reaches the
 * threshold. As a detector mu0 is the mean of the baseline of {@link CusumBaseline} and mu1 = {@code factor} mu0; S runs
 * from 0 over the periods after the baseline. The p-value is NaN: the threshold sets an average run length, not a
 * probability for one period. Source: Hawkins and Olwell, Cumulative Sum Charts and Charting for Quality Improvement,
 * Springer 1998; Höhle and Paul, Computational Statistics and Data Analysis 52 (2008), 4357-4368.
 */
public final class PoissonCusum implements Detector {
    private final double factor;
    private final double threshold;

    /** Looks for the mean times {@code factor}, above 1; {@code threshold} is in natural-log likelihood, above 0. */
    public PoissonCusum(double factor, double threshold) {
        this.factor = factor;
        this.threshold = threshold;
    }

    /** S after one more count: never below 0. */
    static double next(double s, double count, double mu0, double mu1) {
        return Math.max(0, s + count * Math.log(mu1 / mu0) - (mu1 - mu0));
    }

    @Override
    public String name() {
        return "poissonCusum";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < CusumBaseline.HISTORY) {
            return Verdict.notEnoughHistory(observed);
        }
        double mu0 = CusumBaseline.of(history).mean();
        double mu1 = factor * mu0;
        double s = 0;
        for (int ago = CusumBaseline.RUN; ago >= 1; ago--) {
            s = next(s, history.ago(ago), mu0, mu1);
        }
        double bound = (threshold - s + mu1 - mu0) / Math.log(factor);
        double score = next(s, observed, mu0, mu1);
        return Verdict.judged(score >= threshold, observed, mu0, bound, score, Double.NaN);
    }
}
