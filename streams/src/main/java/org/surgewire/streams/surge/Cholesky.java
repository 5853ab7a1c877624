package org.surgewire.streams.surge;

/** Small positive definite systems A x = b by A = L L', in place, reading and writing the lower triangle only. */
final class Cholesky {
    private Cholesky() {}

    /** Replaces the lower triangle of A by L. A matrix that is not positive definite leaves NaN behind. */
    static void factorise(double[][] a) {
        for (int j = 0; j < a.length; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = a[j][k];
                for (int l = 0; l < k; l++) {
                    sum -= a[j][l] * a[k][l];
                }
                a[j][k] = j == k ? Math.sqrt(sum) : sum / a[k][k];
            }
        }
    }

    /** Replaces v by L<sup>-1</sup> v; the squared length of that is v' A<sup>-1</sup> v. */
    static void forward(double[][] factor, double[] v) {
        for (int j = 0; j < v.length; j++) {
            double sum = v[j];
            for (int k = 0; k < j; k++) {
                sum -= factor[j][k] * v[k];
            }
            v[j] = sum / factor[j][j];
        }
    }

    /** Replaces v by A<sup>-1</sup> v. */
    static void solve(double[][] factor, double[] v) {
        forward(factor, v);
        for (int j = v.length - 1; j >= 0; j--) {
            double sum = v[j];
            for (int k = j + 1; k < v.length; k++) {
                sum -= factor[k][j] * v[k];
            }
            v[j] = sum / factor[j][j];
        }
    }
}
