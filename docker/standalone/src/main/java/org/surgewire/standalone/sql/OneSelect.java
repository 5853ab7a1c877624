package org.surgewire.standalone.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * Lets one SELECT pass and nothing else, going by DuckDB's own parser. External access is off in the database anyway; this
 * also refuses what is left: its own file, its settings, and functions that make one value as large as memory.
 */
final class OneSelect {
    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "duckdb_tables", "duckdb_columns");
    private static final Set<String> REFUSED_FUNCTIONS = Set.of(
            "repeat",
            "lpad",
            "rpad",
            "printf",
            "format",
            "bar",
            "list_resize",
            "array_resize",
            "current_setting",
            "getenv",
            "query",
            "query_table");
    private static final ObjectMapper JSON = new ObjectMapper();

    private OneSelect() {}

    /** @throws QueryRefused when the text is anything else */
    static void check(Connection database, String sql) throws SQLException {
        JsonNode tree = parsed(database, sql);
        if (tree.path("error").asBoolean()) {
            String type = tree.path("error_type").asText();
            throw new QueryRefused(
                    type.equals("not implemented")
                            ? "only a SELECT can be asked"
                            : tree.path("error_message").asText());
        }
        if (tree.path("statements").size() != 1) {
            throw new QueryRefused("one SELECT can be asked at a time");
        }
        walk(tree);
    }

    private static JsonNode parsed(Connection database, String sql) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return JSON.readTree(rows.getString(1));
            }
        } catch (JsonProcessingException e) {
            throw new QueryRefused("the question is too deep to be read");
        }
    }

    private static void walk(JsonNode node) {
        String type = node.path("type").asText();
        if (type.equals("TABLE_FUNCTION")) {
            String name = name(node.path("function"));
            if (!TABLE_FUNCTIONS.contains(name)) {
                throw new QueryRefused(name + " is not possible here; the tables are");
            }
        } else if (type.equals("BASE_TABLE")) {
            String name = node.path("table_name").asText();
            if (!name.matches("\\w+")) {
                throw new QueryRefused("there is no table " + name + "; SHOW TABLES lists them");
            }
        } else if (node.has("function_name") && REFUSED_FUNCTIONS.contains(name(node))) {
            throw new QueryRefused(name(node) + " is not possible here");
        }
        node.forEach(OneSelect::walk);
    }

    private static String name(JsonNode function) {
        return function.path("function_name").asText().toLowerCase(Locale.ROOT);
    }
}
