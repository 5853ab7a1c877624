package org.surgewire.streams.surge;

/**
 * Likelihood-ratio CUSUM of counts more scattered than Poisson counts, with variance mu + a mu². As {@link PoissonCusum}
 * but less easily impressed by one large count.
 *
 * <p>S<sub>t</sub> = max(0, S<sub>t-1</sub> + x ln(mu1/mu0) - (x + 1/a) ln((1 + a mu1)/(1 + a mu0))), an alarm when
 * S<sub>t</sub> reaches the threshold. As a detector mu0 and a are the moment estimates of the baseline of
 * {@link CusumBaseline}; the p-value is NaN. Source: Höhle and Paul, Computational Statistics and Data Analysis 52
 * (2008), 4357-4368.
 */
public final class NegativeBinomialCusum implements Detector {
    private final double factor;
    private final double threshold;

    /** Looks for the mean times {@code factor}, above 1; {@code threshold} is in natural-log likelihood, above 0. */
    public NegativeBinomialCusum(double factor, double threshold) {
        this.factor = factor;
        this.threshold = threshold;
    }

    /** S after one more count: never below 0. {@code a} is above 0. */
    static double next(double s, double count, double mu0, double mu1, double a) {
        double penalty = (count + 1 / a) * Math.log((1 + a * mu1) / (1 + a * mu0));
        return Math.max(0, s + count * Math.log(mu1 / mu0) - penalty);
    }

    @Override
    public String name() {
        return "negativeBinomialCusum";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < CusumBaseline.HISTORY) {
            return Verdict.notEnoughHistory(observed);
        }
        CusumBaseline baseline = CusumBaseline.of(history);
        double mu0 = baseline.mean();
        double mu1 = factor * mu0;
        double a = baseline.dispersion();
        double s = 0;
        for (int ago = CusumBaseline.RUN; ago >= 1; ago--) {
            s = next(s, history.ago(ago), mu0, mu1, a);
        }
        double step = Math.log((1 + a * mu1) / (1 + a * mu0));
        double bound = (threshold - s + step / a) / (Math.log(factor) - step);
        double score = next(s, observed, mu0, mu1, a);
        return Verdict.judged(score >= threshold, observed, mu0, bound, score, Double.NaN);
    }
}
