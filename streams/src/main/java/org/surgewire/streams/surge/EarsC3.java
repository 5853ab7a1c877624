package org.surgewire.streams.surge;

/**
 * EARS C3: what {@link EarsC2} found above one standard deviation, summed over the judged period and the two before it,
 * so that a surge that builds up slowly is found too. Its alarms last up to two periods after the surge.
 *
 * <p>C3<sub>t</sub> = sum over i = t-2..t of max(0, C2<sub>i</sub> - 1), an alarm above the threshold, 2 in the original.
 * sd := max(sd, 0.5) as in C2. The sum follows no known distribution, so the p-value is NaN; {@code bound} is the largest
 * count of the judged period that is no alarm, negative when the periods before already are above the threshold. Needs
 * eleven periods of history. Source: Hutwagner and others 2003, see {@link EarsC2}.
 */
public final class EarsC3 implements Detector {
    private static final int TERMS_BEFORE = 2;

    private final double minSd;
    private final double threshold;

    /** Alarms above {@code threshold}; 2 is customary. */
    public EarsC3(double threshold) {
        this(threshold, EarsBaseline.CUSTOMARY_MIN_SD);
    }

    /** With a floor of the standard deviation of its own; 0 keeps the deviation as it is. */
    EarsC3(double threshold, double minSd) {
        this.threshold = threshold;
        this.minSd = minSd;
    }

    @Override
    public String name() {
        return "earsC3";
    }

    @Override
    public Verdict judge(Series history, double observed) {
        if (history.length() < TERMS_BEFORE + EarsC2.GAP + EarsBaseline.PERIODS) {
            return Verdict.notEnoughHistory(observed);
        }
        double before = 0;
        for (int ago = 1; ago <= TERMS_BEFORE; ago++) {
            EarsBaseline baseline = EarsBaseline.before(history, EarsC2.GAP + ago, minSd);
            before += Math.max(0, baseline.standardised(history.ago(ago)) - 1);
        }
        EarsBaseline baseline = EarsBaseline.before(history, EarsC2.GAP, minSd);
        double score = before + Math.max(0, baseline.standardised(observed) - 1);
        double bound = before > threshold ? -1 : baseline.mean() + (1 + threshold - before) * baseline.sd();
        return Verdict.judged(score > threshold, observed, baseline.mean(), bound, score, Double.NaN);
    }
}
