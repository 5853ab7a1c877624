package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks answers against {@code openapi.json}, in the dialect of JSON Schema that OpenAPI 3.1 has, formats included. */
final class Contract {
    private static final String ID = "https://surgewire.example/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    Contract() {
        try (var in = Contract.class.getResourceAsStream("page/openapi.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            document = new ObjectMapper().readTree(text);
            schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(ID, text))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
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
            JsonNode parameter = resolved(given);
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
        JsonNode response = resolved(
                document.get("paths").get(template).at("/get/responses").get(status));
        response.get("content").forEach(content -> {
            String reference = content.at("/schema/$ref").textValue();
            check(reference.substring(reference.lastIndexOf('/') + 1), answer);
        });
    }

    void check(String schema, JsonNode answer) {
        var errors = schemas.getSchema(SchemaLocation.of(ID + "#/components/schemas/" + schema))
                .validate(answer);
        assertThat(errors).as("%s: %s", schema, answer).isEmpty();
    }

    private JsonNode resolved(JsonNode given) {
        return given.has("$ref") ? document.at(given.get("$ref").textValue().substring(1)) : given;
    }
}
