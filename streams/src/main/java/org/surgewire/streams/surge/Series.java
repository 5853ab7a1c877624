package org.surgewire.streams.surge;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * The counts of the consecutive periods (days or weeks) that ended before the judged one, with no gap: a quiet period is
 * a 0. A view, so that a ring buffer or a store can be judged without a copy; a detector reads it and keeps nothing.
 */
public interface Series {
    /** How many periods are known. */
    int length();

    /**
     * The count {@code periods} before the judged one; 1 is the period directly before it, {@link #length()} the oldest.
     *
     * @throws IndexOutOfBoundsException outside 1 to {@link #length()}
     */
    double ago(int periods);

    /**
     * How much activity the calendar leads to expect {@code periods} before the judged one, as a share of an ordinary
     * period of its kind: 1 unless the calendar knows better, 0.1 or so on a public holiday. 0 periods is the judged one.
     * Above 0; or 0 for a period before it of which nothing is known, which counts for nothing. Only detectors that say so
     * use it.
     */
    default double exposure(int periods) {
        return 1;
    }

    /** This series with a calendar: {@link #exposure} of so many periods ago as the function has it. */
    default Series withExposure(IntToDoubleFunction exposureAgo) {
        return new ExposedSeries(this, exposureAgo);
    }

    /** The given counts, oldest first; the array is not copied. */
    static Series of(double... oldestFirst) {
        return of(oldestFirst, oldestFirst.length);
    }

    /** The first {@code length} of the given counts, oldest first; the array is not copied. */
    static Series of(double[] oldestFirst, int length) {
        Objects.checkFromIndexSize(0, length, oldestFirst.length);
        return new ArraySeries(oldestFirst, length);
    }
}
