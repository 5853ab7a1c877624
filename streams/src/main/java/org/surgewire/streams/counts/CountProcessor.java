package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Adds shares to daily panes and forwards the jurisdiction's rolling sums with the event that changed them. */
final class CountProcessor implements Processor<String, CountEvent, String, Counted> {
    private static final int LONGEST = 365;
    private static final int[] WINDOWS = {1, 7, 28, LONGEST};
    private static final int MOST_RECENT = 512;

    private final Jurisdictions jurisdictions;
    /** Rows as objects, least recently used first: reading them takes longer than anything else done with them. */
    private final Map<String, Optional<YearOfDays>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<YearOfDays>> eldest) {
            return size() > MOST_RECENT;
        }
    };

    private ProcessorContext<String, Counted> context;
    private KeyValueStore<String, YearOfDays> years;
    private KeyValueStore<String, SpanOfCounts> spans;
    private DailyCounts counts;

    CountProcessor(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    @Override
    public void init(ProcessorContext<String, Counted> given) {
        context = given;
        years = given.getStateStore(CountNames.DAILY);
        spans = given.getStateStore(CountNames.SPANS);
        recent.clear();
        counts = new DailyCounts(this::year, spans::get);
    }

    @Override
    public void process(Record<String, CountEvent> record) {
        JurisdictionCounts changed = null;
        if (record.value().getClock() == null) {
            record.value().getShares().forEach(share -> add(record.key(), share));
            changed = rolling(record.key());
        }
        context.forward(record.withValue(new Counted(record.value(), changed)));
    }

    private void add(String jurisdictionId, CaseContribution share) {
        LocalDate day = share.getDay();
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
        pane.setAnnouncements(pane.getAnnouncements() + share.getAnnouncements());
        pane.setCases(pane.getCases() + share.getCases());
        pane.setArrestsLow(pane.getArrestsLow() + share.getArrestsLow());
        pane.setArrests(pane.getArrests() + share.getArrests());
        pane.setArrestsHigh(pane.getArrestsHigh() + share.getArrestsHigh());
        if (isNothing(pane)) {
            panes.remove(at);
        }
        YearOfDays changed = panes.isEmpty() ? null : new YearOfDays(panes);
        years.put(key, changed);
        recent.put(key, Optional.ofNullable(changed));
        updateSpan(jurisdictionId, share);
    }

    private @Nullable YearOfDays year(String key) {
        Optional<YearOfDays> known = recent.get(key);
        if (known == null) {
            known = Optional.ofNullable(years.get(key));
            recent.put(key, known);
        }
        return known.orElse(null);
    }

    private static boolean isNothing(Pane pane) {
        return pane.getAnnouncements() == 0
                && pane.getCases() == 0
                && pane.getArrestsLow() == 0
                && pane.getArrests() == 0
                && pane.getArrestsHigh() == 0;
    }

    /** Adds to the sum of all days, and widens the span to the day; where the share takes something back, looks anew. */
    private void updateSpan(String jurisdictionId, CaseContribution share) {
        LocalDate day = share.getDay();
        SpanOfCounts known = spans.get(jurisdictionId);
        SpanOfCounts span = known == null ? new SpanOfCounts(day, day, 0L, 0L, 0L, 0L, 0L) : known;
        span.setFirstDay(day.isBefore(span.getFirstDay()) ? day : span.getFirstDay());
        span.setLastDay(day.isAfter(span.getLastDay()) ? day : span.getLastDay());
        span.setAnnouncements(span.getAnnouncements() + share.getAnnouncements());
        span.setCases(span.getCases() + share.getCases());
        span.setArrestsLow(span.getArrestsLow() + share.getArrestsLow());
        span.setArrests(span.getArrests() + share.getArrests());
        span.setArrestsHigh(span.getArrestsHigh() + share.getArrestsHigh());
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

    private JurisdictionCounts rolling(String jurisdictionId) {
        Jurisdiction jurisdiction = jurisdictions.get(jurisdictionId);
        SpanOfCounts span = spans.get(jurisdictionId);
        LocalDate asOf = span == null ? LocalDate.EPOCH : span.getLastDay();
        List<DayCount> lastYear = counts.days(jurisdictionId, asOf.minusDays(LONGEST - 1L), asOf);
        List<WindowCounts> windows = new ArrayList<>();
        for (int length : WINDOWS) {
            LocalDate before = asOf.minusDays(length);
            windows.add(window(
                    length,
                    DailyCounts.sum(
                            asOf,
                            lastYear.stream()
                                    .filter(day -> day.day().isAfter(before))
                                    .toList())));
        }
        windows.add(
                span == null
                        ? window(0, DayCount.none(asOf))
                        : new WindowCounts(
                                0,
                                span.getAnnouncements(),
                                span.getCases(),
                                span.getArrestsLow(),
                                span.getArrests(),
                                span.getArrestsHigh()));
        return JurisdictionCounts.newBuilder()
                .setJurisdictionId(jurisdictionId)
                .setName(jurisdiction.name())
                .setLevel(jurisdiction.level())
                .setAsOf(asOf)
                .setWindows(windows)
                .build();
    }

    private static WindowCounts window(int length, DayCount sum) {
        return new WindowCounts(length, sum.announcements(), sum.cases(), sum.low(), sum.arrests(), sum.high());
    }
}
