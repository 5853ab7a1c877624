package org.surgewire.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.deliveries.Deliveries;
import org.surgewire.streams.deliveries.Subscriptions;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.runtime.SurgewireTopology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Runs the whole pipeline on the bundled sample of autumn 2020, until Ctrl-C.",
            "",
            "Starts a broker, a schema registry, ingest, the topologies and the HTTP server in this process.",
        })
final class Demo implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the page and the API on this machine (default: ${DEFAULT-VALUE}; 0 for any).")
    private int port;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Let scripts of pages from this origin read the API, * for any (may be repeated).")
    private List<String> origins = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything here and resume from it; left out, nothing is kept.")
    private @Nullable Path data;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Let X days of the sample pass in a second; left out, as fast as can be.")
    private @Nullable Double speed;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Load these JSON Lines, plain or gzip, instead of the bundled sample.")
    private @Nullable Path file;

    @Mixin
    private SubscriptionOptions subscriptions = new SubscriptionOptions();

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65_535) {
            throw new Failure("cannot open the page", "port " + port, "choose one from 0 to 65535 with --port");
        }
        if (speed != null && !(speed > 0)) {
            throw new Failure("cannot pace the sample", "speed " + speed, "choose a number above 0 with --speed");
        }
        return Shutdown.run(0, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        Path chosen = file;
        String name = chosen == null ? Sample.NAME : chosen.toString();
        Reading.Source sample = chosen == null ? Sample::open : Reading.file(chosen);
        Subscriptions subscribed = subscriptions.read();
        Path directory = data;
        if (directory == null) {
            Path temporary = Files.createTempDirectory("surgewire-demo-");
            shutdown.closeLater("temporary directory", () -> Directories.delete(temporary));
            directory = temporary;
        }
        Directories.prepare(directory, "the data", "--data");
        PortCheck.free(port);
        System.err.println("surgewire: starting broker, registry and topologies");
        Stack stack = Stack.start(directory, new Clock.OfAnnouncements(), shutdown);
        var server = shutdown.closeLater(
                "HTTP server",
                HttpServer.over(
                        stack.streams(),
                        stack.jurisdictions(),
                        HttpSettings.defaults().withOrigins(origins),
                        SqlRoutes.over(stack.streams(), stack.jurisdictions(), shutdown)));
        var deliveries = shutdown.closeLater(
                "deliveries",
                Deliveries.start(
                        Cluster.at(stack.bootstrapServers()), stack.topics(), stack.jurisdictions(), subscribed));
        server.shows(deliveries);
        server.start(port);
        System.err.printf("surgewire: the page is at http://%s:%d/%n", HttpServer.LOOPBACK, server.port());
        if (!deliveries.awaitReady(Duration.ofSeconds(30))) {
            throw new Failure("cannot deliver alerts", "nothing within 30 s", "start it again");
        }
        var reading = new Reading(stack.publisher());
        try (var progress = ProgressBar.onStandardError("loading the sample", Reading.countLines(sample))) {
            var alerts = shutdown.closeLater(
                    "alert printer",
                    AlertPrinter.start(stack.bootstrapServers(), stack.topics().alerts(), progress));
            reading.read(name, sample, progress, pace(stack));
            new Drain(
                            stack.admin(),
                            stack.streams(),
                            SurgewireTopology.readInOrder(stack.topics(), Stack.APPLICATION_ID))
                    .await();
            alerts.catchUp();
        }
        System.out.printf(
                "Surgewire is up: http://%s:%d/ (%,d new announcements read; Ctrl-C ends it)%n",
                HttpServer.LOOPBACK, server.port(), reading.published());
        System.out.printf("Kafka: %s, schema registry: %s%n", stack.bootstrapServers(), stack.registryUrl());
        return shutdown.await();
    }

    /** Waits before each release until its day has come. */
    private Consumer<Release> pace(Stack stack) {
        Double daysPerSecond = speed;
        if (daysPerSecond == null) {
            return release -> {};
        }
        long start = System.nanoTime();
        var first = new LocalDate[1];
        return release -> {
            first[0] = Objects.requireNonNullElse(first[0], release.publishedDay());
            long days = release.publishedDay().toEpochDay() - first[0].toEpochDay();
            long waitMillis = (long) (days / daysPerSecond * 1000) - (System.nanoTime() - start) / 1_000_000;
            if (waitMillis > 0) {
                stack.publisher().commit();
                try {
                    Thread.sleep(waitMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while pacing the sample", e);
                }
            }
        };
    }
}
