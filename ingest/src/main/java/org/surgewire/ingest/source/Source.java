package org.surgewire.ingest.source;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source as the registry describes it.
 *
 * @param id short and lasting: releases and health carry it
 * @param publisher publisher as releases name it
 * @param jurisdiction Open Civic Data division the publisher works for
 * @param kind what answers at the address
 * @param address where its newest entries are: an http or https URL, or a path for files
 * @param zone time zone of its dates
 * @param poll time between two readings
 * @param politeness limits beside those of the host's robots.txt
 * @param status whether it was ever read live, and whether it is read at all
 * @param reason why it has this status, one sentence
 * @param list where an HTML list has its entries; null for other kinds
 * @param article where an entry's page has its text; null where the entries themselves hold it
 */
public record Source(
        String id,
        String publisher,
        String jurisdiction,
        Kind kind,
        String address,
        ZoneId zone,
        Duration poll,
        Politeness politeness,
        Status status,
        String reason,
        @Nullable ListPage list,
        @Nullable Article article) {

    /** What answers at a source's address. */
    public enum Kind {
        /** RSS 0.9x, 1.0, 2.0 or Atom. */
        FEED,
        /** The press release API of the Department of Justice. */
        DOJ_API,
        /** A page that lists links to releases. */
        HTML_LIST,
        /** A GovDelivery feed: an entry is a bulletin with one or more releases. */
        GOVDELIVERY,
        /** JSON Lines over HTTP or in a file. */
        JSON_LINES,
        /** A folder of JSON Lines files and saved feeds, read in the order of their names. */
        DIRECTORY;

        /** Whether it is on this machine's disk. */
        public boolean isLocal(String address) {
            return this == DIRECTORY || (this == JSON_LINES && !address.contains("://"));
        }
    }

    /** What is known about reading a source. */
    public enum Status {
        /** Read live with success. */
        VERIFIED,
        /** Read from a recorded shape only, never polled live. */
        RECORDED,
        /** Not read. */
        OFF
    }

    /**
     * How a host is spared. The larger of {@code delay} and the crawl-delay of robots.txt counts.
     *
     * @param delay least time between two requests
     * @param requestsAnHour most requests in any hour
     */
    public record Politeness(Duration delay, int requestsAnHour) {}

    /**
     * CSS selectors of an HTML list; those below {@code entry} are relative to it.
     *
     * @param entry each entry
     * @param link the link to its page
     * @param title its title; null to take the link's text
     * @param date an element with its date, as {@code datetime} attribute or text; null where the list has none that can
     *     be believed
     * @param teaser its first words; null where there are none
     * @param next the link to the next page; null where there is one page only
     */
    public record ListPage(
            String entry,
            String link,
            @Nullable String title,
            @Nullable String date,
            @Nullable String teaser,
            @Nullable String next) {}

    /**
     * CSS selectors of a release's own page.
     *
     * @param title its title; null to keep the entry's
     * @param text what holds its text
     * @param date an element with its date, as {@code datetime} attribute or somewhere in its text; null to keep the
     *     entry's
     * @param remove what is no text of it
     */
    public record Article(@Nullable String title, String text, @Nullable String date, List<String> remove) {}
}
