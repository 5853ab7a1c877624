package org.surgewire.ingest.extract;

import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Sentence;

/**
 * A number of arrested persons as the text states it, and which role its words give it.
 *
 * @param rule the phrasing that makes it a number of arrests
 * @param role what the words around it say about its scope
 * @param clock the running total's start as far as the words say it: a date mention; null for none
 * @param toDate whether it is said to be a running total
 */
record Claim(
        NumberMention number, Sentence sentence, String rule, Role role, boolean toDate, @Nullable DateMention clock) {
    /** What the words around a figure say about its scope. */
    enum Role {
        /** The release's own figure, as far as its words say. */
        MAIN,
        SUBSET,
        /** Comes on top of another figure ("plus seven others"). */
        FURTHER,
        WIDER,
        EARLIER,
        GOAL,
        RATE
    }

    boolean main() {
        return role == Role.MAIN;
    }

    long value() {
        return number.value();
    }

    Claim withRole(Role other) {
        return new Claim(number, sentence, rule, other, toDate, clock);
    }
}
