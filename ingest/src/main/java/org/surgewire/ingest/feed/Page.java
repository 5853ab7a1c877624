package org.surgewire.ingest.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one answer of a source.
 *
 * @param items in the order of the source
 * @param problems of the whole and of single entries
 * @param next address of the page after this one; null for the last, and where a source has one page only
 * @param previous address of the page before this one; null for the first, and where the source does not number its pages
 * @param last address of the last page; null where the source does not say how many there are
 * @param entries entries on all pages together; -1 where the source does not say
 */
public record Page(
        List<Item> items,
        List<Problem> problems,
        @Nullable String next,
        @Nullable String previous,
        @Nullable String last,
        long entries) {
    public Page {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }
}
