package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Metrics of the JVM, of requests, of sources and of whatever is bound, in Prometheus' text format. */
final class Metrics implements AutoCloseable {
    private static final String STARTED = "surgewire.started";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SourceMetrics sources;
    private final List<MeterBinder> binders = new ArrayList<>();

    Metrics(List<MeterBinder> bound, SourceMetrics sources) {
        this.sources = sources;
        binders.add(sources);
        binders.addAll(List.of(
                new JvmMemoryMetrics(),
                new JvmGcMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics()));
        binders.addAll(bound);
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** For counts of what is not measured here. */
    MeterRegistry registry() {
        return registry;
    }

    /** Shows what somebody else closes. */
    void add(MeterBinder binder) {
        binder.bindTo(registry);
    }

    void addTo(RoutesConfig routes) {
        routes.before(context -> context.attribute(STARTED, System.nanoTime()));
        routes.after(this::time);
        routes.get("/metrics", context -> {
            sources.refresh();
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
        });
    }

    /** By route and not by path: a path may be anything, and each would be a series of its own. */
    private void time(Context context) {
        Long started = context.attribute(STARTED);
        if (started != null) {
            var route = context.endpoints().matchedHttpEndpoint();
            Timer.builder("http.server.requests")
                    .tag("route", route == null ? "none" : route.path)
                    .tag("status", Integer.toString(context.statusCode()))
                    .register(registry)
                    .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        for (MeterBinder binder : binders) {
            if (binder instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IllegalStateException("cannot stop " + binder, e);
                }
            }
        }
        registry.close();
    }
}
