package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.surgewire.standalone.sql.DuckDb;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes what a running Surgewire knows as tables, and codebook.md beside them.",
            "",
            "Tables are written while they arrive and replace earlier files of the same name.",
        })
final class ExportTables implements Callable<Integer> {
    /** How files are written. */
    enum FileFormat {
        CSV,
        JSONL,
        PARQUET
    }

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the files; made when missing.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv, jsonl or parquet (default: ${DEFAULT-VALUE}).")
    private FileFormat format = FileFormat.CSV;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            split = ",",
            description = "Only this table (may be repeated); left out, all.")
    private List<String> wanted = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Address of the API (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Override
    public Integer call() throws Exception {
        if (format == FileFormat.PARQUET) {
            DuckDb.require();
        }
        Directories.prepare(out, "the tables", "--out");
        var remote = new RemoteTables(url);
        List<Table> tables = remote.codebook();
        List<String> names = tables.stream().map(Table::name).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new Failure(
                        "cannot export", "there is no table " + name, "there are " + String.join(", ", names));
            }
        }
        String extension = format.name().toLowerCase(Locale.ROOT);
        for (Table table : tables) {
            if (wanted.isEmpty() || wanted.contains(table.name())) {
                Path file = out.resolve(table.name() + "." + extension);
                write(remote, table, file);
                System.out.printf("%s (%,d bytes)%n", file, Files.size(file));
            }
        }
        Files.writeString(out.resolve("codebook.md"), codebook(tables));
        return 0;
    }

    private void write(RemoteTables remote, Table table, Path file) throws IOException, InterruptedException {
        if (format != FileFormat.PARQUET) {
            remote.write(table, format == FileFormat.CSV ? Format.CSV : Format.JSONL, file);
            return;
        }
        Path lines = out.resolve(table.name() + ".jsonl.part");
        try {
            remote.write(table, Format.JSONL, lines);
            DuckDb.parquet(table, lines, file);
        } catch (SQLException e) {
            throw new Failure("cannot write Parquet", String.valueOf(e.getMessage()), "try --format jsonl", e);
        } finally {
            Files.deleteIfExists(lines);
        }
    }

    private static String codebook(List<Table> tables) {
        var text = new StringBuilder("# Codebook\n\nAnnounced arrests, each event counted once. Announcements are not"
                + " convictions; a missing value is unknown, not zero. Days are ISO 8601, instants UTC.\n");
        for (Table table : tables) {
            text.append("\n## ").append(table.name()).append("\n\n").append(table.about());
            text.append("\n\n| column | type | |\n|---|---|---|\n");
            for (Column column : table.columns()) {
                text.append("| ")
                        .append(column.name())
                        .append(" | ")
                        .append(column.type().label());
                text.append(" | ").append(column.about()).append(" |\n");
            }
        }
        return text.toString();
    }
}
