package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.Counted;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/**
 * Judges the days that an event touches and publishes what changed in the jurisdiction's alerts.
 *
 * <p>The alerts are derived anew from the daily panes each time, so that their last state depends on the panes alone and
 * not on the way there: a day that is corrected below its bound cancels its alert, a surge that grows updates it.
 */
final class JudgeProcessor implements Processor<String, Counted, String, Alert> {
    private static final String CLOCK_KEY = "all";
    private static final int MOST_EVIDENCE = 20;
    private static final Comparator<AlertEvidence> LARGEST_FIRST = Comparator.comparingLong(AlertEvidence::getArrests)
            .reversed()
            .thenComparing(AlertEvidence::getReleaseId)
            .thenComparing(AlertEvidence::getCaseId);

    private final Jurisdictions jurisdictions;
    private final AlertSettings settings;
    private ProcessorContext<String, Alert> context;
    private KeyValueStore<String, SpanOfCounts> spans;
    private KeyValueStore<String, AlarmDays> alarmDays;
    private KeyValueStore<String, CaseContribution> evidence;
    private KeyValueStore<String, Alert> alerts;
    private KeyValueStore<String, String> open;
    private KeyValueStore<String, DayReached> clock;
    private DailyCounts counts;

    JudgeProcessor(Jurisdictions jurisdictions, AlertSettings settings) {
        this.jurisdictions = jurisdictions;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Alert> given) {
        context = given;
        KeyValueStore<String, YearOfDays> years = given.getStateStore(CountNames.DAILY);
        spans = given.getStateStore(CountNames.SPANS);
        counts = new DailyCounts(years::get, spans::get);
        alarmDays = given.getStateStore(AlertNames.ALARMS);
        evidence = given.getStateStore(AlertNames.EVIDENCE);
        alerts = given.getStateStore(AlertNames.ALERTS);
        open = given.getStateStore(AlertNames.OPEN);
        clock = given.getStateStore(AlertNames.CLOCK);
    }

    @Override
    public void process(Record<String, Counted> record) {
        DayReached reached = record.value().event().getClock();
        if (reached != null) {
            reach(reached, record.timestamp());
            return;
        }
        List<DayRange> changed = new ArrayList<>();
        for (CaseContribution share : record.value().event().getShares()) {
            String key = record.key() + "|" + share.getDay() + "|" + share.getCaseId();
            evidence.put(key, share.getTotal() > 0 ? share : null);
            changed.add(new DayRange(share.getDay(), share.getDay().plusDays(settings.historyDays())));
        }
        judge(record.key(), changed, record.timestamp());
    }

    private void reach(DayReached reached, long timestamp) {
        DayReached before = clock.get(CLOCK_KEY);
        clock.put(CLOCK_KEY, reached);
        if (before != null && reached.getFirstDay().isBefore(before.getFirstDay())) {
            // The days after the former first day have a history now.
            List<String> known = new ArrayList<>();
            try (var rows = spans.all()) {
                rows.forEachRemaining(row -> known.add(row.key));
            }
            var first = new DayRange(before.getFirstDay(), before.getFirstDay().plusDays(settings.historyDays()));
            known.forEach(jurisdictionId -> judge(jurisdictionId, List.of(first), timestamp));
        }
        Set<String> quiet = new TreeSet<>();
        try (var rows = open.all()) {
            rows.forEachRemaining(row -> {
                if (LocalDate.parse(row.value).plusDays(settings.quietDays()).isBefore(reached.getLastDay())) {
                    quiet.add(row.key.substring(0, row.key.lastIndexOf('|')));
                }
            });
        }
        quiet.forEach(jurisdictionId -> publish(jurisdictionId, alarmsOf(jurisdictionId), timestamp));
    }

    /** Days from first to last, both included. */
    private record DayRange(LocalDate from, LocalDate to) {}

    /** Judges these days again and publishes what came of it; only days with enough announced arrests can alarm. */
    private void judge(String jurisdictionId, List<DayRange> ranges, long timestamp) {
        DayReached days = clock.get(CLOCK_KEY);
        if (days == null) {
            throw new IllegalStateException("a share of " + jurisdictionId + " came before the clock");
        }
        Map<LocalDate, Alarm> alarms = new TreeMap<>();
        alarmsOf(jurisdictionId).forEach(alarm -> alarms.put(alarm.getDay(), alarm));
        for (DayRange range : ranges) {
            alarms.keySet().removeIf(day -> !day.isBefore(range.from()) && !day.isAfter(range.to()));
            for (DayCount day : counts.days(jurisdictionId, range.from(), range.to())) {
                Verdict verdict = verdict(jurisdictionId, day, days.getFirstDay());
                if (verdict.alarm()) {
                    alarms.put(
                            day.day(),
                            new Alarm(day.day(), day.arrests(), verdict.expected(), verdict.bound(), verdict.score()));
                }
            }
        }
        List<Alarm> inOrder = List.copyOf(alarms.values());
        alarmDays.put(jurisdictionId, inOrder.isEmpty() ? null : new AlarmDays(inOrder));
        publish(jurisdictionId, inOrder, timestamp);
    }

