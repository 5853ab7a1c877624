package org.surgewire.streams.surge;

/**
 * What the CUSUM and burst detectors take for ordinary: mean and dispersion of up to 260 periods that ended 26 periods
 * before the judged one, so that the run under judgement is no part of its own baseline.
 *
 * @param mean the mean count, at least 0.05: with no count at all in the baseline a ratio of means has no meaning
 * @param dispersion a of variance = mean + a mean², by moments, at least 0.001
 */
record CusumBaseline(double mean, double dispersion) {
    /** Periods directly before the judged one that are no part of the baseline. */
    static final int RUN = 26;

    /** Periods needed: the run and a baseline of one year of weeks. */
    static final int HISTORY = RUN + 52;

    private static final int LONGEST = 260;
    private static final double MIN_MEAN = 0.05;
    private static final double MIN_DISPERSION = 0.001;

    static CusumBaseline of(Series history) {
        int oldest = Math.min(history.length(), RUN + LONGEST);
        int periods = oldest - RUN;
        double sum = 0;
        double squares = 0;
        for (int ago = RUN + 1; ago <= oldest; ago++) {
            double count = history.ago(ago);
            sum += count;
            squares += count * count;
        }
        double mean = Math.max(sum / periods, MIN_MEAN);
        double variance = (squares - sum * sum / periods) / (periods - 1);
        return new CusumBaseline(mean, Math.max((variance - mean) / (mean * mean), MIN_DISPERSION));
    }
}
