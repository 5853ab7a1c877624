package org.surgewire.ingest.text;

import java.util.regex.Pattern;

/**
 * What strangers wrote, as part of a line for people: a title with a line end would write lines of its own into a log, one
 * with an escape sequence would rewrite those before it on a terminal, and one that turns the direction of writing would
 * show another order than is there.
 */
public final class OneLine {
    private static final Pattern NOT_SHOWN =
            Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

    private OneLine() {}

    /** The text with a space for each run of line ends, tabs and other characters that are not shown. */
    public static String of(String text) {
        return NOT_SHOWN.matcher(text).replaceAll(" ");
    }
}
