package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.surgewire.ingest.poll.KafkaOutlet;
import org.surgewire.ingest.poll.LocalFiles;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.publish.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "file",
        description = {
            "Publishes the releases of JSON Lines files.",
            "",
            "Broken off and started again, it goes on where it was; while the broker is away it waits."
        })
final class IngestFile implements Callable<Integer> {
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON Lines, plain or gzip, read in this order.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        long lines = 0;
        for (Path file : files) {
            lines += Reading.countLines(Reading.file(file));
        }
        long total = lines;
        return cluster.connected(shutdown, (outlet, book) -> {
            while (true) {
                try {
                    return read(outlet, total);
                } catch (RuntimeException e) {
                    Trouble trouble = Trouble.of(e);
                    if (trouble == null || !trouble.passing()) {
                        throw e;
                    }
                    System.err.println(
                            "surgewire: " + trouble.message() + "; tried again in " + WAIT.toSeconds() + " s");
                    Thread.sleep(WAIT.toMillis());
                }
            }
        });
    }

    private int read(KafkaOutlet outlet, long total) throws Exception {
        Tally tally;
        try (var progress = ProgressBar.onStandardError("publishing", total)) {
            tally = new Tally(note -> {
                if (note.startsWith("refused")) {
                    progress.print(System.err, note);
                }
            });
            new LocalFiles(Stack.ZONE, InstantSource.system())
                    .read(files, outlet.session(), tally, file -> progress.advance(1));
        }
        System.err.printf(
                "surgewire: %,d revisions published, %,d lines as before, %,d parked%n",
                tally.published(), tally.unchanged(), tally.refused());
        return 0;
    }
}
