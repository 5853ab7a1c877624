package org.surgewire.ingest.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes away the dates of a page that cannot be believed, and says so: one date on everything, the feed's own date, the
 * future, years before there were web pages. A day on which nearly everything was "updated" is a change of the site and
 * of none of its releases.
 */
final class DateAudit {
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final int FEWEST_FOR_CONSTANT = 3;
    private static final int FEWEST_FOR_CONSTANT_DAY = 5;
    private static final int FEWEST_FOR_MASS_UPDATE = 10;
    private static final double MASS = 0.8;

    private final ZoneId zone;
    private final LocalDate today;
    private final boolean dayFillsPage;
    private final List<Problem> problems;

    /**
     * @param dayFillsPage whether the source's pages are so short for what it publishes that one is all of one day
     * @param problems what is found is added here
     */
    DateAudit(ZoneId zone, Instant now, boolean dayFillsPage, List<Problem> problems) {
        this.zone = zone;
        this.dayFillsPage = dayFillsPage;
        this.today = LocalDate.ofInstant(now, zone);
        this.problems = problems;
    }

    /** @param channel the feed's own date; null where it has none */
    List<Item> check(List<Item> items, @Nullable Dated channel) {
        boolean constant = constant(items, channel);
        boolean massUpdated = massUpdated(items);
        List<Item> checked = new ArrayList<>();
        int missing = 0;
        for (Item item : items) {
            Dated published = item.published();
            if (published == null) {
                missing++;
            } else if (constant) {
                published = null;
            } else if (published.day().isAfter(today.plusDays(1))) {
                problems.add(Problem.of("FUTURE_DATE", published.day() + " lies in the future: " + item.url()));
                published = null;
            } else if (published.day().isBefore(EARLIEST)) {
                problems.add(
                        Problem.of("EARLY_DATE", published.day() + " lies before " + EARLIEST + ": " + item.url()));
                published = null;
            }
            checked.add(item.withDates(published, massUpdated ? null : item.updated()));
        }
        if (missing > 0) {
            problems.add(Problem.of("MISSING_DATE", missing + " of " + items.size() + " entries have no date"));
        }
        return checked;
    }

    private boolean constant(List<Item> items, @Nullable Dated channel) {
        Set<@Nullable Dated> dates = new HashSet<>();
        items.forEach(item -> dates.add(item.published()));
        if (dates.size() != 1) {
            return false;
        }
        Dated only = dates.iterator().next();
        if (only == null) {
            return false;
        }
        if (items.size() > 1 && only.at() != null && channel != null && Objects.equals(only.at(), channel.at())) {
            problems.add(Problem.of("CHANNEL_DATE", "every entry carries the date of the feed itself, " + only.at()));
            return true;
        }
        // Many releases on one recent day are a busy day, and a few at one instant were held back until then.
        boolean recent = !only.day().isBefore(today.minusDays(7));
        boolean template = only.at() != null
                ? items.size() >= (recent ? FEWEST_FOR_CONSTANT_DAY : FEWEST_FOR_CONSTANT)
                : items.size() >= FEWEST_FOR_CONSTANT_DAY && !recent && !dayFillsPage;
        if (template) {
            problems.add(Problem.of(
                    "CONSTANT_DATE",
                    "all " + items.size() + " entries carry the date " + (only.at() == null ? only.day() : only.at())
                            + "; none is believed"));
        }
        return template;
    }

    private boolean massUpdated(List<Item> items) {
        Map<LocalDate, Integer> updated = new HashMap<>();
        LocalDate first = LocalDate.MAX;
        LocalDate last = LocalDate.MIN;
        for (Item item : items) {
            Instant at = item.updated();
            if (at != null) {
                updated.merge(LocalDate.ofInstant(at, zone), 1, Integer::sum);
            }
            Dated published = item.published();
            if (published != null) {
                first = published.day().isBefore(first) ? published.day() : first;
                last = published.day().isAfter(last) ? published.day() : last;
            }
        }
        for (Map.Entry<LocalDate, Integer> day : updated.entrySet()) {
            if (items.size() >= FEWEST_FOR_MASS_UPDATE
                    && day.getValue() >= MASS * items.size()
                    && !last.isBefore(first)
                    && first.isBefore(last.minusDays(30))) {
                problems.add(Problem.of(
                        "MASS_UPDATED",
                        day.getValue() + " of " + items.size() + " entries, published from " + first + " to " + last
                                + ", were stamped as updated on " + day.getKey() + "; the stamp is passed over"));
                return true;
            }
        }
        return false;
    }
}
