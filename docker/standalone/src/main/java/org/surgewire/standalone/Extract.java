package org.surgewire.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.Announcement;
import org.surgewire.ingest.extract.Evaluation;
import org.surgewire.ingest.extract.Explain;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.extract.Facts;
import org.surgewire.ingest.extract.FactsJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "extract",
        description = {
            "Reads the facts out of announcements.",
            "",
            "JSON Lines in, with id, text, and published or reference_date and publisher where known; a line of facts"
                    + " out for each.",
        })
final class Extract implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "JSON Lines; standard input when left out.")
    private @Nullable Path file;

    @Option(names = "--explain", description = "Print each text with the spans that were read marked, for a person.")
    private boolean explain;

    @Override
    public Integer call() throws IOException {
        Extractor extractor = Extractor.bundled();
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        long refused = 0;
        try (var in = open()) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    Announcement announcement = announcement(line);
                    Facts facts = extractor.extract(announcement);
                    out.println(explain ? Explain.render(announcement.text(), facts) : FactsJson.line(facts));
                } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
                    refused++;
                    System.err.printf("surgewire: line %d: %s%n", number, firstLine(e));
                }
            }
        }
        out.flush();
        if (refused > 0) {
            throw new Failure("not all lines could be read", refused + " refused", "correct the lines named above");
        }
        return 0;
    }

    private static Announcement announcement(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        if (!node.path("text").isTextual()) {
            throw new IllegalArgumentException("no JSON object with a field text");
        }
        return Evaluation.announcement(node);
    }

    private BufferedReader open() throws IOException {
        Path from = file;
        return new BufferedReader(new InputStreamReader(
                from == null ? System.in : Reading.file(from).open(), StandardCharsets.UTF_8));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
