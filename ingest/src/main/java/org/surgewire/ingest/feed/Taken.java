package org.surgewire.ingest.feed;

/**
 * Adds up what is taken out of a page. Entries that lie inside each other hold those within them again and again, so that a
 * page of some megabytes would grow to its square.
 */
final class Taken {
    private static final int TIMES = 4;
    private static final int ALLOWANCE = 1 << 20;

    private long left;

    Taken(String page) {
        left = (long) TIMES * page.length() + ALLOWANCE;
    }

    /** The same text, where there is room for it. */
    String add(String text) throws FeedException {
        left -= text.length();
        if (left < 0) {
            throw new FeedException("TOO_LARGE", "the page's entries lie inside each other without end");
        }
        return text;
    }
}
