package org.surgewire.streams.surge;

import java.util.Arrays;

/**
 * Farrington's method in its improved, "flexible" form, the standard of public health surveillance for weekly counts.
 *
 * <p>The week is judged against the five years before it, the last 26 weeks left out. A quasi-Poisson regression with log
 * link explains them by a linear trend and a seasonal factor of ten levels: level 10 is the judged week's season, three
 * weeks either side of its anniversaries; the rest of each year is cut into nine levels. phi = max(1, sum w r² / df).
 * Weeks whose standardised Anscombe residual s exceeds 2.58 are likely past surges: the regression is fitted again with
 * weights in proportion to s<sup>-2</sup> for them, and then without the trend when the prediction is larger than every
 * count of the baseline. {@link FarringtonThreshold} sets the bound. There is an
 * alarm only when the last four weeks, the judged one among them, hold at least five reports; otherwise the bound is NaN.
 *
 * <p>The score is (observed - expected) / (bound - expected), Farrington's exceedance: above 1 is an alarm. Counts are
 * weekly and whole; needs 263 weeks of history. Judging one week fits up to four regressions on some 235 weeks: about a
 * millisecond.
 *
 * <p>Sources: Farrington, Andrews, Beale, Catchpole, "A statistical algorithm for the early detection of outbreaks of
 * infectious disease", JRSS A 159 (1996), 547-563; Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett, "An improved
 * algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32 (2013), 1206-1222. Agrees
 * with {@code farringtonFlexible} of R's surveillance 1.20.3.
 */
public final class FarringtonFlexible implements Detector {
    static final int CUSTOMARY_YEARS = 5;
    private static final int WEEKS_A_YEAR = 52;
    private static final int HALF_WINDOW = 3;
    private static final int LEVELS = 10;
    private static final int WEEKS_LEFT_OUT = 26;
    private static final double SURGE_RESIDUAL = 2.58;
    static final int CUSTOMARY_REPORTS = 5;
    private static final int REPORT_WEEKS = 4;

    private static final int INTERCEPT = 0;
    private static final int TREND = 1;

    private final FarringtonThreshold threshold;
    private final double alpha;
    private final int reports;

    /** Weeks of history that are needed and used. */
    private final int weeks;

    /** Seasonal level, 1 to 10, of the week so many weeks before the judged one. */
    private final int[] levelAgo;

    /** Alarms above the threshold's {@code 1 - alpha} bound; alpha lies in (0, 0.5). */
    public FarringtonFlexible(FarringtonThreshold threshold, double alpha) {
        this(threshold, alpha, CUSTOMARY_YEARS, CUSTOMARY_REPORTS);
    }

    /** With another number of years of baseline, and of reports that the last four weeks must hold for an alarm. */
    FarringtonFlexible(FarringtonThreshold threshold, double alpha, int years, int reports) {
        this.threshold = threshold;
        this.alpha = alpha;
        this.reports = reports;
        this.weeks = years * WEEKS_A_YEAR + HALF_WINDOW;
        this.levelAgo = levels(years);
    }

    private static int[] levels(int years) {
        int[] levels = new int[years * WEEKS_A_YEAR + HALF_WINDOW + 1];
        for (int year = 1; year <= years; year++) {
            int reference = year * WEEKS_A_YEAR;
            for (int off = -HALF_WINDOW; off <= HALF_WINDOW; off++) {
                levels[reference - off] = LEVELS;
            }
            int between = WEEKS_A_YEAR - 2 * HALF_WINDOW - 1;
            int ago = reference - HALF_WINDOW - 1;
            for (int level = 1; level < LEVELS; level++) {
                // The weeks that do not divide evenly go to the first levels, one each.
                int length = between / (LEVELS - 1) + (level <= between % (LEVELS - 1) ? 1 : 0);
                for (int week = 0; week < length; week++) {
                    levels[ago--] = level;
                }
            }
        }
        return levels;
    }

    @Override
    public String name() {
        return "farringtonFlexible_" + threshold.label();
    }

    @Override
    public Verdict judge(Series history, double observed) {
        return knowsEnough(history) ? judge(predict(history), history, observed) : Verdict.notEnoughHistory(observed);
    }

    boolean knowsEnough(Series history) {
        return history.length() >= weeks;
    }

    /** What the judged week's count is expected to be: the costly part, which no threshold changes. */
    FarringtonThreshold.Prediction predict(Series history) {
        double[] counts = new double[weeks - WEEKS_LEFT_OUT];
        double[][] rows = new double[counts.length][];
        double largest = 0;
        for (int i = 0; i < counts.length; i++) {
            int ago = weeks - i;
            counts[i] = history.ago(ago);
            rows[i] = row(ago, levelAgo[ago]);
            largest = Math.max(largest, counts[i]);
        }
        double[] judged = row(0, LEVELS);
        QuasiPoissonFit fit = fit(rows, counts);
        if (Math.exp(fit.predict(judged)) > largest) {
            judged = withoutTrend(judged);
            fit = fit(withoutTrend(rows), counts);
        }
        return new FarringtonThreshold.Prediction(fit.predict(judged), fit.standardError(judged), fit.phi());
    }

    Verdict judge(FarringtonThreshold.Prediction prediction, Series history, double observed) {
        FarringtonThreshold.Range range = threshold.range(prediction, alpha, observed);
        double expected = Math.exp(prediction.eta());
        double score = (observed - expected) / (range.upper() - expected);
        boolean enoughReports = reports(history, observed) >= reports;
        return Verdict.judged(
                enoughReports && observed > range.upper(),
                observed,
                expected,
                enoughReports ? range.upper() : Double.NaN,
                score,
                range.pValue());
    }

    private static QuasiPoissonFit fit(double[][] rows, double[] counts) {
        double[] weights = new double[counts.length];
        Arrays.fill(weights, 1);
        QuasiPoissonFit first = new QuasiPoissonFit(rows, counts, weights);
        return new QuasiPoissonFit(rows, counts, weights(first.anscombeResiduals(first.phi())));
    }

    /** s^-2 for likely surges, 1 otherwise, scaled to sum to the number of weeks. */
    private static double[] weights(double[] residuals) {
        double[] weights = new double[residuals.length];
        double sum = 0;
        for (int i = 0; i < residuals.length; i++) {
            double s = residuals[i];
            weights[i] = s > SURGE_RESIDUAL ? 1 / (s * s) : 1;
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= residuals.length / sum;
        }
        return weights;
    }

    /** Intercept, trend in years before the judged week, then an indicator for each level but the first. */
    private static double[] row(int ago, int level) {
        double[] row = new double[TREND + LEVELS];
        row[INTERCEPT] = 1;
        row[TREND] = -(double) ago / WEEKS_A_YEAR;
        if (level > 1) {
            row[TREND + level - 1] = 1;
        }
        return row;
    }

    private static double[] withoutTrend(double[] row) {
        double[] rest = new double[row.length - 1];
        rest[INTERCEPT] = row[INTERCEPT];
        System.arraycopy(row, TREND + 1, rest, TREND, rest.length - TREND);
        return rest;
    }

    private static double[][] withoutTrend(double[][] rows) {
        double[][] rest = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            rest[i] = withoutTrend(rows[i]);
        }
        return rest;
    }

    private static double reports(Series history, double observed) {
        double sum = observed;
        for (int ago = 1; ago < REPORT_WEEKS; ago++) {
            sum += history.ago(ago);
        }
        return sum;
    }
}
