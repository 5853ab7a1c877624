package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;

/** The days of one series that have a number, per jurisdiction. */
interface DaysOfCounts {
    /** Days with a number from {@code from} to {@code to}, both included, in order. */
    List<DayCount> days(String jurisdictionId, LocalDate from, LocalDate to);

    /** The first day with a number; null where there is none. */
    @Nullable
    LocalDate first(String jurisdictionId);

    /** Ids of the jurisdictions with a number. */
    Collection<String> jurisdictions();

    /** The panes of a store, read when they are asked for. */
    static DaysOfCounts now(
            ReadOnlyKeyValueStore<String, YearOfDays> years, ReadOnlyKeyValueStore<String, SpanOfCounts> spans) {
        return new Now(new DailyCounts(years::get, spans::get), () -> {
            Set<String> ids = new TreeSet<>();
            try (var rows = spans.all()) {
                rows.forEachRemaining(row -> ids.add(row.key));
            }
            return ids;
        });
    }

    /** The panes of these days, read with two questions: of a store elsewhere each row would take one. */
    static DaysOfCounts atOnce(
            ReadOnlyKeyValueStore<String, YearOfDays> years,
            ReadOnlyKeyValueStore<String, SpanOfCounts> spans,
            LocalDate from,
            LocalDate to) {
        Map<String, SpanOfCounts> spansRead = new TreeMap<>();
        try (var rows = spans.all()) {
            rows.forEachRemaining(row -> spansRead.put(row.key, row.value));
        }
        Map<String, YearOfDays> yearsRead = new HashMap<>();
        try (var rows = years.all()) {
            rows.forEachRemaining(row -> {
                int year = DailyCounts.yearOf(row.key);
                if (year >= from.getYear() && year <= to.getYear()) {
                    yearsRead.put(row.key, row.value);
                }
            });
        }
        return new Now(new DailyCounts(yearsRead::get, spansRead::get), spansRead::keySet);
    }

    /** The panes as they are. */
    record Now(DailyCounts counts, Supplier<Collection<String>> ids) implements DaysOfCounts {
        @Override
        public Collection<String> jurisdictions() {
            return ids.get();
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
