package org.surgewire.standalone.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import org.surgewire.standalone.Failure;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Table;

/** DuckDB, which is 85 MB and may be left out where nobody asks in SQL or wants Parquet. */
public final class DuckDb {
    private static final String MEMORY = "512MB";

    private DuckDb() {}

    /** Whether its driver is on the class path. */
    public static boolean isThere() {
        return DriverManager.drivers()
                .anyMatch(each -> each.getClass().getName().startsWith("org.duckdb."));
    }

    /** Fails with what to do where it is left out. */
    public static void require() {
        if (!isThere()) {
            throw new Failure("DuckDB is not here", "org.duckdb:duckdb_jdbc", "add its jar to the folder lib");
        }
    }

    /** A database that can read and write files, for our own statements alone. */
    static Connection writing(Path database) throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + database, properties());
    }

    /** A database that nothing can be changed in, and from which nothing else can be reached. */
    static Connection asking(Path database) throws SQLException {
        Properties properties = properties();
        properties.setProperty("duckdb.read_only", "true");
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("temp_directory", "");
        properties.setProperty("lock_configuration", "true");
        return DriverManager.getConnection("jdbc:duckdb:" + database, properties);
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", MEMORY);
        properties.setProperty("threads", "2");
        return properties;
    }

    /** Makes a table of a database from JSON Lines. */
    static void load(Connection into, Table table, Path lines) throws SQLException {
        try (Statement statement = into.createStatement()) {
            statement.execute("CREATE TABLE " + table.name() + " AS SELECT * FROM " + reading(table, lines));
            statement.execute("COMMENT ON TABLE " + table.name() + " IS " + text(table.about()));
            for (Column column : table.columns()) {
                statement.execute(
                        "COMMENT ON COLUMN " + table.name() + '.' + quoted(column) + " IS " + text(column.about()));
            }
        }
    }

    /** Writes JSON Lines as Parquet. */
    public static void parquet(Table table, Path lines, Path file) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:", properties());
                Statement statement = database.createStatement()) {
            statement.execute("COPY (SELECT * FROM " + reading(table, lines) + ") TO " + text(file.toString())
                    + " (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    private static String reading(Table table, Path lines) {
        String columns = table.columns().stream()
                .map(each -> quoted(each) + ": " + text(type(each.type())))
                .collect(Collectors.joining(", "));
        return "read_json(" + text(lines.toString()) + ", format = 'newline_delimited', columns = {" + columns + "})";
    }

    private static String type(Column.Type type) {
        return switch (type) {
            case TEXT -> "VARCHAR";
            case WHOLE -> "BIGINT";
            case NUMBER -> "DOUBLE";
            case DAY -> "DATE";
            case INSTANT -> "TIMESTAMPTZ";
            case TRUTH -> "BOOLEAN";
            case TEXTS -> "VARCHAR[]";
        };
    }

    private static String quoted(Column column) {
        return '"' + column.name() + '"';
    }

    private static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
