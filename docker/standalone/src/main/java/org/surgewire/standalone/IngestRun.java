package org.surgewire.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.ingest.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Reads the sources again and again, each at its own pace, until Ctrl-C.")
final class IngestRun implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private SourceOptions options = new SourceOptions();

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
            return shutdown.await();
        });
    }
}
