package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.surgewire.ingest.extract.Evaluation;
import org.surgewire.ingest.extract.Extractor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "evaluate", description = "Scores the extraction against labelled announcements.")
final class Evaluate implements Callable<Integer> {
    @Parameters(paramLabel = "LABELS", description = "JSON Lines of labelled announcements.")
    private Path labels = Path.of("");

    @Option(
            names = "--misses",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also print up to N misses of each figure (default: ${DEFAULT-VALUE}).")
    private int misses;

    @Override
    public Integer call() throws IOException {
        Reading.file(labels);
        Evaluation evaluation;
        try {
            evaluation = Evaluation.of(Extractor.bundled(), Files.readAllLines(labels));
        } catch (IllegalArgumentException e) {
            throw new Failure("cannot read the labels", labels + ": " + e.getMessage(), "correct the line", e);
        }
        System.out.print(evaluation.table());
        if (misses > 0) {
            evaluation.misses(misses).forEach(System.out::println);
        }
        return 0;
    }
}
