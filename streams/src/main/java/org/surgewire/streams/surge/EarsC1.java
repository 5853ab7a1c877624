package org.surgewire.streams.surge;

/**
 * EARS C1: as {@link EarsC2} but with the seven periods directly before the judged one, t-7 to t-1, as the baseline. It
 * follows a change of level sooner and is blinded by the first days of a surge.
 *
 * <p>C1<sub>t</sub> = (Y<sub>t</sub> - mean) / sd, an alarm above z<sub>1-alpha</sub>; sd := max(sd, 0.5). Needs seven
 * periods of history. Source: Hutwagner and others 2003, see {@link EarsC2}.
 */
public final class EarsC1 implements Detector {
    private static final int GAP = 0;

    private final double minSd;
    private final double z;

    /** Alarms above the normal quantile {@code 1 - alpha}; alpha lies in (0, 1). */
    public EarsC1(double alpha) {
        this(alpha, EarsBaseline.CUSTOMARY_MIN_SD);
    }

    /** With a floor of the standard deviation of its own; 0 keeps the deviation as it is. */
    EarsC1(double alpha, double minSd) {
        this.minSd = minSd;
        this.z = EarsBaseline.STANDARD_NORMAL.inverseSurvivalProbability(alpha);
    }

    @Override
    public String name() {
        return "earsC1";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < GAP + EarsBaseline.PERIODS) {
            return Verdict.notEnoughHistory(observed);
        }
        return EarsBaseline.before(history, GAP, minSd).judge(observed, z);
    }
}
