package org.surgewire.streams.deliveries;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param detail what went wrong; empty where nothing did
 * @param asked how long the receiver asks to be left alone; null where it does not
 */
record Outcome(Kind kind, String detail, @Nullable Duration asked) {
    private static final int LONGEST_DETAIL = 300;

    enum Kind {
        DELIVERED,
        /** It may go well another time. */
        FAILED,
        /** The receiver answers and does not take this message. */
        REFUSED,
        /** The receiver wants nothing more. */
        GONE
    }

    static Outcome delivered() {
        return new Outcome(Kind.DELIVERED, "", null);
    }

    static Outcome failed(String detail, @Nullable Duration asked) {
        return new Outcome(Kind.FAILED, shortened(detail), asked);
    }

    static Outcome refused(String detail) {
        return new Outcome(Kind.REFUSED, shortened(detail), null);
    }

    static Outcome gone(String detail) {
        return new Outcome(Kind.GONE, shortened(detail), null);
    }

    private static String shortened(String detail) {
        String clean = detail.replaceAll("\\p{C}+", " ").strip();
        return clean.length() > LONGEST_DETAIL ? clean.substring(0, LONGEST_DETAIL) + "…" : clean;
    }
}
