package org.surgewire.streams.surge;

/**
 * Judges one count against the counts before it. Implementations are immutable and may be shared between threads; the
 * same arguments always give the same verdict.
 */
public interface Detector {
    /** Names the method and its variant, without the threshold: {@code earsC2}. */
    String name();

    /**
     * Judges {@code observed}, the count of one period, against {@code history}, the periods before it. Counts are whole
     * numbers from 0 on. With too little
     * history the verdict's state is {@link Verdict.State#NOT_ENOUGH_HISTORY}, never "no surge".
     */
    Verdict judge(Series history, double observed);
}
