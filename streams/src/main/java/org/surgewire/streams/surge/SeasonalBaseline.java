package org.surgewire.streams.surge;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * What a series does without surges: a log-linear mean of level, trend, two yearly harmonics and, for days, day of the
 * week, times the calendar's exposure; counts are negative binomial with variance phi times the mean.
 *
 * <p>The fit is the posterior mode under normal priors that shrink trend, season and day of the week towards none, so that
 * a sparse series keeps a plain level and a dense one learns its shape. It alternates three steps: one Newton step of the
 * penalised regression (weights mu / phi), the mode of ln phi under a normal prior, and each period's weight, the
 * probability that it was no surge ({@link SurgeLikelihood}). Older periods count less by a half-life, so that the level
 * follows.
 */
final class SeasonalBaseline {
    private static final int ROUNDS = 4;
    private static final int FIRST_STEPS = 3;
    private static final double TREND_SD = 0.10;
    private static final double FIRST_HARMONIC_SD = 0.35;
    private static final double SECOND_HARMONIC_SD = 0.10;
    private static final double WEEKDAY_SD = 1.5;
    private static final double LOG_PHI_MEAN = Math.log(1.6);
    private static final double LOG_PHI_SD = 0.8;
    private static final double MIN_LOG_PHI = 0.005;
    private static final double FIRST_PHI_STEP = 0.4;
    private static final double LATER_PHI_STEP = 0.1;
    private static final double LAST_PHI_STEP = 0.02;
    private static final double PRIOR_ODDS_IN_SURGE = 0.03;
    private static final double MAX_STEP = 1.5;
    private static final double MAX_LOG_MEAN = 20;
    private static final double IGNORED_WEIGHT = 0.02;

    /** From here on the gamma function is cheaper than the product it stands for. */
    private static final int LONG_PRODUCT = 40;

    private static final int LEVEL = 0;
    private static final int TREND = 1;
    private static final int HARMONICS = 2;
    private static final int WEEKDAYS = 6;
    private static final int DAYS_A_WEEK = 7;

    static final Seasons WEEKS = new Seasons(365.25 / DAYS_A_WEEK, false, 312, 312);
    static final Seasons DAYS = new Seasons(365.25, true, 730, 365);

    private final Series history;
    private final int periods;
    private final Seasons seasons;
    private final double[][] rows;
    private final double[] weights;
    private final double[] age;
    private final double[] means;
    private final double[] coefficients;
    private final double[] precision;
    private final double[][] factor;
    private double phi = Math.exp(LOG_PHI_MEAN);

    /** Fits as much of the history as the seasons reach back. */
    SeasonalBaseline(Series history, Seasons seasons) {
        this.history = history;
        this.periods = Math.min(history.length(), seasons.longest());
        this.seasons = seasons;
        this.rows = seasons.rows();
        int columns = rows[0].length;
        this.precision = new double[columns];
        this.factor = new double[columns][columns];
        this.coefficients = new double[columns];
        this.weights = new double[periods + 1];
        this.age = seasons.ageWeights();
        this.means = new double[periods + 1];
        for (int column = 0; column < columns; column++) {
            double sd = seasons.priorSd(column);
            precision[column] = 1 / (sd * sd);
        }
        fit();
    }

