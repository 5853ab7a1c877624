package org.surgewire.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surgewire.standalone.sql.Answer;
import org.surgewire.standalone.sql.DuckDb;
import org.surgewire.standalone.sql.QueryRefused;
import org.surgewire.standalone.sql.Snapshot;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        description = {
            "Answers a SELECT from what a running Surgewire knows.",
            "",
            "The tables are copied first and asked with DuckDB; the question reaches neither files nor the network."
                    + " SHOW TABLES and DESCRIBE counts say what there is.",
        })
final class Sql implements Callable<Integer> {
    private static final int WIDEST = 60;

    @Parameters(paramLabel = "SELECT", description = "The question; - reads it from standard input.")
    private String query = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Address of the API (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most rows given (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Time for the answer once the tables are here (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--csv", description = "Write CSV, whole; left out, a table with long texts cut.")
    private boolean csv;

    @Override
    public Integer call() throws Exception {
        DuckDb.require();
        if (rows < 1 || seconds < 1) {
            throw new Failure("cannot ask", "rows " + rows + ", seconds " + seconds, "choose 1 or more");
        }
        String question = query.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : query;
        var remote = new RemoteTables(url);
        Path directory = Files.createTempDirectory("surgewire-sql-");
        try {
            Snapshot snapshot = Snapshot.make(directory, remote.codebook(), (table, file) -> {
                try {
                    remote.write(table, Format.JSONL, file);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            });
            print(snapshot.ask(question, rows, Duration.ofSeconds(seconds)));
            return 0;
        } catch (QueryRefused e) {
            throw new Failure("cannot answer: " + e.getMessage(), e);
        } finally {
            Directories.delete(directory);
        }
    }

    private void print(Answer answer) throws IOException {
        List<String> head = answer.columns().stream().map(Answer.Field::name).toList();
        if (csv) {
            List<Column> columns = head.stream()
                    .map(name -> new Column(name, Column.Type.TEXT, ""))
                    .toList();
            Format.CSV.write(
                    new Table("answer", "", columns, sink -> {
                        for (List<@Nullable Object> row : answer.rows()) {
                            sink.row(row.toArray());
                        }
                    }),
                    System.out);
        } else {
            List<List<String>> lines = new ArrayList<>();
            lines.add(head);
            answer.rows().forEach(row -> lines.add(row.stream().map(Sql::shown).toList()));
            print(lines);
        }
        if (answer.more()) {
            System.err.println("surgewire: there are more than " + rows + " rows; --rows gives more of them");
        }
    }

    private static void print(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            var text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            System.out.println(text.toString().stripTrailing());
        }
    }

    /** On one line, without what a terminal would take for a command. */
    private static String shown(@Nullable Object value) {
        String text = Objects.toString(value, "").replaceAll("\\p{C}+", " ");
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}
