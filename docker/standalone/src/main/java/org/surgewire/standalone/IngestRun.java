package org.surgewire.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.ingest.source.Sources;
import org.surgewire.streams.http.HttpServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Reads the sources again and again, each at its own pace, until Ctrl-C.")
final class IngestRun implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private SourceOptions options = new SourceOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = HttpServer.LOOPBACK,
            description = "Address to listen on with --port (default: ${DEFAULT-VALUE}).")
    private String host = HttpServer.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Answer /live, /ready and /metrics on this port; left out, nothing listens.")
    private @Nullable Integer port;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..*",
            description = "Read these alone; left out, all that are not off.")
    private List<String> ids = List.of();

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(0, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        Sources sources = options.load();
        List<Source> chosen = ids.isEmpty()
                ? sources.all()
                : ids.stream().map(id -> SourceOptions.find(sources, id)).toList();
        SourceReader reader = options.reader(sources, chosen, shutdown);
        ProcessServer server =
                port == null ? null : shutdown.closeLater("HTTP server", ProcessServer.start(host, port));
        return cluster.connected(shutdown, (outlet, book) -> {
            var session = outlet.session();
            for (Source source : sources.all()) {
                if (source.status() != Status.OFF && !book.wasRead(source)) {
                    session.publish(
                            book.neverRead(source, InstantSource.system().instant()));
                }
            }
            var poller = shutdown.closeLater(
                    "poller",
                    new Poller(
                            reader,
                            outlet,
                            book,
                            InstantSource.system(),
                            new SplittableRandom(),
                            line -> System.err.println("surgewire: " + line),
                            line -> {
                                System.err.println("surgewire: " + line);
                                shutdown.stop(1);
                            }));
            poller.start(chosen);
            if (server != null) {
                server.ready();
            }
            return shutdown.await();
        });
    }
}