    private void fit() {
        double total = 0;
        double exposure = 0;
        for (int ago = 1; ago <= periods; ago++) {
            total += history.ago(ago);
            exposure += history.exposure(ago);
            weights[ago] = age[ago];
        }
        coefficients[LEVEL] = Math.log((total + 0.5) / exposure);
        predict();
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < (round == 0 ? FIRST_STEPS : 1); step++) {
                step();
                predict();
            }
            phi = Math.exp(logPhi(round == 0 ? FIRST_PHI_STEP : LATER_PHI_STEP));
            for (int ago = 1; ago <= periods; ago++) {
                weights[ago] = age[ago] * ordinary(ago);
            }
        }
    }

    /** Probability that a past period was no surge. */
    private double ordinary(int ago) {
        double count = history.ago(ago);
        if (count <= means[ago]) {
            return 1;
        }
        return 1 / (1 + PRIOR_ODDS_IN_SURGE * Math.exp(SurgeLikelihood.first(count, means[ago], phi)));
    }

    private void predict() {
        for (int ago = 0; ago <= periods; ago++) {
            means[ago] = history.exposure(ago) * Math.exp(Math.min(eta(rows[ago]), MAX_LOG_MEAN));
        }
    }

    private double eta(double[] row) {
        double eta = 0;
        for (int j = 0; j < coefficients.length; j++) {
            eta += row[j] * coefficients[j];
        }
        return eta;
    }

    /** One Newton step; leaves the Cholesky factor of the posterior precision behind. */
    private void step() {
        int columns = coefficients.length;
        double[] gradient = new double[columns];
        for (int j = 0; j < columns; j++) {
            Arrays.fill(factor[j], 0);
            factor[j][j] = precision[j];
            gradient[j] = j == LEVEL ? 0 : -precision[j] * coefficients[j];
        }
        for (int ago = 1; ago <= periods; ago++) {
            double weight = weights[ago] / phi;
            double residual = weight * (history.ago(ago) - means[ago]);
            double information = weight * means[ago];
            double[] row = rows[ago];
            for (int j = 0; j < columns; j++) {
                if (row[j] == 0) {
                    continue;
                }
                gradient[j] += residual * row[j];
                double scaled = information * row[j];
                for (int k = 0; k <= j; k++) {
                    factor[j][k] += scaled * row[k];
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = factor[j][k];
                for (int l = 0; l < k; l++) {
                    sum -= factor[j][l] * factor[k][l];
                }
                factor[j][k] = j == k ? Math.sqrt(sum) : sum / factor[k][k];
            }
        }
        forward(gradient);
        for (int j = columns - 1; j >= 0; j--) {
            double sum = gradient[j];
            for (int k = j + 1; k < columns; k++) {
                sum -= factor[k][j] * gradient[k];
            }
            gradient[j] = sum / factor[j][j];
        }
        for (int j = 0; j < columns; j++) {
            // A full step can overshoot far when a level of zeros begins to fit.
            coefficients[j] += Math.max(-MAX_STEP, Math.min(MAX_STEP, gradient[j]));
        }
    }

    private void forward(double[] v) {
        for (int j = 0; j < v.length; j++) {
            double sum = v[j];
            for (int k = 0; k < j; k++) {
                sum -= factor[j][k] * v[k];
            }
            v[j] = sum / factor[j][j];
        }
    }

    /** The mode of ln phi by a search in shrinking steps from the present value. */
    private double logPhi(double step) {
        double at = Math.max(MIN_LOG_PHI, Math.log(phi));
        double best = logPosterior(at);
        double width = step;
        while (width > LAST_PHI_STEP) {
            double left = Math.max(MIN_LOG_PHI, at - width);
            double atLeft = logPosterior(left);
            double atRight = logPosterior(at + width);
            if (atLeft > best && atLeft >= atRight) {
                at = left;
                best = atLeft;
            } else if (atRight > best) {
                at += width;
                best = atRight;
            } else {
                width /= 3;
            }
        }
        return at;
    }

    private double logPosterior(double logPhi) {
        double trial = Math.exp(logPhi);
        double logRatio = Math.log((trial - 1) / trial);
        double off = (logPhi - LOG_PHI_MEAN) / LOG_PHI_SD;
        double sum = -0.5 * off * off;
        for (int ago = 1; ago <= periods; ago++) {
            if (weights[ago] > IGNORED_WEIGHT) {
                double size = means[ago] / (trial - 1);
                double count = history.ago(ago);
                sum += weights[ago] * (logRising(size, (int) count) - size * logPhi + count * logRatio);
            }
        }
        return sum;
    }

    /** ln(Gamma(size + n) / Gamma(size)). */
    private static double logRising(double size, int n) {
        if (n > LONG_PRODUCT) {
            return LogGamma.value(size + n) - LogGamma.value(size);
        }
        double log = 0;
        double product = 1;
        for (int k = 0; k < n; k++) {
            product *= size + k;
            if (product > 1e200 || product < 1e-200) {
                log += Math.log(product);
                product = 1;
            }
        }
        return log + Math.log(product);
    }

    /** Expected count so many periods ago, without a surge; 0 is the judged period. */
    double mean(int ago) {
        return means[ago];
    }

    /** Expected count so many periods after the judged one, 0 itself, at an ordinary exposure. */
    double ahead(int periods) {
        return Math.exp(Math.min(eta(seasons.row(-periods)), MAX_LOG_MEAN));
    }

    /** Dispersion of the judged count: phi, widened by what the fit does not know about the mean. */
    double predictivePhi() {
        return predictivePhi(means[0]);
    }

    /** Dispersion of a total of this mean, of the judged period and those after it. */
    double predictivePhi(double mean) {
        double[] row = rows[0].clone();
        forward(row);
        double variance = 0;
        for (double v : row) {
            variance += v * v;
        }
        return phi + variance * mean;
    }

    /** The design of one kind of period, shared by all series: rows by periods ago, 0 the judged one. */
    static final class Seasons {
        private final double periodsAYear;
        private final boolean weekdays;
        private final double[][] rows;
        private final double[] ageWeights;

        /** Rows for up to {@code longest} periods. */
        Seasons(double periodsAYear, boolean weekdays, int longest, double halfLife) {
            this.periodsAYear = periodsAYear;
            this.weekdays = weekdays;
            rows = new double[longest + 1][];
            ageWeights = new double[longest + 1];
            for (int ago = 0; ago <= longest; ago++) {
                rows[ago] = row(ago);
                ageWeights[ago] = Math.pow(0.5, ago / halfLife);
            }
        }

        /** The row so many periods before the judged one; after it when negative. */
        private double[] row(int ago) {
            double[] row = new double[HARMONICS + 4 + (weekdays ? WEEKDAYS : 0)];
            double years = ago / periodsAYear;
            double angle = 2 * Math.PI * years;
            row[LEVEL] = 1;
            row[TREND] = -years;
            row[HARMONICS] = Math.cos(angle);
            row[HARMONICS + 1] = Math.sin(angle);
            row[HARMONICS + 2] = Math.cos(2 * angle);
            row[HARMONICS + 3] = Math.sin(2 * angle);
            int weekday = Math.floorMod(ago, DAYS_A_WEEK);
            if (weekdays && weekday != 0) {
                row[HARMONICS + 3 + weekday] = 1;
            }
            return row;
        }

        private int longest() {
            return rows.length - 1;
        }

        private double[][] rows() {
            return rows;
        }

        private double[] ageWeights() {
            return ageWeights;
        }

        private double priorSd(int column) {
            return switch (column) {
                case LEVEL -> 100;
                case TREND -> TREND_SD;
                case HARMONICS, HARMONICS + 1 -> FIRST_HARMONIC_SD;
                case HARMONICS + 2, HARMONICS + 3 -> SECOND_HARMONIC_SD;
                default -> WEEKDAY_SD;
            };
        }
    }
}
