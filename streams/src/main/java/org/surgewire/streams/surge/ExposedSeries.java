package org.surgewire.streams.surge;

import java.util.function.IntToDoubleFunction;

/** A series with a calendar. */
record ExposedSeries(Series counts, IntToDoubleFunction exposureAgo) implements Series {
    @Override
    public int length() {
        return counts.length();
    }

    @Override
    public double ago(int periods) {
        return counts.ago(periods);
    }

    @Override
    public double exposure(int periods) {
        return exposureAgo.applyAsDouble(periods);
    }
}
