package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.streams.counts.CaseContribution;

/**
 * What the days of jurisdictions rest on, a row for each case. The largest of recently asked days are kept on the heap,
 * since an open alert asks for them with every announcement.
 */
final class EvidenceStore {
    private static final int MOST = 20;
    private static final int MOST_DAYS = 1024;
    private static final int MOST_DAYS_OF_SOURCES = 8192;
    private static final Comparator<AlertEvidence> LARGEST_FIRST = Comparator.comparingLong(AlertEvidence::getArrests)
            .reversed()
            .thenComparing(AlertEvidence::getReleaseId)
            .thenComparing(AlertEvidence::getCaseId);

    private final KeyValueStore<String, CaseContribution> rows;
    /** The largest of a day in order, least recently used first. */
    private final Map<String, List<AlertEvidence>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<AlertEvidence>> eldest) {
            return size() > MOST_DAYS;
        }
    };

    /** Arrests of a day by the sources that tell of them, least recently used first. */
    private final Map<String, Map<List<String>, Long>> recentSources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<List<String>, Long>> eldest) {
            return size() > MOST_DAYS_OF_SOURCES;
        }
    };

    /** @param rows by jurisdiction id, a bar, the day, a bar and the case id */
    EvidenceStore(KeyValueStore<String, CaseContribution> rows) {
        this.rows = rows;
    }

    /** Puts a case's share of a day in the place of its former one; one without arrests is no evidence. */
    void put(String jurisdictionId, CaseContribution share) {
        String day = prefix(jurisdictionId, share.getDay());
        boolean counts = share.getTotal() > 0;
        Map<List<String>, Long> bySources = recentSources.get(day);
        if (bySources != null) {
            add(bySources, rows.get(day + share.getCaseId()), -1);
            add(bySources, counts ? share : null, 1);
        }
        rows.put(day + share.getCaseId(), counts ? share : null);
        List<AlertEvidence> largest = recent.get(day);
        if (largest == null) {
            return;
        }
        boolean complete = largest.size() < MOST;
        AlertEvidence is = evidence(share);
        AlertEvidence last = largest.isEmpty() ? is : largest.get(largest.size() - 1);
        boolean wasThere = largest.removeIf(each -> each.getCaseId().equals(share.getCaseId()));
        if (!complete && wasThere && (!counts || LARGEST_FIRST.compare(is, last) > 0)) {
            // One that was too small to be kept may take its place.
            recent.remove(day);
        } else if (counts) {
            largest.add(is);
            cut(largest);
        }
    }

    /** The largest shares of these days together, in order. */
    List<AlertEvidence> largest(String jurisdictionId, Collection<LocalDate> days) {
        List<AlertEvidence> found = new ArrayList<>();
        for (LocalDate day : days) {
            found.addAll(recent.computeIfAbsent(prefix(jurisdictionId, day), this::read));
            if (found.size() > 10 * MOST) {
                cut(found);
            }
        }
        cut(found);
        return found;
    }

    /** Arrests of a day by the sources that tell of them, each list in order. */
    Map<List<String>, Long> bySources(String jurisdictionId, LocalDate day) {
        return recentSources.computeIfAbsent(prefix(jurisdictionId, day), prefix -> {
            Map<List<String>, Long> found = new HashMap<>();
            try (var stored = rows.prefixScan(prefix, Serdes.String().serializer())) {
                stored.forEachRemaining(row -> add(found, row.value, 1));
            }
            return found;
        });
    }

    private static void add(Map<List<String>, Long> to, @Nullable CaseContribution share, int times) {
        if (share != null) {
            to.merge(share.getSources(), times * share.getTotal(), (was, more) -> was + more == 0 ? null : was + more);
        }
    }

    private List<AlertEvidence> read(String day) {
        List<AlertEvidence> found = new ArrayList<>();
        try (var stored = rows.prefixScan(day, Serdes.String().serializer())) {
            stored.forEachRemaining(row -> found.add(evidence(row.value)));
        }
        cut(found);
        return found;
    }

    private static void cut(List<AlertEvidence> evidence) {
        evidence.sort(LARGEST_FIRST);
        if (evidence.size() > MOST) {
            evidence.subList(MOST, evidence.size()).clear();
        }
    }

    private static AlertEvidence evidence(CaseContribution share) {
        return new AlertEvidence(
                share.getCaseId(),
                share.getOperationId(),
                share.getReleaseId(),
                share.getUrl(),
                share.getTitle(),
                share.getTotal(),
                share.getSentence());
    }

    private static String prefix(String jurisdictionId, LocalDate day) {
        return jurisdictionId + "|" + day + "|";
    }
}
