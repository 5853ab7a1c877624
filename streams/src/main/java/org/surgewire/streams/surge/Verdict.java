package org.surgewire.streams.surge;

/**
 * What a detector says about one count.
 *
 * @param state whether there was enough history to judge
 * @param alarm whether the count is a surge at the detector's threshold; false when it was not judged
 * @param observed the judged count
 * @param expected what the detector expected without a surge; NaN when it was not judged
 * @param bound the largest count that is no alarm; NaN when it was not judged or the method has no such bound
 * @param score the method's own statistic, larger for a larger surge; 0 when it was not judged
 * @param pValue probability of a statistic at least this large without a surge, as far as the method's model holds; 1
 *     when it was not judged, NaN when the method gives none
 */
public record Verdict(
        State state, boolean alarm, double observed, double expected, double bound, double score, double pValue) {

    /** Whether a count could be judged. */
    public enum State {
        /** The count was judged. */
        ENOUGH_HISTORY,
        /** Too few periods are known: neither a surge nor the absence of one. */
        NOT_ENOUGH_HISTORY
    }

    /** The verdict on a count that cannot be judged yet. */
    public static Verdict notEnoughHistory(double observed) {
        return new Verdict(State.NOT_ENOUGH_HISTORY, false, observed, Double.NaN, Double.NaN, 0, 1);
    }

    static Verdict judged(boolean alarm, double observed, double expected, double bound, double score, double pValue) {
        return new Verdict(State.ENOUGH_HISTORY, alarm, observed, expected, bound, score, pValue);
    }

    /** How many periods pass between two counts as unusual as this one by chance alone: {@code 1 / pValue}. */
    public double recurrenceInterval() {
        return 1 / pValue;
    }
}
