package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Counts the announcements of JSON Lines files and writes the result.",
            "",
            "The same pipeline as live, as a batch: totals.csv, counts.csv, counts-by-period.csv, cases.jsonl,"
                    + " operations.jsonl, alerts.jsonl, announcements.jsonl and dead-letters.jsonl, sorted, the same for the same input.",
        })
final class Replay implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON Lines, plain or gzip, read in this order.")
    private List<Path> files = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write; made when missing.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        files.forEach(Reading::file);
        Directories.prepare(out, "the result", "--out");
        Replayed replayed = Replayed.of(files, shutdown);
        new Export(replayed.stack(), out).write();
        System.err.printf(
                "surgewire: counted %,d revisions of announcements, parked %,d lines in %s%n",
                replayed.reading().published(), replayed.reading().refused(), out.resolve("dead-letters.jsonl"));
        return 0;
    }
}
