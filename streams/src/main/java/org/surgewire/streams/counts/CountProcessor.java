package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Adds shares to the daily panes of both series and forwards the jurisdiction's rolling sums with the event that changed them. */
final class CountProcessor implements Processor<String, CountEvent, String, Counted> {
    private static final int LONGEST = 365;
    private static final int[] WINDOWS = {1, 7, 28, LONGEST};

    private final Jurisdictions jurisdictions;
    private ProcessorContext<String, Counted> context;
    private DailyPanes published;
    private DailyPanes happened;

    CountProcessor(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    @Override
    public void init(ProcessorContext<String, Counted> given) {
        context = given;
        published = new DailyPanes(given.getStateStore(CountNames.DAILY), given.getStateStore(CountNames.SPANS));
        happened = new DailyPanes(
                given.getStateStore(CountNames.BY_PERIOD), given.getStateStore(CountNames.BY_PERIOD_SPANS));
    }

    @Override
    public void process(Record<String, CountEvent> record) {
        JurisdictionCounts changed = null;
        CountEvent event = record.value();
        if (!event.getShares().isEmpty() || !event.getByPeriod().isEmpty()) {
            for (CaseContribution share : event.getShares()) {
                published.add(
                        record.key(),
                        new DayCount(
                                share.getDay(),
                                share.getAnnouncements(),
                                share.getCases(),
                                share.getArrestsLow(),
                                share.getArrests(),
                                share.getArrestsHigh()));
            }
            for (DayChange change : event.getByPeriod()) {
                happened.add(
                        record.key(),
                        new DayCount(
                                change.getDay(),
                                change.getAnnouncements(),
                                change.getCases(),
                                change.getArrestsLow(),
                                change.getArrests(),
                                change.getArrestsHigh()));
            }
            changed = rolling(record.key());
        }
        context.forward(record.withValue(new Counted(event, changed)));
    }

    private JurisdictionCounts rolling(String jurisdictionId) {
        Jurisdiction jurisdiction = jurisdictions.get(jurisdictionId);
        DailyCounts counts = published.counts();
        SpanOfCounts span = counts.span(jurisdictionId).orElse(null);
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
