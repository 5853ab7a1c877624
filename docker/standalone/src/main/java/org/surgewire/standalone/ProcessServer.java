package org.surgewire.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers {@code /live}, {@code /ready} and {@code /metrics} for a process that has no page. */
final class ProcessServer implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final HttpServer server;
    private volatile boolean ready;

    private ProcessServer(HttpServer server) {
        this.server = server;
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                collections,
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /**
     * Starts to listen; not ready yet.
     *
     * @throws Failure when the port is in use
     */
    static ProcessServer start(String host, int port) {
        try {
            var server = new ProcessServer(HttpServer.create(new InetSocketAddress(host, port), 0));
            server.server.createContext("/live", exchange -> answer(exchange, 200, "live\n"));
            server.server.createContext(
                    "/ready",
                    exchange -> answer(exchange, server.ready ? 200 : 503, server.ready ? "ready\n" : "not ready\n"));
            server.server.createContext("/metrics", exchange -> answer(exchange, 200, server.registry.scrape()));
            server.server.start();
            return server;
        } catch (IOException e) {
            throw new Failure("cannot listen", host + ":" + port, "choose another port with --port", e);
        }
    }

    /** From now on, {@code /ready} is answered with 200. */
    void ready() {
        ready = true;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        collections.close();
        registry.close();
    }
}
