package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.SpanOfCounts;

/** The days of one series that have a number, per jurisdiction. */
interface DaysOfCounts {
    /** Days with a number from {@code from} to {@code to}, both included, in order. */
    List<DayCount> days(String jurisdictionId, LocalDate from, LocalDate to);

    /** The first day with a number; null where there is none. */
    @Nullable
    LocalDate first(String jurisdictionId);

    /** Ids of the jurisdictions with a number. */
    Collection<String> jurisdictions();

    /** The panes as they are. */
    record Now(DailyCounts counts, ReadOnlyKeyValueStore<String, SpanOfCounts> spans) implements DaysOfCounts {
        @Override
        public Collection<String> jurisdictions() {
            Set<String> ids = new TreeSet<>();
            try (var rows = spans.all()) {
                rows.forEachRemaining(row -> ids.add(row.key));
            }
            return ids;
        }

        @Override
        public List<DayCount> days(String jurisdictionId, LocalDate from, LocalDate to) {
            return counts.days(jurisdictionId, from, to);
        }

        @Override
        public @Nullable LocalDate first(String jurisdictionId) {
            return counts.span(jurisdictionId).map(SpanOfCounts::getFirstDay).orElse(null);
        }
    }

    /** Days added up from cases. */
    record Then(Map<String, NavigableMap<LocalDate, DayCount>> byJurisdiction) implements DaysOfCounts {
        void add(String jurisdictionId, DayCount day) {
            byJurisdiction
                    .computeIfAbsent(jurisdictionId, id -> new TreeMap<>())
                    .merge(day.day(), day, DayCount::plus);
        }

        @Override
        public List<DayCount> days(String jurisdictionId, LocalDate from, LocalDate to) {
            NavigableMap<LocalDate, DayCount> days = byJurisdiction.get(jurisdictionId);
            return days == null || from.isAfter(to)
                    ? List.of()
                    : days.subMap(from, true, to, true).values().stream()
                            .filter(day -> !day.isNothing())
                            .toList();
        }

        @Override
        public @Nullable LocalDate first(String jurisdictionId) {
            NavigableMap<LocalDate, DayCount> days = byJurisdiction.get(jurisdictionId);
            return days == null ? null : days.firstKey();
        }

        @Override
        public Collection<String> jurisdictions() {
            return new TreeSet<>(byJurisdiction.keySet());
        }
    }
}
