package org.surgewire.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;

/** The tables that a running Surgewire exports. */
final class RemoteTables {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;

    /** @throws Failure when it is no address */
    RemoteTables(String root) {
        try {
            this.root = URI.create(root.endsWith("/") ? root : root + "/");
        } catch (IllegalArgumentException e) {
            throw new Failure("cannot ask for the tables", root, "give an address with --url", e);
        }
        if (this.root.getHost() == null
                || !String.valueOf(this.root.getScheme()).startsWith("http")) {
            throw new Failure("cannot ask for the tables", root, "give an address with --url");
        }
    }

    /** The tables and their columns, without rows. */
    List<Table> codebook() throws IOException, InterruptedException {
        List<Table> tables = new ArrayList<>();
        var response = send("v1/exports", BodyHandlers.ofString(StandardCharsets.UTF_8));
        for (JsonNode table : json.readTree(response.body()).path("tables")) {
            List<Column> columns = new ArrayList<>();
            for (JsonNode column : table.path("columns")) {
                columns.add(new Column(
                        column.path("name").asText(),
                        Column.Type.valueOf(column.path("type").asText().toUpperCase(Locale.ROOT)),
                        column.path("about").asText()));
            }
            tables.add(
                    new Table(table.path("name").asText(), table.path("about").asText(), columns, sink -> {}));
        }
        return tables;
    }

    /** Writes a table to a file while it arrives; a transfer that breaks off fails and leaves no file. */
    void write(Table table, Format format, Path to) throws IOException, InterruptedException {
        try {
            send("v1/exports/" + table.name() + "?format=" + format.label(), BodyHandlers.ofFile(to));
        } catch (IOException e) {
            Files.deleteIfExists(to);
            throw new IOException("the table " + table.name() + " broke off: " + e.getMessage() + "; try again", e);
        }
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            HttpResponse<T> response =
                    client.send(HttpRequest.newBuilder(root.resolve(path)).build(), body);
            if (response.statusCode() != 200) {
                throw new Failure(
                        "cannot read the tables",
                        root.resolve(path) + " answers " + response.statusCode(),
                        response.statusCode() == 503 ? "wait until it is ready" : "is that Surgewire?");
            }
            return response;
        } catch (ConnectException e) {
            throw new Failure("nothing answers", root.toString(), "start it, or name another with --url", e);
        }
    }
}
