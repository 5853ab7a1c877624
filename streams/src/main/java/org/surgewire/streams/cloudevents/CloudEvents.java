package org.surgewire.streams.cloudevents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.Operation;

/**
 * Marks records as CloudEvents 1.0 in the binary mode of the Kafka protocol binding: attributes are headers, and the value
 * stays what it is. The last step before a topic. Trace headers stay; all other headers of the input are left behind.
 *
 * <p>Source and id together name an event: the same when what is read is processed again, and another for whatever says
 * something else. Ids of alerts are made of alert and version; those of the rest of key and the revision of the release
 * that brought the change, since a revision changes a key once. The source names the application with its number, which
 * rises where all is counted anew and versions start at 1 again.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">the
 *     binding</a>
 */
public final class CloudEvents {
    /** What every type begins with. */
    static final String PREFIX = "org.surgewire.";

    /** Every header that is set, trace headers aside. */
    static final List<String> HEADERS =
            List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "content-type");

    private static final Header VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT = header("content-type", "application/avro");

    private static final Map<String, Header> ALERT_TYPES = Stream.of("OPENED", "UPDATED", "CLOSED", "CANCELLED")
            .collect(Collectors.toUnmodifiableMap(
                    status -> status, status -> type("alert." + status.toLowerCase(Locale.ROOT))));

    private static final Header COUNTS = type("counts.changed");
    private static final Header OPERATION = type("operation.changed");
    private static final Header CASE = type("case.changed");

    private CloudEvents() {}

    /** Versions of alerts; the subject is the jurisdiction. */
    public static FixedKeyProcessorSupplier<String, Alert, Alert> alerts() {
        return () -> new Marker<>("alerts") {
            @Override
            Event event(String key, Alert alert, String cause) {
                Header type = ALERT_TYPES.get(alert.getStatus());
                if (type == null) {
                    throw new IllegalStateException("no type of event for the status " + alert.getStatus());
                }
                return new Event(alert.getAlertId() + "#" + alert.getVersion(), type, alert.getJurisdictionId());
            }
        };
    }

    /** Counts of jurisdictions; the subject is the jurisdiction. */
    public static FixedKeyProcessorSupplier<String, JurisdictionCounts, JurisdictionCounts> counts() {
        return changed("counts", COUNTS);
    }

    /** Operations; the subject is the operation id. */
    public static FixedKeyProcessorSupplier<String, Operation, Operation> operations() {
        return changed("operations", OPERATION);
    }

    /** Cases; the subject is the case id. */
    public static FixedKeyProcessorSupplier<String, Case, Case> cases() {
        return changed("cases", CASE);
    }

    private static <V> FixedKeyProcessorSupplier<String, V, V> changed(String what, Header type) {
        return () -> new Marker<>(what) {
            @Override
            Event event(String key, V value, String cause) {
                return new Event(key + "#" + cause, type, key);
            }
        };
    }

    private record Event(String id, Header type, String subject) {}

    private abstract static class Marker<V> extends ContextualFixedKeyProcessor<String, V, V> {
        private final String what;

        Marker(String what) {
            this.what = what;
        }

        abstract Event event(String key, V value, String cause);

        @Override
        public void process(FixedKeyRecord<String, V> record) {
            Event event = event(record.key(), record.value(), Trace.cause(record.headers(), record.timestamp()));
            Headers headers = Trace.of(record.headers())
                    .add(VERSION)
                    .add(header("ce_id", event.id()))
                    .add(header("ce_source", "/" + context().applicationId() + "/" + what))
                    .add(event.type())
                    .add(header(
                            "ce_time", Instant.ofEpochMilli(record.timestamp()).toString()))
                    .add(header("ce_subject", event.subject()))
                    .add(CONTENT);
            context().forward(record.withHeaders(headers));
        }
    }

    private static Header type(String of) {
        return header("ce_type", PREFIX + of);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
