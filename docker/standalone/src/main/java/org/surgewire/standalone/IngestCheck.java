package org.surgewire.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.surgewire.ingest.poll.LocalFiles;
import org.surgewire.ingest.poll.Nowhere;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Reads the newest page of a source and at most three of its releases, and says what was read, what was"
                    + " refused and why. Publishes nothing and needs no cluster.",
            "",
            "Ends with code 1 when the source refuses or fails."
        })
final class IngestCheck implements Callable<Integer> {
    @Mixin
    private SourceOptions options = new SourceOptions();

    @Parameters(paramLabel = "SOURCE", description = "Its id in the registry.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(20), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        Sources sources = options.load();
        Source source = SourceOptions.find(sources, id);
        System.out.printf(
                "%s, %s, %s%nstatus   %s. %s%n",
                source.publisher(),
                source.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                source.address(),
                source.status().name().toLowerCase(Locale.ROOT),
                source.reason());
        Tally tally = source.kind().isLocal(source.address())
                ? LocalFiles.read(source, InstantSource.system(), new Nowhere(), System.out::println)
                : options.reader(sources, List.of(source), shutdown).check(source, System.out::println);
        System.out.println("result   " + Poller.summary(tally));
        return tally.outcome() == Tally.Outcome.OK ? 0 : 1;
    }
}
