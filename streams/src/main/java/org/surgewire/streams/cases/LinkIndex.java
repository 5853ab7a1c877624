package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/**
 * Finds the announcements that {@link LinkRules} could link to a given one, without reading the others: by operation, by
 * place and by likeness of text, each within a window of publication days, and by period, so that the cost of an
 * announcement does not grow with the history. Whatever the rules link is found from either side.
 *
 * <p>Keys end in day and release id. A place is filed under itself ({@code at}) and under everything that contains it
 * ({@code in}): who looks for parts asks {@code in} its own places, who looks for a whole asks {@code at} all that
 * contains them.
 */
final class LinkIndex {
    private static final String NATIONAL = "national";

    private final KeyValueStore<String, String> store;
    private final Jurisdictions jurisdictions;
    private final LinkRules rules;

    LinkIndex(KeyValueStore<String, String> store, Jurisdictions jurisdictions, LinkRules rules) {
        this.store = store;
        this.jurisdictions = jurisdictions;
        this.rules = rules;
    }

    /** Files a revision; it stays after a later one replaced it, since it was known for a while. */
    void add(Telling telling) {
        prefixes(telling).forEach(prefix -> store.put(key(prefix, telling.day(), telling.releaseId()), ""));
    }

    /** Ids of releases with a revision that may be linked, the given one left out. */
    Set<String> candidates(Telling telling) {
        Set<String> found = new TreeSet<>();
        for (int band : MinHash.bands(telling.announcement().getFingerprint())) {
            collect("text|" + band, telling.day(), LinkRules.PLACE_DAYS, found);
        }
        if (!telling.counted().isEmpty()) {
            for (String operation : telling.operations()) {
                collect("operation|" + operation, telling.day(), LinkRules.OPERATION_DAYS, found);
            }
            String clock = telling.clock();
            if (clock != null) {
                collect("clock|" + clock + "|", "clock|" + clock + "|~", found);
            }
            String period = period(telling);
            if (period != null) {
                collect(period + "|", period + "|~", found);
            }
            if (rules.isNational(telling)) {
                collect(NATIONAL, telling.day(), LinkRules.NUMBER_DAYS, found);
            }
            for (Place place : rules.placesToCompare(telling)) {
                collect("in|" + place.jurisdictionId(), telling.day(), LinkRules.PLACE_DAYS, found);
                for (Jurisdiction outer : jurisdictions.lineage(place.jurisdictionId())) {
                    collect("at|" + outer.id(), telling.day(), LinkRules.PLACE_DAYS, found);
                }
            }
        }
        found.remove(telling.releaseId());
        return found;
    }

    private List<String> prefixes(Telling telling) {
        List<String> prefixes = new ArrayList<>();
        for (int band : MinHash.bands(telling.announcement().getFingerprint())) {
            prefixes.add("text|" + band);
        }
        if (!telling.counted().isEmpty()) {
            telling.operations().forEach(operation -> prefixes.add("operation|" + operation));
            String clock = telling.clock();
            if (clock != null && clock.startsWith("since:")) {
                prefixes.add("clock|" + clock);
            }
            String period = period(telling);
            if (period != null) {
                prefixes.add(period);
            }
            if (rules.isNational(telling)) {
                prefixes.add(NATIONAL);
            }
            for (Place place : rules.placesToCompare(telling)) {
                prefixes.add("at|" + place.jurisdictionId());
                for (Jurisdiction outer : jurisdictions.lineage(place.jurisdictionId())) {
                    prefixes.add("in|" + outer.id());
                }
            }
        }
        return prefixes;
    }

    /** A closed period is looked up whenever it is told: a release may recall it after months. */
    private static @Nullable String period(Telling telling) {
        Period period = telling.announcement().getPeriod();
        return period == null || period.getStart() == null || period.getEnd() == null
                ? null
                : "period|" + period.getStart() + "|" + period.getEnd();
    }

    private void collect(String prefix, LocalDate day, int days, Set<String> into) {
        collect(key(prefix, day.minusDays(days), ""), key(prefix, day.plusDays(days + 1L), ""), into);
    }

    private void collect(String from, String to, Set<String> into) {
        try (var rows = store.range(from, to)) {
            rows.forEachRemaining(row -> into.add(row.key.substring(row.key.lastIndexOf('|') + 1)));
        }
    }

    private static String key(String prefix, LocalDate day, String releaseId) {
        return prefix + "|" + day + "|" + releaseId;
    }
}
