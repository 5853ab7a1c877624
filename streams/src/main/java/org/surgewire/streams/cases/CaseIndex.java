package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Finds cases by the releases that tell of them. */
public final class CaseIndex {
    /** A release that is read so long before the day it gives as its own is not found by it. */
    private static final int MOST_DAYS_AHEAD = 366;

    private final ReadOnlyKeyValueStore<String, ReleaseLinks> links;
    private final ReadOnlyKeyValueStore<String, String> known;

    /**
     * @param links {@link CaseNames#LINKS}
     * @param known {@link CaseNames#KNOWN}
     */
    public CaseIndex(ReadOnlyKeyValueStore<String, ReleaseLinks> links, ReadOnlyKeyValueStore<String, String> known) {
        this.links = links;
        this.known = known;
    }

    /** The case of each event that a release tells of, by the number of the event, from 1. */
    public SortedMap<Integer, String> casesOf(String releaseId) {
        SortedMap<Integer, String> cases = new TreeMap<>();
        ReleaseLinks first = links.get(releaseId);
        if (first != null) {
            cases.put(1, first.getCaseId());
        }
        String further = Telling.idOf(releaseId, 2);
        String prefix = further.substring(0, further.length() - 1);
        try (var rows = links.range(prefix, prefix + "~")) {
            rows.forEachRemaining(
                    row -> cases.put(Integer.parseInt(row.key.substring(prefix.length())), row.value.getCaseId()));
        }
        return cases;
    }

    /**
     * Every revision that was published on these days, also one that a later revision replaced.
     *
     * @param each is given the release id and the number of the revision
     */
    public void published(LocalDate from, LocalDate to, BiConsumer<String, Integer> each) {
        var earliest = from.minusDays(MOST_DAYS_AHEAD).atStartOfDay().toInstant(ZoneOffset.UTC);
        try (var rows = known.range(KnownRevision.from(earliest), "~")) {
            rows.forEachRemaining(row -> {
                var revision = KnownRevision.of(row.key, row.value);
                if (!revision.publishedDay().isBefore(from)
                        && !revision.publishedDay().isAfter(to)) {
                    each.accept(revision.releaseId(), revision.revision());
                }
            });
        }
    }
}
