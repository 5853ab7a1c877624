package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** One series of daily panes, with the span of days that each jurisdiction has. */
final class DailyPanes {
    private final KeyValueStore<String, YearOfDays> years;
    private final KeyValueStore<String, SpanOfCounts> spans;
    private final DailyCounts counts;

    DailyPanes(KeyValueStore<String, YearOfDays> years, KeyValueStore<String, SpanOfCounts> spans) {
        this.years = years;
        this.spans = spans;
        this.counts = new DailyCounts(years::get, spans::get);
    }

    DailyCounts counts() {
        return counts;
    }

    /** Adds to a jurisdiction's day; negative numbers take back. */
    void add(String jurisdictionId, DayCount change) {
        LocalDate day = change.day();
        String key = DailyCounts.key(jurisdictionId, day.getYear());
        YearOfDays row = years.get(key);
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
        years.put(key, panes.isEmpty() ? null : new YearOfDays(panes));
        updateSpan(jurisdictionId, day, !panes.isEmpty());
    }

    private static boolean isNothing(Pane pane) {
        return pane.getAnnouncements() == 0
                && pane.getCases() == 0
                && pane.getArrestsLow() == 0
                && pane.getArrests() == 0
                && pane.getArrestsHigh() == 0;
    }

    /** Widens the span to the day; where a day was emptied at its edge, looks for the days that are left. */
    private void updateSpan(String jurisdictionId, LocalDate day, boolean yearHasPanes) {
        SpanOfCounts span = spans.get(jurisdictionId);
        if (span == null) {
            if (yearHasPanes) {
                spans.put(jurisdictionId, new SpanOfCounts(day, day));
            }
            return;
        }
        LocalDate first = day.isBefore(span.getFirstDay()) ? day : span.getFirstDay();
        LocalDate last = day.isAfter(span.getLastDay()) ? day : span.getLastDay();
        if (day.equals(first) || day.equals(last)) {
            List<DayCount> days = counts.days(jurisdictionId, first, last);
            spans.put(
                    jurisdictionId,
                    days.isEmpty()
                            ? null
                            : new SpanOfCounts(
                                    days.get(0).day(), days.get(days.size() - 1).day()));
        }
    }
}
