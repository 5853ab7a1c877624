package org.surgewire.ingest.poll;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.surgewire.ingest.feed.Item;

/** In which order the entries of a page stand: a source's word for it has been wrong. */
enum PageOrder {
    NEWEST_FIRST,
    OLDEST_FIRST;

    /** By most of the neighbours; newest first where the dates do not tell. */
    static PageOrder of(List<Item> items) {
        List<LocalDate> days = items.stream()
                .map(Item::published)
                .filter(Objects::nonNull)
                .map(dated -> dated.day())
                .toList();
        int up = 0;
        int down = 0;
        for (int i = 1; i < days.size(); i++) {
            int order = days.get(i).compareTo(days.get(i - 1));
            up += order > 0 ? 1 : 0;
            down += order < 0 ? 1 : 0;
        }
        return up > down ? OLDEST_FIRST : NEWEST_FIRST;
    }
}
