package org.surgewire.streams.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.query.SourceQueries;
import org.surgewire.streams.query.SourceQueries.Source;

/** How each source is doing, by its id; as old as its last record, except for the age of the last success. */
final class SourceMetrics implements MeterBinder {
    private final SourceQueries sources;
    private final Map<MultiGauge, ToDoubleFunction<Source>> gauges = new LinkedHashMap<>();
    private final InstantSource now;

    SourceMetrics(SourceQueries sources, InstantSource now) {
        this.sources = sources;
        this.now = now;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "last.success.age.seconds", "Time since the last success; NaN for never", each -> age(each));
        gauge(
                registry,
                "ok",
                "1 where the last reading succeeded and nothing is silent",
                each -> each.status().equals("OK") ? 1 : 0);
        gauge(
                registry,
                "silent",
                "1 where it is silent for longer than its rhythm explains",
                each -> each.status().equals("SILENT") ? 1 : 0);
        gauge(registry, "items", "Revisions published in all", Source::items);
        gauge(registry, "refused", "Entries in all that were no release", Source::refused);
        gauge(registry, "partials", "Items in all with no more than a beginning", Source::partials);
        gauge(registry, "vanished", "Pages in all that were listed and not there", Source::vanished);
        gauge(registry, "implausible.dates", "Entries in all with a date nobody can believe", Source::implausibleDates);
        gauge(registry, "gaps", "Readings in all that may have missed entries", Source::gaps);
        gauge(
                registry,
                "latency.seconds",
                "From publication to publication by us; NaN where unknown",
                each -> orNaN(each.latencySeconds()));
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<Source> value) {
        gauges.put(
                MultiGauge.builder("surgewire.source." + name).description(what).register(registry), value);
    }

    /** Takes over what was recorded since; leaves it as it was while the store cannot be read. */
    void refresh() {
        List<Source> all;
        try {
            all = sources.all();
        } catch (InvalidStateStoreException e) {
            return;
        }
        gauges.forEach((gauge, value) -> {
            List<Row<?>> rows = new ArrayList<>();
            all.forEach(source -> rows.add(Row.of(Tags.of("source", source.id()), value.applyAsDouble(source))));
            gauge.register(rows, true);
        });
    }

    private double age(Source source) {
        Instant last = source.lastSuccess();
        return last == null ? Double.NaN : Duration.between(last, now.instant()).toMillis() / 1000.0;
    }

    private static double orNaN(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }
}
