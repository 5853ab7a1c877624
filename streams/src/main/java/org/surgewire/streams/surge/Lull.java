package org.surgewire.streams.surge;

/**
 * A marked lull: the last eight weeks together hold far less than level, trend and season led to expect. Information, not
 * a surge and not an outage: whether a source has fallen silent must be decided before its counts are judged, since an
 * unread source is not a quiet one.
 *
 * <p>The total of the span that ends with the judged period is compared with the {@link SeasonalBaseline} of the periods
 * before the span, projected over it; the total is negative binomial with the baseline's dispersion, widened by what the
 * fit does not know about the mean. A lull (the verdict's alarm) is a total whose lower tail P(T &lt;= t) is at most {@code
 * alpha} and that is at least a fifth below the expected one: a large series would otherwise report every ripple. In the
 * verdict {@code observed} and {@code expected} are the span's totals, the score is the share that is missing, and the
 * bound is NaN. Needs a year of weeks, or eight weeks of days, before the span. Uses {@link Series#exposure}. Own method.
 */
public final class Lull implements Detector {
    private static final double MARKED = 0.2;
    private static final int WEEKS = 8;
    private static final int FEWEST_WEEKS = 52;
    private static final int DAYS = 56;
    private static final int FEWEST_DAYS = 56;

    private final SeasonalBaseline.Seasons seasons;
    private final int span;
    private final int fewest;
    private final double alpha;

    private Lull(SeasonalBaseline.Seasons seasons, int span, int fewest, double alpha) {
        this.seasons = seasons;
        this.span = span;
        this.fewest = fewest;
        this.alpha = alpha;
    }

    /** For weekly counts; {@code alpha} lies in (0, 1), 0.001 for once in a thousand weeks by chance. */
    public static Lull weekly(double alpha) {
        return new Lull(SeasonalBaseline.WEEKS, WEEKS, FEWEST_WEEKS, alpha);
    }

    /** For daily counts with a day-of-week pattern. */
    public static Lull daily(double alpha) {
        return new Lull(SeasonalBaseline.DAYS, DAYS, FEWEST_DAYS, alpha);
    }

    @Override
    public String name() {
        return "lull";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        int inHistory = span - 1;
        double total = observed;
        if (history.length() < fewest + inHistory) {
            return Verdict.notEnoughHistory(observed);
        }
        SeasonalBaseline baseline = new SeasonalBaseline(new Earlier(history, inHistory), seasons);
        double expected = 0;
        for (int ago = 0; ago < span; ago++) {
            expected += history.exposure(ago) * baseline.ahead(inHistory - ago);
            total += ago == 0 ? 0 : history.ago(ago);
        }
        double pValue = new CountDistribution(expected, baseline.predictivePhi(expected)).atMost(total);
        double missing = 1 - total / expected;
        return Verdict.judged(pValue <= alpha && missing >= MARKED, total, expected, Double.NaN, missing, pValue);
    }

    /** The history as it was so many periods earlier. */
    private record Earlier(Series history, int by) implements Series {
        @Override
        public int length() {
            return history.length() - by;
        }

        @Override
        public double ago(int periods) {
            return history.ago(periods + by);
        }

        @Override
        public double exposure(int periods) {
            return history.exposure(periods + by);
        }
    }
}
