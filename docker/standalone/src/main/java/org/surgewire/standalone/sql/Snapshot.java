package org.surgewire.standalone.sql;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.export.Table;

/** A copy of all tables that can be asked in SQL. It may be asked by several threads at once. */
public final class Snapshot {
    private static final int LONGEST_TEXT = 100_000;

    private final Path database;

    private Snapshot(Path database) {
        this.database = database;
    }

    /** Where the rows of tables come from. */
    public interface Lines {
        /** Writes a table as JSON Lines. */
        void write(Table table, Path to) throws IOException;
    }

    /**
     * Makes the copy.
     *
     * @param directory where it lies, empty and the caller's to delete
     */
    public static Snapshot make(Path directory, List<Table> tables, Lines lines) throws IOException {
        Path database = directory.resolve("surgewire.duckdb");
        try (Connection connection = DuckDb.writing(database)) {
            for (Table table : tables) {
                Path file = directory.resolve(table.name() + ".jsonl");
                lines.write(table, file);
                DuckDb.load(connection, table, file);
                Files.delete(file);
            }
        } catch (SQLException e) {
            throw new IOException("the copy for SQL cannot be made: " + e.getMessage(), e);
        }
        return new Snapshot(database);
    }

    /**
     * Answers a question.
     *
     * @param most rows given
     * @param limit time for the answer, reading it included
     * @throws QueryRefused when it is no single SELECT, DuckDB does not understand it, or it takes too long
     */
    public Answer ask(String sql, int most, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Connection connection = DuckDb.asking(database)) {
            OneSelect.check(connection, sql);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows, most, deadline);
                }
            }
        } catch (SQLException e) {
            String message = Objects.toString(e.getMessage(), "it failed");
            throw new QueryRefused(
                    message.startsWith("INTERRUPT")
                            ? "it takes longer than " + limit.toSeconds() + " s; ask for less"
                            : message.replaceAll("\\s*\\R\\s*", " ").strip());
        }
    }

    private static Answer read(ResultSet rows, int most, long deadline) throws SQLException {
        ResultSetMetaData about = rows.getMetaData();
        List<Answer.Field> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(new Answer.Field(about.getColumnName(i), about.getColumnTypeName(i)));
        }
        List<List<@Nullable Object>> values = new ArrayList<>();
        while (rows.next()) {
            if (values.size() == most) {
                return new Answer(columns, values, true);
            }
            if (System.nanoTime() > deadline) {
                throw new QueryRefused("reading the answer takes too long; ask for less");
            }
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(value(rows.getObject(i)));
            }
            values.add(row);
        }
        return new Answer(columns, values, false);
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            return value;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        if (value instanceof BigInteger sum && sum.bitLength() < Long.SIZE) {
            return sum.longValue();
        }
        if (value instanceof Array array) {
            return Arrays.stream((@Nullable Object[]) array.getArray())
                    .map(each -> Objects.toString(each, null))
                    .toList();
        }
        String text = value.toString();
        if (text.length() > LONGEST_TEXT) {
            throw new QueryRefused("a text has " + text.length() + " characters; it may have " + LONGEST_TEXT);
        }
        return text;
    }
}
