package org.surgewire.streams.cases;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/**
 * Finds the announcements that {@link LinkRules} could link to a given one, without reading the others, so that the cost of
 * an announcement does not grow with the history. Whatever the rules link is found from either side.
 *
 * <p>Most rules hold within a window of publication days. For them each event of an announcement is one row, under its day and
 * id, of its {@link Terms terms}: hashes of its bands of text, its operations and its places. The days of a window are
 * looked through as {@link IndexedDays} on the heap, which are read from the rows when first needed. Two rules know no
 * window: the running total since a day, and the stated period. Those are rows of their own, under place and id.
 */
final class LinkIndex {
    private static final byte[] NOTHING = {};
    private static final int MOST_SPANS = 24;
    /** Behind every id. */
    private static final String LATEST = "~";

    /** Between the release id and the revision of a replaced one. */
    private static final char FORMER = '\u0001';

    private final KeyValueStore<String, byte[]> store;
    private final Jurisdictions jurisdictions;
    private final LinkRules rules;
    /** Least recently used first. */
    private final Map<Long, IndexedDays> spans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, IndexedDays> eldest) {
            return size() > MOST_SPANS;
        }
    };

    LinkIndex(KeyValueStore<String, byte[]> store, Jurisdictions jurisdictions, LinkRules rules) {
        this.store = store;
        this.jurisdictions = jurisdictions;
        this.rules = rules;
    }

    /** Files an event of the latest revision of a release. */
    void add(Telling telling) {
        add(telling, telling.id());
    }

    /** Files a revision that a later one replaced, beside that one: it was known for a while. */
    void addFormer(Telling telling) {
        add(telling, telling.id() + FORMER + telling.announcement().getRevision());
    }

    private void add(Telling telling, String id) {
        Terms terms = Terms.of(telling, filedUnder(telling));
        IndexedDays days = span(IndexedDays.spanOf(terms.day()));
        store.put(rowKey(telling, id), terms.toBytes());
        days.add(id, terms);
        unlimited(telling).forEach(key -> store.put(key + id, NOTHING));
    }

    /** Takes an event of the latest revision of a release out. */
    void remove(Telling telling) {
        store.delete(rowKey(telling, telling.id()));
        span(IndexedDays.spanOf(telling.day().toEpochDay())).remove(telling.id());
        unlimited(telling).forEach(key -> store.delete(key + telling.id()));
    }

    /** Ids of releases with an event that may be linked, be it of a former revision; the given release is left out. */
    Set<String> candidates(Telling telling) {
        Set<String> found = new TreeSet<>();
        List<IndexedDays.Query> queries = queries(telling);
        long day = telling.day().toEpochDay();
        long last = IndexedDays.spanOf(day + LinkRules.OPERATION_DAYS);
        Terms own = Terms.of(telling, List.of());
        for (long at = IndexedDays.spanOf(day - LinkRules.OPERATION_DAYS); at <= last; at++) {
            span(at).find(own, queries, found);
        }
        for (String key : unlimited(telling)) {
            try (var rows = store.range(key, key + LATEST)) {
                rows.forEachRemaining(row -> found.add(row.key.substring(key.length())));
            }
        }
        Set<String> releases = new TreeSet<>();
        for (String id : found) {
            int former = id.indexOf(FORMER);
            releases.add(Telling.releaseOf(former < 0 ? id : id.substring(0, former)));
        }
        releases.remove(telling.releaseId());
        return releases;
    }

    private List<Integer> filedUnder(Telling telling) {
        List<Integer> terms = new ArrayList<>();
        for (int band : MinHash.bands(telling.announcement().getFingerprint())) {
            terms.add(term("text", Integer.toString(band)));
        }
        if (telling.counted().isEmpty()) {
            return terms;
        }
        telling.operations().forEach(operation -> terms.add(term("operation", operation)));
        if (rules.isOfMany(telling)) {
            if (telling.total() != null) {
                if (telling.isPlaced()) {
                    terms.add(term("same", places(telling)));
                }
                partPlaces(telling).forEach(id -> terms.add(term("part", id)));
            }
            wholePlaces(telling).forEach(id -> terms.add(term("whole", id)));
        }
        return terms;
    }

    private List<IndexedDays.Query> queries(Telling telling) {
        List<IndexedDays.Query> queries = new ArrayList<>();
        for (int band : MinHash.bands(telling.announcement().getFingerprint())) {
            queries.add(
                    new IndexedDays.Query(term("text", Integer.toString(band)), LinkRules.REPRINT_DAYS, false, false));
        }
        if (telling.counted().isEmpty()) {
            return queries;
        }
        for (String operation : telling.operations()) {
            queries.add(new IndexedDays.Query(term("operation", operation), LinkRules.OPERATION_DAYS, false, false));
        }
        if (rules.isOfMany(telling)) {
            if (telling.total() != null) {
                queries.add(new IndexedDays.Query(term("same", places(telling)), LinkRules.PLACE_DAYS, true, true));
                partPlaces(telling)
                        .forEach(id -> queries.add(
                                new IndexedDays.Query(term("whole", id), LinkRules.SLICE_DAYS, true, false)));
            }
            wholePlaces(telling)
                    .forEach(id ->
                            queries.add(new IndexedDays.Query(term("part", id), LinkRules.SLICE_DAYS, true, false)));
        }
        return queries;
    }

    /** What contains it: all of its places lie in a whole, so one of them is enough to find that by. */
    private List<String> partPlaces(Telling telling) {
        return telling.outermost(jurisdictions).stream()
                .map(Place::jurisdictionId)
                .min(String::compareTo)
                .map(id ->
                        jurisdictions.lineage(id).stream().map(Jurisdiction::id).toList())
                .orElse(List.of());
    }

    private static Set<String> wholePlaces(Telling telling) {
        Set<String> ids = new TreeSet<>();
        if (telling.isPlaced()) {
            telling.places().forEach(place -> ids.add(place.jurisdictionId()));
        }
        return ids;
    }

    private String places(Telling telling) {
        Set<String> places = new TreeSet<>();
        telling.outermost(jurisdictions)
                .forEach(
                        place -> places.add(place.jurisdictionId() + "/" + (place.area() == null ? "" : place.area())));
        return String.join(";", places);
    }

    /** Rows that are looked up whenever the same is told: a release may recall a period after months. */
    private List<String> unlimited(Telling telling) {
        Claim total = telling.total();
        if (total == null) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        String places = "|" + Integer.toHexString(places(telling).hashCode()) + "|";
        String clock = telling.clock();
        if (clock != null && clock.startsWith("since:")) {
            keys.add("clock|" + clock + places);
        }
        if (telling.operationId() != null) {
            keys.add("operation|" + telling.operationId() + "|" + total.getBest() + "|");
        }
        Period period = telling.announcement().getPeriod();
        if (period != null && period.getStart() != null && period.getEnd() != null) {
            String days = "|" + period.getStart() + "|" + period.getEnd();
            telling.operations().forEach(operation -> keys.add("operation|" + operation + days + "|"));
            if (telling.isPlaced()) {
                keys.add("period" + days + places);
            }
        }
        return keys;
    }

    private IndexedDays span(long number) {
        IndexedDays known = spans.get(number);
        if (known != null) {
            return known;
        }
        var read = new IndexedDays();
        LocalDate first = LocalDate.ofEpochDay(IndexedDays.firstDay(number));
        try (var rows = store.range(first + "|", LocalDate.ofEpochDay(IndexedDays.firstDay(number + 1)) + "|")) {
            rows.forEachRemaining(row -> {
                int bar = row.key.indexOf('|');
                long day = LocalDate.parse(row.key.substring(0, bar)).toEpochDay();
                read.add(row.key.substring(bar + 1), Terms.read(day, ByteBuffer.wrap(row.value)));
            });
        }
        spans.put(number, read);
        return read;
    }

    private static String rowKey(Telling telling, String id) {
        return telling.day() + "|" + id;
    }

    /** Two that differ may come to the same number: the rules decide about every candidate. */
    private static int term(String kind, String of) {
        int hash = 31 * of.hashCode() + kind.hashCode();
        return hash ^ (hash >>> 16);
    }

    /**
     * What of an announcement is in its row.
     *
     * @param day publication day; days are counted from 1970
     * @param total persons of its total, {@link #UNSTATED} without one
     * @param start first day of its period, {@link #UNSTATED} without one
     * @param end last day of its period
     */
    record Terms(long day, int total, int start, int end, IntBuffer terms) {
        static final int UNSTATED = Integer.MIN_VALUE;

        static Terms of(Telling telling, List<Integer> terms) {
            Claim total = telling.total();
            LocalDate start = telling.start();
            LocalDate end = telling.end();
            return new Terms(
                    telling.day().toEpochDay(),
                    total == null ? UNSTATED : (int) Math.min(total.getBest(), Integer.MAX_VALUE),
                    start == null ? UNSTATED : (int) start.toEpochDay(),
                    end == null ? UNSTATED : (int) end.toEpochDay(),
                    IntBuffer.wrap(terms.stream().mapToInt(Integer::intValue).toArray()));
        }

        static Terms read(long day, ByteBuffer row) {
            int total = row.getInt();
            int start = row.getInt();
            int end = row.getInt();
            return new Terms(day, total, start, end, row.asIntBuffer());
        }

        byte[] toBytes() {
            var row = ByteBuffer.allocate(Integer.BYTES * (3 + terms.remaining()));
            row.putInt(total).putInt(start).putInt(end).asIntBuffer().put(terms.duplicate());
            return row.array();
        }

        Terms withoutTerms() {
            return new Terms(day, total, start, end, IntBuffer.allocate(0));
        }

        /** Whether one period lies in the other, or is about the same, where both are stated. */
        boolean mayBeOfOnePeriod(Terms other) {
            if (start == UNSTATED || other.start == UNSTATED) {
                return true;
            }
            long common = Math.max(0, Math.min((long) end, other.end) - Math.max((long) start, other.start) + 1);
            long shorter = Math.min((long) end - start, (long) other.end - other.start) + 1;
            return LinkRules.liesWithin(common, shorter);
        }

        /** Whether one total is at most twice the other. */
        boolean mayBeOfOneNumber(Terms other) {
            return 2L * Math.min(total, other.total) >= Math.max(total, other.total);
        }
    }
}
