package org.surgewire.ingest.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one answer of a source.
 *
 * @param items in the order of the source
 * @param problems of the whole and of single entries
 * @param next address of the page after this one; null for the last, and where a source has one page only
 * @param entries entries on all pages together; -1 where the source does not say
 */
public record Page(List<Item> items, List<Problem> problems, @Nullable String next, long entries) {
    public Page {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }
}
