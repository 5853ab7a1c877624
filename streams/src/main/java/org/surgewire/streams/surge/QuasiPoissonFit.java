package org.surgewire.streams.surge;

import java.util.Arrays;

/**
 * A quasi-Poisson regression with log link: counts on an intercept, optionally a linear trend, and a factor. Fitted by
 * iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear Models, 1989, section 2.5) from mu = y +
 * 0.1 until the deviance changes by less than 1e-8 of itself, at most 25 times. These are the starting values and the
 * rule of R's {@code glm}, because a level of zeros has no finite estimate and what is reported then depends on them.
 */
final class QuasiPoissonFit {
    private static final int MAX_ITERATIONS = 25;
    private static final double TOLERANCE = 1e-8;

    private final double[][] rows;
    private final double[] counts;
    private final double[] priorWeights;
    private final int columns;
    private final double[] fitted;
    private final double[] workingWeights;
    private final double[] coefficients;
    private final double[][] factor;

    /**
     * Fits {@code counts} on the design matrix {@code rows} (one row a count, every row of one length) with the given
     * prior weights. The matrix must have full column rank.
     */
    QuasiPoissonFit(double[][] rows, double[] counts, double[] priorWeights) {
        this.rows = rows;
        this.counts = counts;
        this.priorWeights = priorWeights;
        this.columns = rows[0].length;
        this.fitted = new double[counts.length];
        this.workingWeights = new double[counts.length];
        this.coefficients = new double[columns];
        this.factor = new double[columns][columns];
        iterate();
    }

    private void iterate() {
        double[] eta = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            fitted[i] = counts[i] + 0.1;
            eta[i] = Math.log(fitted[i]);
        }
        double deviance = deviance();
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            solve(eta);
            for (int i = 0; i < counts.length; i++) {
                eta[i] = dot(rows[i], coefficients);
                fitted[i] = Math.exp(eta[i]);
            }
            double before = deviance;
            deviance = deviance();
            if (Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < TOLERANCE) {
                return;
            }
        }
    }

    /** One weighted least-squares step: the Cholesky factor of X'WX and the coefficients it gives. */
    private void solve(double[] eta) {
        double[] right = new double[columns];
        for (double[] row : factor) {
            Arrays.fill(row, 0);
        }
        for (int i = 0; i < counts.length; i++) {
            double weight = priorWeights[i] * fitted[i];
            workingWeights[i] = weight;
            double response = eta[i] + (counts[i] - fitted[i]) / fitted[i];
            double[] row = rows[i];
            for (int j = 0; j < columns; j++) {
                if (row[j] == 0) {
                    continue;
                }
                double weighted = weight * row[j];
                right[j] += weighted * response;
                for (int k = 0; k <= j; k++) {
                    factor[j][k] += weighted * row[k];
                }
            }
        }
        Cholesky.factorise(factor);
        Cholesky.solve(factor, right);
        System.arraycopy(right, 0, coefficients, 0, columns);
    }

    private double deviance() {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double y = counts[i];
            double term = y == 0 ? 0 : y * Math.log(y / fitted[i]);
            sum += 2 * priorWeights[i] * (term - (y - fitted[i]));
        }
        return sum;
    }

    /** Residual degrees of freedom. */
    int residualDegrees() {
        return counts.length - columns;
    }

    /** Pearson's estimate of the dispersion, sum w r² / df, with the given weights. */
    private double dispersion(double[] weights) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double residual = (counts[i] - fitted[i]) / fitted[i];
            sum += weights[i] * residual * residual;
        }
        return sum / residualDegrees();
    }

    /** The dispersion of the quasi-Poisson model, at least 1. */
    double phi() {
        return Math.max(1, dispersion(workingWeights));
    }

    /** Anscombe residuals, standardised by {@code phi} and the leverage: 1.5 (y^2/3 mu^-1/6 - mu^1/2) / sqrt(phi (1 - h)). */
    double[] anscombeResiduals(double phi) {
        double[] residuals = new double[counts.length];
        double[] row = new double[columns];
        for (int i = 0; i < counts.length; i++) {
            System.arraycopy(rows[i], 0, row, 0, columns);
            Cholesky.forward(factor, row);
            double leverage = workingWeights[i] * dot(row, row);
            double mu = fitted[i];
            double raw = 1.5 * (Math.pow(counts[i], 2.0 / 3) * Math.pow(mu, -1.0 / 6) - Math.sqrt(mu));
            residuals[i] = raw / Math.sqrt(phi * (1 - leverage));
        }
        return residuals;
    }

    /** The linear predictor at a design row. */
    double predict(double[] row) {
        return dot(row, coefficients);
    }

    /**
     * Standard error of the linear predictor at a design row. R's farringtonFlexible puts the prior weights in place of
     * the working weights before it asks for this error, and its muan bounds depend on it; so does this one.
     */
    double standardError(double[] row) {
        double[] solved = row.clone();
        Cholesky.forward(factor, solved);
        return Math.sqrt(dispersion(priorWeights) * dot(solved, solved));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
