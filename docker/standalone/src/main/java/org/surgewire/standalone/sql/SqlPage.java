package org.surgewire.standalone.sql;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Tables;

/**
 * A page to ask in SQL at {@code /sql}, and its answers at {@code /v1/sql}. They come from a copy of the stores that is made
 * when somebody asks and the last one is old.
 */
public final class SqlPage {
    private static final int MOST_ROWS = 1000;
    private static final int LONGEST_QUESTION = 4000;
    private static final int MOST_AT_ONCE = 2;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Tables tables;
    private final Path directory;
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);
    private int copies;
    private @Nullable Copy latest;

    private record Copy(Snapshot snapshot, Instant at, Duration took) {
        /** A copy that takes long to make is kept for longer. */
        boolean isFresh() {
            Duration kept = took.multipliedBy(10);
            return Instant.now().isBefore(at.plus(kept.compareTo(FRESH) > 0 ? kept : FRESH));
        }
    }

    /**
     * An answer, and when the copy was made that it comes from.
     */
    record Asked(Instant at, List<Answer.Field> columns, List<List<@Nullable Object>> rows, boolean more) {}

    /** @param directory where copies are made, empty and the caller's to delete */
    public SqlPage(Tables tables, Path directory) {
        this.tables = tables;
        this.directory = directory;
    }

    /** Adds the page and its answers to a server. */
    public void addTo(RoutesConfig routes) {
        routes.get("/sql", context -> resource(context, "sql.html", "text/html; charset=utf-8"));
        routes.get("/sql.js", context -> resource(context, "sql.js", "text/javascript; charset=utf-8"));
        routes.get("/v1/sql", this::ask);
    }

    private static void resource(Context context, String name, String type) throws IOException {
        try (InputStream in = Objects.requireNonNull(SqlPage.class.getResourceAsStream(name), name)) {
            context.contentType(type).result(in.readAllBytes());
        }
    }

    private void ask(Context context) throws IOException {
        String query = context.queryParam("query");
        if (query == null || query.isBlank()) {
            throw new BadRequestResponse("query is missing; give a SELECT, or SHOW TABLES");
        }
        if (query.length() > LONGEST_QUESTION) {
            throw new BadRequestResponse(
                    "query has " + query.length() + " characters; it may have " + LONGEST_QUESTION);
        }
        if (!asking.tryAcquire()) {
            context.header("Retry-After", "2");
            throw new ServiceUnavailableResponse(MOST_AT_ONCE + " questions are being answered; ask again in 2 s");
        }
        try {
            Copy copy = copy();
            Answer answer = copy.snapshot().ask(query, MOST_ROWS, LIMIT);
            context.json(new Asked(copy.at(), answer.columns(), answer.rows(), answer.more()));
        } catch (QueryRefused e) {
            throw new BadRequestResponse(Objects.requireNonNull(e.getMessage()));
        } finally {
            asking.release();
        }
    }

    private synchronized Copy copy() throws IOException {
        Copy known = latest;
        if (known != null && known.isFresh()) {
            return known;
        }
        Instant begun = Instant.now();
        Path into = Files.createDirectory(directory.resolve("copy-" + ++copies));
        Snapshot snapshot = Snapshot.make(into, tables.all(), (table, file) -> {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                Format.JSONL.write(table, out);
            }
        });
        // The former one may still be asked; the one before it is not.
        Path old = directory.resolve("copy-" + (copies - 2)).resolve("surgewire.duckdb");
        Files.deleteIfExists(old);
        Copy made = new Copy(snapshot, begun, Duration.between(begun, Instant.now()));
        latest = made;
        return made;
    }
}
