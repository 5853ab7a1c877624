package org.surgewire.streams.surge;

import java.util.Objects;

/** A prefix of an array, oldest first. */
final class ArraySeries implements Series {
    private final double[] counts;
    private final int length;

    ArraySeries(double[] counts, int length) {
        this.counts = counts;
        this.length = length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double ago(int periods) {
        return counts[Objects.checkIndex(length - periods, length)];
    }
}