    private Verdict verdict(String jurisdictionId, DayCount day, LocalDate firstDay) {
        if (day.arrests() < settings.minimumArrests()) {
            return Verdict.notEnoughHistory((double) day.arrests());
        }
        LocalDate from = day.day().minusDays(settings.historyDays());
        LocalDate known = from.isBefore(firstDay) ? firstDay : from;
        double[] history = known.isBefore(day.day())
                ? counts.series(jurisdictionId, known, day.day().minusDays(1))
                : new double[0];
        return settings.detector().judge(Series.of(history), (double) day.arrests());
    }

    private List<Alarm> alarmsOf(String jurisdictionId) {
        AlarmDays stored = alarmDays.get(jurisdictionId);
        return stored == null ? List.of() : stored.getAlarms();
    }

    /** Publishes every difference between the alerts as they were published and as they are. */
    private void publish(String jurisdictionId, List<Alarm> alarms, long timestamp) {
        String prefix = jurisdictionId + "|";
        Map<String, Alert> published = new TreeMap<>();
        try (var rows = alerts.prefixScan(prefix, Serdes.String().serializer())) {
            rows.forEachRemaining(row -> published.put(row.key, row.value));
        }
        for (List<Alarm> episode : Episodes.of(alarms, settings.quietDays())) {
            String key = prefix + episode.get(0).getDay();
            Alert before = published.remove(key);
            Alert now = alert(jurisdictionId, episode);
            boolean cancelled = before != null && before.getStatus().equals("CANCELLED");
            if (before == null || cancelled) {
                before = emit(key, now, "OPENED", before, timestamp);
            } else if (!sameFacts(before, now)) {
                before = emit(key, now, "UPDATED", before, timestamp);
            }
            LocalDate closedDay = closedDay(now);
            if (closedDay != null && !before.getStatus().equals("CLOSED")) {
                emit(key, Alert.newBuilder(now).setClosedDay(closedDay).build(), "CLOSED", before, timestamp);
            }
        }
        published.forEach((key, gone) -> {
            if (!gone.getStatus().equals("CANCELLED")) {
                emit(key, gone, "CANCELLED", gone, timestamp);
            }
        });
    }

    private Alert emit(String key, Alert facts, String status, @Nullable Alert before, long timestamp) {
        Alert next = Alert.newBuilder(facts)
                .setStatus(status)
                .setVersion(before == null ? 1 : before.getVersion() + 1)
                .build();
        alerts.put(key, next);
        boolean isOpen = status.equals("OPENED") || status.equals("UPDATED");
        open.put(key, isOpen ? next.getLastDay().toString() : null);
        context.forward(new Record<>(next.getAlertId(), next, timestamp));
        return next;
    }

    private static boolean sameFacts(Alert one, Alert other) {
        return Alert.newBuilder(one)
                .setStatus("")
                .setVersion(0)
                .setClosedDay(null)
                .build()
                .equals(Alert.newBuilder(other)
                        .setStatus("")
                        .setVersion(0)
                        .setClosedDay(null)
                        .build());
    }

    private @Nullable LocalDate closedDay(Alert alert) {
        DayReached days = clock.get(CLOCK_KEY);
        LocalDate after = alert.getLastDay().plusDays(settings.quietDays());
        return days != null && days.getLastDay().isAfter(after) ? after.plusDays(1) : null;
    }

    private Alert alert(String jurisdictionId, List<Alarm> alarms) {
        Alarm first = alarms.get(0);
        LocalDate last = alarms.get(alarms.size() - 1).getDay();
        Jurisdiction jurisdiction = jurisdictions.get(jurisdictionId);
        long observed = DailyCounts.sum(last, counts.days(jurisdictionId, first.getDay(), last))
                .arrests();
        double score = alarms.stream().mapToDouble(Alarm::getScore).max().orElseThrow();
        String name = AlertText.name(jurisdiction);
        return Alert.newBuilder()
                .setAlertId("surge/" + settings.detector().name() + "/" + first.getDay() + "/" + jurisdictionId)
                .setVersion(0)
                .setStatus("")
                .setKind("SURGE")
                .setJurisdictionId(jurisdictionId)
                .setJurisdictionName(name)
                .setDetector(settings.detector().name())
                .setFirstDay(first.getDay())
                .setLastDay(last)
                .setObserved(observed)
                .setPeak(alarms.stream().mapToLong(Alarm::getObserved).max().orElseThrow())
                .setExpected(first.getExpected())
                .setBound(first.getBound())
                .setScore(score)
                .setSeverity(AlertText.severity(score))
                .setReason(AlertText.reason(name, observed, alarms))
                .setEvidence(evidence(jurisdictionId, first.getDay(), last))
                .build();
    }

    private List<AlertEvidence> evidence(String jurisdictionId, LocalDate from, LocalDate to) {
        List<AlertEvidence> found = new ArrayList<>();
        String prefix = jurisdictionId + "|";
        try (var rows = evidence.range(prefix + from, prefix + to + "|\uffff")) {
            rows.forEachRemaining(row -> found.add(new AlertEvidence(
                    row.value.getCaseId(),
                    row.value.getReleaseId(),
                    row.value.getUrl(),
                    row.value.getTitle(),
                    row.value.getTotal(),
                    row.value.getSentence())));
        }
        found.sort(LARGEST_FIRST);
        return found.size() > MOST_EVIDENCE ? List.copyOf(found.subList(0, MOST_EVIDENCE)) : found;
    }
}
