package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;

/**
 * The alerts as they were last published. Compares them with the alerts as they are and publishes every difference, so
 * that the last version of an alert depends on what is known and not on the way there.
 */
final class PublishedAlerts {
    private final ProcessorContext<String, Alert> context;
    private final KeyValueStore<String, Alert> alerts;
    private final KeyValueStore<String, String> open;
    private final KeyValueStore<String, Alert> versions;
    private final int quietDays;
    private Headers cause = new RecordHeaders();

    /**
     * @param alerts by owner, a bar and the alert id
     * @param open the last day that keeps an alert open, by the same keys
     * @param versions every version, see {@link AlertVersions}
     * @param quietDays an alert closes when this many days have passed since that day
     */
    PublishedAlerts(
            ProcessorContext<String, Alert> context,
            KeyValueStore<String, Alert> alerts,
            KeyValueStore<String, String> open,
            KeyValueStore<String, Alert> versions,
            int quietDays) {
        this.context = context;
        this.alerts = alerts;
        this.open = open;
        this.versions = versions;
        this.quietDays = quietDays;
    }

    /** What is published from here on carries the trace of a record with these headers. */
    void follow(Headers of) {
        cause = of;
    }

    /**
     * An alert as it is.
     *
     * @param open what it says while it is open; asked for when needed
     * @param whole what it says when it closes; asked for when needed
     * @param lastDay the last day that keeps it open
     * @param isTold whether an open alert as it was published says what {@code open} would say, as far as can be told
     *     without asking for that
     */
    record Standing(
            String alertId, Supplier<Alert> open, Supplier<Alert> whole, LocalDate lastDay, Predicate<Alert> isTold) {
        /** One that says the same when it closes. */
        static Standing of(Alert alert) {
            return new Standing(alert.getAlertId(), () -> alert, () -> alert, alert.getLastDay(), published -> false);
        }
    }

    /**
     * Publishes what changed in some alerts of an owner.
     *
     * @param fromId the alerts are those with ids from this one
     * @param toId to this one, both included; others of the owner are left alone
     * @param standing those of them that stand
     * @param today last known day
     */
    void publish(String owner, String fromId, String toId, List<Standing> standing, LocalDate today, long timestamp) {
        Map<String, Alert> published = new TreeMap<>();
        try (var rows = alerts.range(owner + "|" + fromId, owner + "|" + toId)) {
            rows.forEachRemaining(row -> published.put(row.key, row.value));
        }
        for (Standing is : standing) {
            String key = owner + "|" + is.alertId();
            publish(key, is, published.remove(key), today, timestamp);
        }
        published.forEach((key, gone) -> {
            if (!gone.getStatus().equals("CANCELLED")) {
                emit(key, gone, "CANCELLED", gone, timestamp);
                keepOpen(key, null);
            }
        });
    }

    private void publish(String key, Standing is, @Nullable Alert before, LocalDate today, long timestamp) {
        LocalDate quiet = is.lastDay().plusDays(quietDays);
        Alert closed = today.isAfter(quiet)
                ? Alert.newBuilder(is.whole().get())
                        .setClosedDay(quiet.plusDays(1))
                        .build()
                : null;
        Alert latest = before;
        if (latest == null || latest.getStatus().equals("CANCELLED")) {
            latest = emit(key, is.open().get(), "OPENED", before, timestamp);
        } else if (latest.getStatus().equals("CLOSED")) {
            if (closed == null || !sameFacts(latest, closed)) {
                latest = emit(key, is.open().get(), "UPDATED", latest, timestamp);
            }
        } else if (closed == null && !is.isTold().test(latest)) {
            Alert open = is.open().get();
            if (!sameFacts(latest, open)) {
                latest = emit(key, open, "UPDATED", latest, timestamp);
            }
        }
        if (closed != null && !latest.getStatus().equals("CLOSED")) {
            emit(key, closed, "CLOSED", latest, timestamp);
        }
        keepOpen(key, closed == null ? is.lastDay().toString() : null);
    }

    /** Alerts of an owner that are open, as they were published last. */
    List<Alert> openOf(String owner, String idPrefix) {
        List<Alert> found = new ArrayList<>();
        try (var rows =
                alerts.prefixScan(owner + "|" + idPrefix, Serdes.String().serializer())) {
            rows.forEachRemaining(row -> {
                if (row.value.getClosedDay() == null && !row.value.getStatus().equals("CANCELLED")) {
                    found.add(row.value);
                }
            });
        }
        return found;
    }

    /** Publishes a version of an alert whose end is known by other means than quiet days. */
    void tell(String owner, Alert facts, String status, long timestamp) {
        String key = owner + "|" + facts.getAlertId();
        Alert before = alerts.get(key);
        if (before == null || !before.getStatus().equals(status) || !sameFacts(before, facts)) {
            emit(key, facts, status, before, timestamp);
        }
    }

    private void keepOpen(String key, @Nullable String last) {
        if (!Objects.equals(open.get(key), last)) {
            open.put(key, last);
        }
    }

    /** Which alert of whom. */
    record Key(String owner, String alertId) {
        static Key of(String row) {
            int bar = row.indexOf('|');
            return new Key(row.substring(0, bar), row.substring(bar + 1));
        }
    }

    /** Open alerts whose quiet days have passed, with the last day that kept each open. */
    Map<Key, LocalDate> quiet(LocalDate today) {
        Map<Key, LocalDate> quiet = new LinkedHashMap<>();
        try (var rows = open.all()) {
            rows.forEachRemaining(row -> {
                LocalDate last = LocalDate.parse(row.value);
                if (last.plusDays(quietDays).isBefore(today)) {
                    quiet.put(Key.of(row.key), last);
                }
            });
        }
        return quiet;
    }

    /** Closes the open alerts whose quiet days have passed, as they were published last. */
    void closeQuiet(LocalDate today, long timestamp) {
        quiet(today).forEach((alert, last) -> {
            String key = alert.owner() + "|" + alert.alertId();
            Alert latest = alerts.get(key);
            LocalDate day = last.plusDays(quietDays + 1L);
            emit(key, Alert.newBuilder(latest).setClosedDay(day).build(), "CLOSED", latest, timestamp);
            open.put(key, null);
        });
    }

    private Alert emit(String key, Alert facts, String status, @Nullable Alert before, long timestamp) {
        Alert next = Alert.newBuilder(facts)
                .setStatus(status)
                .setVersion(before == null ? 1 : before.getVersion() + 1)
                .setSupersedes(before == null ? null : before.getVersion())
                .build();
        alerts.put(key, next);
        versions.put(AlertVersions.key(key, next.getVersion(), timestamp), next);
        context.forward(new Record<>(next.getAlertId(), next, timestamp, cause));
        return next;
    }

    private static boolean sameFacts(Alert one, Alert other) {
        return facts(one).equals(facts(other));
    }

    private static Alert facts(Alert of) {
        return Alert.newBuilder(of)
                .setStatus("")
                .setVersion(0)
                .setSupersedes(null)
                .build();
    }
}
