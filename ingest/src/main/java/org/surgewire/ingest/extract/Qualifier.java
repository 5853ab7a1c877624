package org.surgewire.ingest.extract;

/** How a release hedges a figure. */
public enum Qualifier {
    /** No hedge. */
    EXACT,
    /** "more than", "over", "at least", "70-plus". */
    AT_LEAST,
    /** "nearly", "almost": the true figure is lower. */
    ALMOST,
    /** "about", "approximately". */
    ABOUT
}
