package org.surgewire.streams.cases;

import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Claim;

/** A number of persons with what is consistent with it; low ≤ best ≤ high. */
record Persons(long low, long best, long high) {
    /** The number of a claim; null when it states none. */
    static @Nullable Persons of(Claim claim) {
        Long best = claim.getBest();
        if (best == null) {
            return null;
        }
        Long low = claim.getLow();
        Long high = claim.getHigh();
        return new Persons(Math.min(low == null ? best : low, best), best, Math.max(high == null ? best : high, best));
    }

    Persons plus(Persons other) {
        return new Persons(low + other.low, best + other.best, high + other.high);
    }

    /** The larger of two, each bound on its own. */
    Persons orMore(Persons other) {
        return new Persons(Math.max(low, other.low), Math.max(best, other.best), Math.max(high, other.high));
    }

    static @Nullable Persons sum(@Nullable Persons one, @Nullable Persons other) {
        return one == null ? other : other == null ? one : one.plus(other);
    }

    static @Nullable Persons larger(@Nullable Persons one, @Nullable Persons other) {
        return one == null ? other : other == null ? one : one.orMore(other);
    }
}
