package org.surgewire.standalone.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;

class SnapshotTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Table COUNTS = new Table(
            "counts",
            "What's announced.",
            List.of(
                    new Column("place", Column.Type.TEXT, "Where."),
                    new Column("day", Column.Type.DAY, "When."),
                    new Column("arrests", Column.Type.WHOLE, "How many."),
                    new Column("share", Column.Type.NUMBER, ""),
                    new Column("at", Column.Type.INSTANT, ""),
                    new Column("open", Column.Type.TRUTH, ""),
                    new Column("flags", Column.Type.TEXTS, "")),
            sink -> {
                for (int i = 0; i < 100; i++) {
                    sink.row(
                            i % 2 == 0 ? "a" : "b'c",
                            LocalDate.of(2020, 9, 28),
                            i == 7 ? null : (Long) (long) i,
                            0.5,
                            Instant.EPOCH,
                            true,
                            List.of("x", "y"));
                }
            });

    @TempDir
    static Path directory;

    private static Snapshot snapshot;
    private static Path secret;

    @BeforeAll
    static void make() throws IOException {
        secret = Files.writeString(directory.resolve("secret.csv"), "secret\nhush-hush\n");
        snapshot =
                Snapshot.make(Files.createDirectory(directory.resolve("copy")), List.of(COUNTS), SnapshotTest::write);
    }

    private static void write(Table table, Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Format.JSONL.write(table, out);
        }
    }

    private static Answer ask(String sql) {
        return snapshot.ask(sql, 10, LIMIT);
    }

    @Test
    void valuesComeBackAsTheyWere() {
        Answer answer =
                ask("SELECT *, sum(arrests) OVER () AS total FROM counts WHERE place = 'b''c' ORDER BY arrests");
        assertThat(answer.more()).isTrue();
        assertThat(answer.rows()).hasSize(10);
        assertThat(answer.rows().get(0).subList(0, 4)).containsExactly("b'c", "2020-09-28", 1L, 0.5);
        assertThat(answer.rows().get(0).subList(5, 7)).containsExactly(true, List.of("x", "y"));
        assertThat(answer.columns()).extracting(Answer.Field::name).contains("place", "total");
        assertThat(ask("SELECT sum(arrests) FROM counts").rows()).isEqualTo(List.of(List.of(4950L - 7)));
        assertThat(ask("SELECT count(*) FROM counts WHERE arrests IS NULL").rows())
                .isEqualTo(List.of(List.of(1L)));
    }

    @Test
    void tablesSayWhatTheyHold() {
        assertThat(ask("SHOW TABLES").rows()).isEqualTo(List.of(List.of("counts")));
        assertThat(ask("SELECT comment FROM duckdb_columns() WHERE column_name = 'arrests'")
                        .rows())
                .isEqualTo(List.of(List.of("How many.")));
        assertThat(ask("SELECT comment FROM duckdb_tables()").rows()).isEqualTo(List.of(List.of("What's announced.")));
        assertThat(ask("WITH t AS (SELECT 1 AS x) SELECT x, i FROM t, range(3) r(i)")
                        .rows())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('%s')",
                "SELECT * FROM '%s'",
                "FROM \"%s\"",
                "SELECT (SELECT content FROM read_text('%s'))",
                "SELECT 1 WHERE EXISTS (SELECT * FROM read_blob('%s'))",
                "WITH a AS MATERIALIZED (SELECT * FROM read_text('%s')) SELECT * FROM a",
                "SELECT * FROM query('SELECT * FROM read_text(''%s'')')",
                "SELECT * FROM query_table('%s')",
                "SELECT * FROM glob('/*') -- %s",
                "SELECT * FROM sniff_csv('%s')",
                "SELECT * FROM parquet_scan('%s')",
                "SELECT * FROM sqlite_scan('%s', 'x')",
                "COPY counts TO '%s'",
                "COPY (SELECT 1) TO '%s'",
                "ATTACH '%s'",
                "EXPORT DATABASE '%s'",
                "IMPORT DATABASE '%s'",
                "INSTALL httpfs -- %s",
                "LOAD '%s'",
                "SET enable_external_access = true -- %s",
                "PRAGMA database_list -- %s",
                "SELECT * FROM duckdb_databases() -- %s",
                "SELECT * FROM duckdb_settings() -- %s",
                "SELECT current_setting('secret_directory') -- %s",
                "SELECT getenv('HOME') -- %s",
                "CREATE TABLE t AS SELECT 1 -- %s",
                "CREATE TEMP TABLE t AS SELECT 1 -- %s",
                "INSERT INTO counts SELECT * FROM counts -- %s",
                "DELETE FROM counts -- %s",
                "DROP TABLE counts -- %s",
                "CALL pragma_version() -- %s",
                "SELECT 1; SELECT 2 -- %s",
                "SELECT 1); DROP TABLE counts; -- %s",
                "SELECT repeat('x', 1000000000) -- %s",
                "SELECT lpad('x', 1000000000, 'y') -- %s",
                "SELECT list(i) FROM range(1000000000) r(i) -- %s",
                "",
                ";"
            })
    void nothingButASelectOverTheTablesIsAnswered(String sql) {
        String question = sql.replace("%s", secret.toString());
        assertThatThrownBy(() -> ask(question)).isInstanceOf(QueryRefused.class).hasMessageNotContaining("hush-hush");
        assertThat(secret).hasContent("secret\nhush-hush\n");
        assertThat(ask("SELECT count(*) FROM counts").rows()).isEqualTo(List.of(List.of(100L)));
    }

    @Test
    void itsOwnFileIsNotReadEither() {
        Path own = directory.resolve("copy").resolve("surgewire.duckdb");
        for (String sql : List.of("SELECT * FROM read_blob('" + own + "')", "FROM '" + own + "'")) {
            assertThatThrownBy(() -> ask(sql)).isInstanceOf(QueryRefused.class);
        }
    }

    @Test
    void theNetworkIsNotReached() throws IOException {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.csv";
            for (String sql : List.of(
                    "SELECT * FROM '" + address + "'",
                    "SELECT * FROM read_csv('" + address + "')",
                    "SELECT * FROM read_text('" + address + "')",
                    "ATTACH '" + address + "'",
                    "COPY counts TO '" + address + "'")) {
                assertThatThrownBy(() -> ask(sql)).isInstanceOf(QueryRefused.class);
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aQuestionThatTakesTooLongIsGivenUp() {
        assertThatThrownBy(() -> snapshot.ask(
                        "SELECT count(*) FROM range(1000000000000) a(i) WHERE i % 7 = 3", 10, Duration.ofSeconds(1)))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining("longer than 1 s");
    }

    @Test
    void aMistakeIsExplained() {
        assertThatThrownBy(() -> ask("SELECT arests FROM counts")).hasMessageContaining("\"arrests\"");
        assertThatThrownBy(() -> ask("SELEC 1")).hasMessageContaining("syntax error");
        assertThatThrownBy(() -> ask("DROP TABLE counts")).hasMessage("only a SELECT can be asked");
    }

    @Test
    void aTableIsWrittenAsParquet() throws Exception {
        Path lines = directory.resolve("counts.jsonl");
        Path file = directory.resolve("it's.parquet");
        write(COUNTS, lines);
        DuckDb.parquet(COUNTS, lines, file);
        try (var database = DriverManager.getConnection("jdbc:duckdb:");
                var statement = database.prepareStatement(
                        "SELECT count(*), sum(arrests), min(day), any_value(flags)" + " FROM read_parquet(?)")) {
            statement.setString(1, file.toString());
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(100);
                assertThat(rows.getLong(2)).isEqualTo(4950 - 7);
                assertThat(rows.getObject(3)).isEqualTo(LocalDate.of(2020, 9, 28));
            }
        }
    }
}
