package org.surgewire.streams.surge;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How Farrington's method turns the predicted mean into a range of ordinary counts. One-sided: {@code alpha} on each side. */
public enum FarringtonThreshold {
    /**
     * Approximately normal after the 2/3 power: (mu^(2/3) + z sqrt((4/9) mu^(1/3) tau))^(3/2), tau = phi + se²/mu with se
     * the standard error of mu. Source: Farrington and others 1996.
     */
    DELTA("delta") {
        @Override
        Range range(Prediction at, double alpha, double observed) {
            double mu = Math.exp(at.eta());
            double se = mu * at.standardError();
            return PowerTransform.TWO_THIRDS.range(mu, se, at.phi(), alpha, observed);
        }
    },
    /** The quantiles of the negative binomial of the predicted mean, which is taken as known. Source: Noufaily 2013. */
    NB_PLUGIN("nbPlugin") {
        @Override
        Range range(Prediction at, double alpha, double observed) {
            return quantiles(new CountDistribution(Math.exp(at.eta()), at.phi()), alpha, observed);
        }
    },
    /** As nbPlugin with the upper {@code 1 - alpha} confidence limit of the mean in the mean's place: wary of a weak fit. */
    MUAN("muan") {
        @Override
        Range range(Prediction at, double alpha, double observed) {
            double eta = at.eta() + STANDARD_NORMAL.inverseSurvivalProbability(alpha) * at.standardError();
            return quantiles(new CountDistribution(Math.exp(eta), at.phi()), alpha, observed);
        }
    };

    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    private final String label;

    FarringtonThreshold(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract Range range(Prediction at, double alpha, double observed);

    private static Range quantiles(CountDistribution counts, double alpha, double observed) {
        return new Range(counts.quantile(alpha), counts.quantile(1 - alpha), counts.atLeast(observed));
    }

    /** Linear predictor (logarithm of the mean), its standard error, and the dispersion. */
    record Prediction(double eta, double standardError, double phi) {}

    /** The ordinary counts from {@code lower} to {@code upper}, and the probability of a count of at least the observed. */
    record Range(double lower, double upper, double pValue) {}

    /** The powers after which a count may be taken as normal; the variance of y^q is q² mu^(2q - 1) tau by the delta method. */
    enum PowerTransform {
        NONE(1),
        HALF(0.5),
        TWO_THIRDS(2.0 / 3);

        private final double power;

        PowerTransform(double power) {
            this.power = power;
        }

        Range range(double mu, double se, double phi, double alpha, double observed) {
            double tau = phi + se * se / mu;
            double centre = Math.pow(mu, power);
            double deviation = power * Math.sqrt(Math.pow(mu, 2 * power - 1) * tau);
            double z = STANDARD_NORMAL.inverseSurvivalProbability(alpha);
            double lower = Math.pow(Math.max(0, centre - z * deviation), 1 / power);
            double upper = Math.pow(centre + z * deviation, 1 / power);
            double score = (Math.pow(observed, power) - centre) / deviation;
            return new Range(lower, upper, STANDARD_NORMAL.survivalProbability(score));
        }
    }
}
