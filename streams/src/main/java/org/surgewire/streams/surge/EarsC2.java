package org.surgewire.streams.surge;

/**
 * EARS C2: the count of period t is a surge when it lies more than z<sub>1-alpha</sub> standard deviations above the mean
 * of its baseline, the seven periods t-9 to t-3. The gap of two periods keeps the first days of a surge out of the
 * baseline it is judged against.
 *
 * <p>C2<sub>t</sub> = (Y<sub>t</sub> - mean) / sd with the sample standard deviation (n - 1). <b>sd is never less than
 * 0.5</b> (sd := max(sd, 0.5)), so that a baseline of equal counts, all zeros above all, does not turn every further
 * count into an alarm. The p-value is the normal tail of the score: nominal, and far too small for sparse or clustered
 * counts. Needs nine periods of history.
 *
 * <p>Source: Hutwagner, Thompson, Seeman, Treadwell, "The bioterrorism preparedness and response Early Aberration
 * Reporting System (EARS)", Journal of Urban Health 80 (2003), i89-i96.
 */
public final class EarsC2 implements Detector {
    static final int GAP = 2;

    private final double minSd;
    private final double z;

    /** Alarms above the normal quantile {@code 1 - alpha}; alpha lies in (0, 1), 0.001 is customary. */
    public EarsC2(double alpha) {
        this(alpha, EarsBaseline.CUSTOMARY_MIN_SD);
    }

    /** With a floor of the standard deviation of its own; 0 keeps the deviation as it is. */
    EarsC2(double alpha, double minSd) {
        this.minSd = minSd;
        this.z = EarsBaseline.STANDARD_NORMAL.inverseSurvivalProbability(alpha);
    }

    @Override
    public String name() {
        return "earsC2";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < GAP + EarsBaseline.PERIODS) {
            return Verdict.notEnoughHistory(observed);
        }
        return EarsBaseline.before(history, GAP, minSd).judge(observed, z);
    }
}
