package org.surgewire.streams.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.runtime.StreamsApp;

/** What comes out of the pipeline, beside what Kafka Streams measures of itself. */
final class PipelineMetrics implements MeterBinder {
    private static final List<String> SEVERITIES = List.of("INFO", "MINOR", "MODERATE", "SEVERE", "EXTREME");

    private final StreamsApp app;
    private final AlertQueries alerts;

    PipelineMetrics(StreamsApp app, AlertQueries alerts) {
        this.app = app;
        this.alerts = alerts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("surgewire.ready", app, each -> each.isReady() ? 1 : 0)
                .description("1 where every store is restored and announcements are being processed")
                .register(registry);
        FunctionCounter.builder("surgewire.dead.letters", app, StreamsApp::parked)
                .description("Records that this instance parked since its start, because they are no announcement")
                .register(registry);
        for (String severity : SEVERITIES) {
            Gauge.builder("surgewire.alerts.open", () -> open(severity))
                    .description("Open alerts; NaN while the store cannot be read")
                    .tag("severity", severity)
                    .register(registry);
        }
    }

    private double open(String severity) {
        try {
            return alerts.openBySeverity().getOrDefault(severity, 0L);
        } catch (InvalidStateStoreException e) {
            return Double.NaN;
        }
    }
}
