package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Checks answers against {@code openapi.json}, for the part of JSON Schema that it uses. */
final class Contract {
    private final JsonNode document;

    Contract() {
        try (var in = Contract.class.getResourceAsStream("page/openapi.json")) {
            document = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> paths() {
        List<String> paths = new ArrayList<>();
        document.get("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** Names of the query parameters of a path. */
    List<String> parameters(String path) {
        List<String> names = new ArrayList<>();
        document.get("paths").get(path).at("/get/parameters").forEach(given -> {
            JsonNode parameter = given.has("$ref")
                    ? document.at(given.get("$ref").textValue().substring(1))
                    : given;
            if (parameter.get("in").textValue().equals("query")) {
                names.add(parameter.get("name").textValue());
            }
        });
        return names;
    }

    /** Fails unless the answer to a request is what the contract says. */
    void check(String request, String status, JsonNode answer) {
        String path = request.replaceFirst("\\?.*", "");
        String template = paths().stream()
                .filter(each -> path.matches(each.replace("{id}", ".+")))
                .reduce((shorter, longer) -> longer)
                .orElseThrow();
        JsonNode response =
                document.get("paths").get(template).at("/get/responses").get(status);
        check(response.at("/content").get("application/json").get("schema"), answer, path);
    }

    void check(String schema, JsonNode answer) {
        check(document.at("/components/schemas").get(schema), answer, schema);
    }

    private void check(JsonNode schema, JsonNode value, String where) {
        if (schema.has("$ref")) {
            check(document.at(schema.get("$ref").textValue().substring(1)), value, where);
        } else if (schema.has("oneOf")) {
            int matching = 0;
            for (JsonNode choice : schema.get("oneOf")) {
                matching += fits(choice, value) ? 1 : 0;
            }
            assertThat(matching).as("choices that %s fits", where).isEqualTo(1);
        } else {
            assertThat(types(schema.get("type"))).as("type of %s", where).contains(type(value));
            checkInside(schema, value, where);
        }
    }

    private void checkInside(JsonNode schema, JsonNode value, String where) {
        if (schema.has("enum")) {
            assertThat(schema.get("enum")).as(where).contains(value);
        }
        if ("date".equals(schema.path("format").textValue()) && value.isTextual()) {
            assertThat(value.textValue()).as(where).matches("\\d{4}-\\d{2}-\\d{2}");
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.get("items"), value.get(i), where + "/" + i);
            }
        }
        if (value.isObject()) {
            schema.get("required").forEach(name -> assertThat(value.has(name.textValue()))
                    .as("%s has %s", where, name)
                    .isTrue());
            value.properties().forEach(entry -> {
                assertThat(schema.get("properties").has(entry.getKey()))
                        .as("%s may have %s", where, entry.getKey())
                        .isTrue();
                check(schema.get("properties").get(entry.getKey()), entry.getValue(), where + "/" + entry.getKey());
            });
        }
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        try {
            check(schema, value, "choice");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static List<String> types(JsonNode type) {
        List<String> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        } else {
            type.forEach(each -> types.add(each.textValue()));
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }
}
