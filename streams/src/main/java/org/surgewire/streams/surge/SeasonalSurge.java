package org.surgewire.streams.surge;

import org.jspecify.annotations.Nullable;

/**
 * Our default for a series on its own: the probability that the judged period belongs to a surge, given the series'
 * level, trend, season, day of the week and dispersion, all learnt from its history with past surges weighted down.
 *
 * <p>The baseline is that of {@link SeasonalBaseline}; what the fit does not know about the mean widens the dispersion.
 * The evidence is the likelihood ratio of a surge against none, R = P(x<sub>t</sub> | first period of a surge) / P(x<sub>t</sub>
 * | none), see {@link SurgeLikelihood}. If the period before already looked like a surge, the evidence R<sub>2</sub> of
 * both together raises it, by at most a quarter: R' = R + min(0.3 R<sub>2</sub>, 0.25 R). The limit keeps the method from
 * waiting for a second period. With the prior odds o = 0.02 the probability is o R' / (1 + o R'), which is the score; an
 * alarm means that it is at least the threshold and the count at least 2: in a series that was silent for years a single
 * case is improbable and still no surge. A ratio finds more than a tail probability at the same number of false
 * alarms, because it asks for more where ordinary counts scatter more than surges of this size.
 *
 * <p>The p-value is the negative binomial tail P(X &gt;= x<sub>t</sub>) of the baseline. Uses {@link Series#exposure}.
 * Needs a year of weeks or eight weeks of days, looks back at most six years or two. Counts are whole numbers. Source: own
 * method; ordinary counts and surges as in Noufaily and others, Statistics in Medicine 32 (2013), 1206-1222.
 */
public final class SeasonalSurge implements Detector {
    private static final double PRIOR_ODDS = 0.02;
    private static final double FEWEST_CASES = 2;
    private static final double LOOK_UP_TO = 4;
    private static final double CARRIED_SHARE = 0.3;
    private static final double CARRIED_LIMIT = 0.25;

    /** Weeks of history below which nothing is judged. */
    public static final int FEWEST_WEEKS = 52;

    private static final int FEWEST_DAYS = 56;

    private final SeasonalBaseline.Seasons seasons;
    private final int fewest;
    private final double threshold;

    private SeasonalSurge(SeasonalBaseline.Seasons seasons, int fewest, double threshold) {
        this.seasons = seasons;
        this.fewest = fewest;
        this.threshold = threshold;
    }

    /** For weekly counts; alarms when a surge has at least this probability, in (0, 1). */
    public static SeasonalSurge weekly(double probability) {
        return new SeasonalSurge(SeasonalBaseline.WEEKS, FEWEST_WEEKS, probability);
    }

    /** For daily counts, with a day-of-week pattern; alarms when a surge has at least this probability, in (0, 1). */
    public static SeasonalSurge daily(double probability) {
        return new SeasonalSurge(SeasonalBaseline.DAYS, FEWEST_DAYS, probability);
    }

    @Override
    public String name() {
        return "seasonalSurge";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        return knowsEnough(history) ? judge(expect(history), observed) : Verdict.notEnoughHistory(observed);
    }

    boolean knowsEnough(Series history) {
        return history.length() >= fewest;
    }

    /** What the judged period is expected to hold: the costly part, which no threshold changes. */
    Expectation expect(Series history) {
        SeasonalBaseline baseline = new SeasonalBaseline(history, seasons);
        return new Expectation(baseline.mean(0), baseline.predictivePhi(), history.ago(1), baseline.mean(1));
    }

    /** What a history leads to expect of the periods after it; null when it is too short. */
    public @Nullable Outlook outlook(Series history) {
        return knowsEnough(history) ? new Outlook(new SeasonalBaseline(history, seasons), history.ago(1)) : null;
    }

    /** Periods after a history, judged without a new fit for each. */
    public final class Outlook {
        private final SeasonalBaseline baseline;
        private final double last;

        private Outlook(SeasonalBaseline baseline, double last) {
            this.baseline = baseline;
            this.last = last;
        }

        /**
         * Judges a count.
         *
         * @param ahead periods between the end of the history and the judged one
         * @param before the count of the period before the judged one; of no matter when nothing lies between
         * @param exposureBefore the exposure of that period
         */
        public Verdict judge(int ahead, double observed, double exposure, double before, double exposureBefore) {
            double mu = exposure * baseline.ahead(ahead);
            double phi = baseline.predictivePhi(mu);
            Expectation expectation = ahead == 0
                    ? new Expectation(mu, phi, last, baseline.mean(1))
                    : new Expectation(mu, phi, before, exposureBefore * baseline.ahead(ahead - 1));
            return SeasonalSurge.this.judge(expectation, observed);
        }
    }

    Verdict judge(Expectation at, double observed) {
        double score = at.probability(observed);
        double pValue = new CountDistribution(at.mu, at.phi).atLeast(observed);
        double bound = Math.max(bound(at), FEWEST_CASES - 1);
        return Verdict.judged(observed > bound, observed, at.mu, bound, score, pValue);
    }

    /** The largest count below the threshold, by doubling and bisection: the probability grows with the count. */
    private double bound(Expectation at) {
        double above = Math.ceil(at.mu) + 1;
        while (at.probability(above) < threshold) {
            above *= 2;
        }
        double below = -1;
        while (above - below > 1) {
            double middle = Math.floor((above + below) / 2);
            if (at.probability(middle) < threshold) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    /** The ordinary count that is expected, and the evidence of a surge in the period before. */
    static final class Expectation {
        private final double mu;
        private final double phi;
        private final double muBefore;
        private final double[] before;

        private Expectation(double mu, double phi, double before, double muBefore) {
            this.mu = mu;
            this.phi = phi;
            this.muBefore = muBefore;
            this.before = SurgeLikelihood.firstBySize(before, muBefore, phi);
        }

        /**
         * Probability that a period with at least this count belongs to a surge. A sparse and widely scattered series can
         * make one case look more like a surge than three; the least of the next few keeps the order of the counts.
         */
        private double probability(double observed) {
            double least = exactly(observed);
            for (double more = observed + 1; more <= LOOK_UP_TO; more++) {
                least = Math.min(least, exactly(more));
            }
            return least;
        }

        private double exactly(double observed) {
            double now = SurgeLikelihood.first(observed, mu, phi);
            double both = SurgeLikelihood.firstTwo(before, muBefore, observed, mu, phi);
            double raised = now + Math.log1p(Math.min(CARRIED_SHARE * Math.exp(both - now), CARRIED_LIMIT));
            return 1 / (1 + Math.exp(-raised) / PRIOR_ODDS);
        }
    }
}
