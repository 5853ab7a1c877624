package org.surgewire.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        description = {
            "Reads what a source published on earlier days, page by page from the newest.",
            "",
            "Broken off and started again, it publishes nothing twice and fetches no release again that it has."
        })
final class IngestBackfill implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private SourceOptions options = new SourceOptions();

    @Parameters(paramLabel = "SOURCE", description = "Its id in the registry.")
    private String id = "";

    @Option(names = "--from", paramLabel = "DAY", required = true, description = "First day, as 2020-09-01.")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", paramLabel = "DAY", required = true, description = "Last day, as 2020-10-31.")
    private LocalDate to = LocalDate.EPOCH;

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        if (to.isBefore(from)) {
            throw new Failure("no days to read", from + " to " + to, "give --from and --to in order");
        }
        Sources sources = options.load();
        Source source = SourceOptions.find(sources, id);
        if (source.kind().isLocal(source.address())) {
            throw new Failure("nothing to page back through", source.address(), "read it with: ingest once " + id);
        }
        SourceReader reader = options.reader(sources, List.of(source), shutdown);
        return cluster.connected(shutdown, (outlet, book) -> {
            var session = outlet.session();
            long days = to.toEpochDay() - from.toEpochDay() + 1;
            SourceReader.Backfilled backfilled;
            try (var progress = ProgressBar.onStandardError("reading the days of " + id, days)) {
                long[] done = {0};
                backfilled =
                        reader.backfill(source, from, to, session, note -> progress.print(System.err, note), day -> {
                            long reached = Math.max(0, Math.min(days, to.toEpochDay() - day.toEpochDay()));
                            progress.advance(Math.max(0, reached - done[0]));
                            done[0] = Math.max(done[0], reached);
                        });
            }
            Tally tally = backfilled.tally();
            session.publish(book.afterBackfill(
                    source,
                    tally,
                    backfilled.whole(),
                    from,
                    to,
                    InstantSource.system().instant()));
            System.err.println("surgewire: " + id + ": " + Poller.summary(tally)
                    + (backfilled.whole()
                            ? ""
                            : "; the source's pages do not reach back to " + from + ", or some could not be read"));
            return tally.outcome() == Tally.Outcome.OK ? 0 : 1;
        });
    }
}
