package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Adds shares to daily panes and forwards the jurisdiction's rolling sums with the event that changed them. */
final class CountProcessor implements Processor<String, CountEvent, String, Counted> {
    private static final int[] WINDOWS = {1, 7, 28, 365};

    private final Jurisdictions jurisdictions;
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
        counts = new DailyCounts(years::get, spans::get);
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
        pane.setAnnouncements(pane.getAnnouncements() + share.getAnnouncements());
        pane.setCases(pane.getCases() + share.getCases());
        pane.setArrestsLow(pane.getArrestsLow() + share.getArrestsLow());
        pane.setArrests(pane.getArrests() + share.getArrests());
        pane.setArrestsHigh(pane.getArrestsHigh() + share.getArrestsHigh());
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

    private JurisdictionCounts rolling(String jurisdictionId) {
        Jurisdiction jurisdiction = jurisdictions.get(jurisdictionId);
        SpanOfCounts span = spans.get(jurisdictionId);
        LocalDate asOf = span == null ? LocalDate.EPOCH : span.getLastDay();
        List<WindowCounts> windows = new ArrayList<>();
        for (int length : WINDOWS) {
            windows.add(window(length, counts.window(jurisdictionId, asOf, length)));
        }
        windows.add(window(0, DailyCounts.sum(asOf, counts.days(jurisdictionId))));
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
