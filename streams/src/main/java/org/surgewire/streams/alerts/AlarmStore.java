package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The alarms of jurisdictions, a row each, so that a change reads and writes the days around it alone. */
final class AlarmStore {
    private static final String EARLIEST = "";
    private static final String LATEST = "~";

    private final KeyValueStore<String, Alarm> rows;

    /** @param rows by jurisdiction id, a bar and the day */
    AlarmStore(KeyValueStore<String, Alarm> rows) {
        this.rows = rows;
    }

    /** Puts the alarms of a range in the place of those that were there; returns the days that differ. */
    SortedSet<LocalDate> replace(String jurisdictionId, DayRange range, Map<LocalDate, Alarm> alarms) {
        Map<LocalDate, Alarm> before = new TreeMap<>();
        try (var stored = rows.range(key(jurisdictionId, range.from()), key(jurisdictionId, range.to()))) {
            stored.forEachRemaining(row -> before.put(row.value.getDay(), row.value));
        }
        SortedSet<LocalDate> differ = new TreeSet<>(before.keySet());
        differ.addAll(alarms.keySet());
        differ.removeIf(day -> Objects.equals(before.get(day), alarms.get(day)));
        differ.forEach(day -> rows.put(key(jurisdictionId, day), alarms.get(day)));
        return differ;
    }

    /** The alarms of some days in order, with all before and after that lie at most so many days from the next. */
    List<Alarm> around(String jurisdictionId, DayRange days, int apart) {
        Deque<Alarm> found = new ArrayDeque<>();
        try (var before = rows.reverseRange(jurisdictionId + "|" + EARLIEST, key(jurisdictionId, days.to()))) {
            LocalDate reached = days.from();
            for (Alarm alarm = next(before);
                    alarm != null && !alarm.getDay().isBefore(reached.minusDays(apart));
                    alarm = next(before)) {
                reached = alarm.getDay().isBefore(reached) ? alarm.getDay() : reached;
                found.addFirst(alarm);
            }
        }
        LocalDate reached = days.to();
        try (var after = rows.range(key(jurisdictionId, reached.plusDays(1)), jurisdictionId + "|" + LATEST)) {
            for (Alarm alarm = next(after);
                    alarm != null && !alarm.getDay().isAfter(reached.plusDays(apart));
                    alarm = next(after)) {
                reached = alarm.getDay();
                found.addLast(alarm);
            }
        }
        return new ArrayList<>(found);
    }

    private static @Nullable Alarm next(KeyValueIterator<String, Alarm> iterator) {
        return iterator.hasNext() ? iterator.next().value : null;
    }

    private static String key(String jurisdictionId, LocalDate day) {
        return jurisdictionId + "|" + day;
    }
}
