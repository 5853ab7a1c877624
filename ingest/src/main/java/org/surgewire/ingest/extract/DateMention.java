package org.surgewire.ingest.extract;

/**
 * A date or span of dates in the text.
 *
 * @param first index of its first token
 * @param end index behind its last token
 * @param from the date, or the first date of a span
 * @param to the last date of a span; the same as {@code from} for a single date
 */
record DateMention(int first, int end, Part from, Part to) {
    /**
     * A date as written; 0 stands for a part that is not written.
     *
     * @param weekday 1 (Monday) to 7; {@code TODAY} or {@code YESTERDAY}; 0 for none
     */
    record Part(int year, int month, int day, int weekday) {
        static final int TODAY = 8;
        static final int YESTERDAY = 9;

        Part withYear(int other) {
            return new Part(other, month, day, weekday);
        }

        boolean relative() {
            return month == 0 && weekday != 0;
        }
    }

    boolean span() {
        return !from.equals(to);
    }
}
