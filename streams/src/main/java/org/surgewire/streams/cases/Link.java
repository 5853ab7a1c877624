package org.surgewire.streams.cases;

/** Why two announcements describe one event. The name goes into cases, followed by what it rests on. */
enum Link {
    /** Nearly the same words, and no fact that differs. */
    NEAR_DUPLICATE,
    /** The same operation, in places and days that fit. */
    SAME_OPERATION,
    /** Two operation names, but the same place, days and number. */
    SAME_UNDER_TWO_NAMES,
    /** The same place in the same days. */
    SAME_PLACE_AND_PERIOD,
    /** The same place and number, told within days. */
    SAME_PLACE_AND_NUMBER,
    /** A few persons in the same place and days, told again in a round-up. */
    TOLD_AGAIN,
    /** A part of what the other tells, in the same days. */
    PART_OF_THE_WHOLE,
    /** A later reading of the same running total. */
    SAME_RUNNING_TOTAL
}
