package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One series of daily panes, with the span of days that each jurisdiction has and their sum. */
final class DailyPanes {
    private static final int MOST_RECENT = 512;

    private final KeyValueStore<String, YearOfDays> years;
    private final KeyValueStore<String, SpanOfCounts> spans;
    private final DailyCounts counts;
    /** Rows as objects, least recently used first: reading them takes longer than anything else done with them. */
    private final Map<String, Optional<YearOfDays>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<YearOfDays>> eldest) {
            return size() > MOST_RECENT;
        }
    };

    DailyPanes(KeyValueStore<String, YearOfDays> years, KeyValueStore<String, SpanOfCounts> spans) {
        this.years = years;
        this.spans = spans;
        this.counts = new DailyCounts(this::year, spans::get);
    }

    DailyCounts counts() {
        return counts;
    }

    private @Nullable YearOfDays year(String key) {
        Optional<YearOfDays> known = recent.get(key);
        if (known == null) {
            known = Optional.ofNullable(years.get(key));
            recent.put(key, known);
        }
        return known.orElse(null);
    }

    /** Adds to a jurisdiction's day; negative numbers take back. */
    void add(String jurisdictionId, DayCount change) {
        LocalDate day = change.day();
        String key = DailyCounts.key(jurisdictionId, day.getYear());
        YearOfDays row = year(key);
        List<Pane> panes = row == null ? new ArrayList<>() : new ArrayList<>(row.getDays());
        int at = 0;
        while (at < panes.size() && panes.get(at).getDay() < day.getDayOfYear()) {
            at++;
        }
        if (at == panes.size() || panes.get(at).getDay() != day.getDayOfYear()) {
            panes.add(at, new Pane(day.getDayOfYear(), 0, 0, 0L, 0L, 0L));
        }
        Pane pane = panes.get(at);
        pane.setAnnouncements(pane.getAnnouncements() + (int) change.announcements());
        pane.setCases(pane.getCases() + (int) change.cases());
        pane.setArrestsLow(pane.getArrestsLow() + change.low());
        pane.setArrests(pane.getArrests() + change.arrests());
        pane.setArrestsHigh(pane.getArrestsHigh() + change.high());
        if (isNothing(pane)) {
            panes.remove(at);
        }
        YearOfDays changed = panes.isEmpty() ? null : new YearOfDays(panes);
        years.put(key, changed);
        recent.put(key, Optional.ofNullable(changed));
        updateSpan(jurisdictionId, change);
    }

    private static boolean isNothing(Pane pane) {
        return pane.getAnnouncements() == 0
                && pane.getCases() == 0
                && pane.getArrestsLow() == 0
                && pane.getArrests() == 0
                && pane.getArrestsHigh() == 0;
    }

    /** Adds to the sum of all days, and widens the span to the day; where something is taken back, looks anew. */
    private void updateSpan(String jurisdictionId, DayCount change) {
        LocalDate day = change.day();
        SpanOfCounts known = spans.get(jurisdictionId);
        SpanOfCounts span = known == null ? new SpanOfCounts(day, day, 0L, 0L, 0L, 0L, 0L) : known;
        span.setFirstDay(day.isBefore(span.getFirstDay()) ? day : span.getFirstDay());
        span.setLastDay(day.isAfter(span.getLastDay()) ? day : span.getLastDay());
        span.setAnnouncements(span.getAnnouncements() + change.announcements());
        span.setCases(span.getCases() + change.cases());
        span.setArrestsLow(span.getArrestsLow() + change.low());
        span.setArrests(span.getArrests() + change.arrests());
        span.setArrestsHigh(span.getArrestsHigh() + change.high());
        boolean atEdge = day.equals(span.getFirstDay()) || day.equals(span.getLastDay());
        if (!atEdge || !counts.days(jurisdictionId, day, day).isEmpty()) {
            spans.put(jurisdictionId, span);
            return;
        }
        List<DayCount> days = counts.days(jurisdictionId, span.getFirstDay(), span.getLastDay());
        if (days.isEmpty()) {
            spans.delete(jurisdictionId);
            return;
        }
        span.setFirstDay(days.get(0).day());
        span.setLastDay(days.get(days.size() - 1).day());
        spans.put(jurisdictionId, span);
    }
}
