package org.surgewire.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.SurgewireTopology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Counts the announcements of JSON Lines files and writes the result.",
            "",
            "The same pipeline as live, as a batch: totals.csv, counts.csv, cases.jsonl, operations.jsonl,"
                    + " alerts.jsonl, announcements.jsonl and dead-letters.jsonl, sorted, the same for the same input.",
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
        List<Reading.Source> sources = new ArrayList<>();
        long lines = 0;
        for (Path file : files) {
            Reading.Source source = Reading.file(file);
            sources.add(source);
            lines += Reading.countLines(source);
        }
        Directories.prepare(out, "the result", "--out");
        Path work = Files.createTempDirectory("surgewire-replay-");
        shutdown.closeLater("working directory", () -> Directories.delete(work));
        Stack stack = Stack.start(work, new Clock.OfAnnouncements(), shutdown);
        var reading = new Reading(stack.publisher());
        try (var progress = ProgressBar.onStandardError("reading", lines)) {
            for (int i = 0; i < sources.size(); i++) {
                reading.read(files.get(i).toString(), sources.get(i), progress, release -> {});
            }
        }
        new Drain(stack.admin(), stack.streams(), SurgewireTopology.readInOrder(stack.topics(), Stack.APPLICATION_ID))
                .await();
        new Export(stack, out).write();
        System.err.printf(
                "surgewire: counted %,d revisions of announcements, parked %,d lines in %s%n",
                reading.published(), reading.refused(), out.resolve("dead-letters.jsonl"));
        return 0;
    }
}
