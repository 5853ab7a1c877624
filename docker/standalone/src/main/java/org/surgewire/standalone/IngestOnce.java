package org.surgewire.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "once",
        description = "Reads a source once and publishes what is new. Ends with code 1 when it refuses or fails.")
final class IngestOnce implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private SourceOptions options = new SourceOptions();

    @Parameters(paramLabel = "SOURCE", description = "Its id in the registry.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        Sources sources = options.load();
        Source source = SourceOptions.find(sources, id);
        SourceReader reader = options.reader(sources, List.of(source), shutdown);
        return cluster.connected(shutdown, (outlet, book) -> {
            Tally tally =
                    Poller.once(source, reader, outlet, book, InstantSource.system(), note -> System.err.println(note));
            System.err.println("surgewire: " + source.id() + ": " + Poller.summary(tally));
            return tally.outcome() == Tally.Outcome.OK ? 0 : 1;
        });
    }
}
