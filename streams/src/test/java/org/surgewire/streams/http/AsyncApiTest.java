package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.streams.runtime.Pipeline;

/** Compares {@code asyncapi.yaml} with the topics, and with what is written to them. */
class AsyncApiTest {
    private static final SchemaRegistry DRAFT_7 = SchemaRegistry.withDialect(
            Dialects.getDraft7(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final Pipeline pipeline = new Pipeline();
    private final JsonNode document = read();

    private static JsonNode read() {
        try (var in = AsyncApiTest.class.getResourceAsStream("page/asyncapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    /** Channels by topic. */
    private Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new TreeMap<>();
        document.get("channels")
                .forEach(channel -> channels.put(channel.get("address").textValue(), channel));
        return channels;
    }

    private JsonNode resolved(JsonNode reference) {
        return document.at(reference.get("$ref").textValue().substring(1));
    }

    private JsonNode message(Topic<?> topic) {
        JsonNode messages = channels().get(topic.name()).get("messages");
        assertThat(messages).hasSize(1);
        return resolved(messages.elements().next());
    }

    @Test
    void everyTopicIsAChannelAndThereAreNoOthers() {
        assertThat(channels().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        pipeline.topics().all().stream().map(Topic::name).toList());
        assertThat(document.get("components").get("messages"))
                .hasSameSizeAs(channels().keySet());
    }

    @Test
    void somebodyWritesEveryChannel() {
        Set<String> written = new HashSet<>();
        document.get("operations").forEach(operation -> {
            assertThat(operation.get("action").textValue()).isEqualTo("send");
            written.add(resolved(operation.get("channel")).get("address").textValue());
        });

        assertThat(written).isEqualTo(channels().keySet());
        assertThat(document.get("operations")).hasSameSizeAs(written);
    }

    @Test
    void topicsAreMadeAsTheDocumentSays() {
        for (Topic<?> topic : pipeline.topics().all()) {
            JsonNode binding = channels().get(topic.name()).at("/bindings/kafka");

            assertThat(binding.get("topic").textValue()).isEqualTo(topic.name());
            binding.get("topicConfiguration").properties().forEach(config -> assertThat(
                            config.getValue().isArray()
                                    ? config.getValue().get(0).asText()
                                    : config.getValue().asText())
                    .as("%s of %s", config.getKey(), topic.name())
                    .isEqualTo(topic.configs().get(config.getKey())));
            assertThat(binding.get("topicConfiguration").has("cleanup.policy")).isTrue();
        }
    }

    @Test
    void keysAndValuesAreThoseOfTheTopic() {
        for (Topic<?> topic : pipeline.topics().all()) {
            JsonNode message = message(topic);

            assertThat(message.get("name").textValue()).isEqualTo(topic.schema().getName());
            assertThat(message.at("/bindings/kafka/key/title").textValue()).isEqualTo(topic.key());
            assertThat(message.at("/payload/schema/$ref").textValue()).isEqualTo("schemas/" + topic.subject());
        }
    }

    @Test
    void headersAreThoseThatAreWritten() {
        var trace = new RecordHeaders();
        trace.add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
        trace.add("tracestate", "a=1".getBytes(StandardCharsets.UTF_8));
        var announcement = inOperation(arrests("r1", "2020-09-28", MECKLENBURG, 12), "Operation Example", "LAUNCHED");
        pipeline.announce(announcement);
        pipeline.announceWith(trace, withdrawn(announcement, 2));
        Map<Class<?>, Set<String>> written = new HashMap<>();
        for (TestRecord<String, ?> result : pipeline.results()) {
            Class<?> type = result.value().getClass();
            result.headers().forEach(header -> written.computeIfAbsent(type, any -> new HashSet<>())
                    .add(header.key()));
            JsonNode declared = pipeline.topics().all().stream()
                    .filter(topic -> topic.type() == type)
                    .map(this::message)
                    .findFirst()
                    .orElseThrow()
                    .get("headers");
            check(declared, result);
        }

        Set<String> all = new HashSet<>();
        document.at("/components/schemas/cloudEvent/properties").fieldNames().forEachRemaining(all::add);
        for (Topic<?> topic : pipeline.topics().all()) {
            assertThat(written.getOrDefault(topic.type(), Set.of()))
                    .as(topic.name())
                    .isEqualTo(message(topic).has("headers") ? all : Set.of());
        }
    }

    /** Checks the headers of a record with the schema that the document has for them. */
    private void check(JsonNode declared, TestRecord<String, ?> result) {
        ObjectNode headers = new ObjectMapper().createObjectNode();
        result.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        ObjectNode schema = new ObjectMapper().createObjectNode();
        schema.set("allOf", declared.get("allOf"));
        schema.set("components", document.get("components"));
        assertThat(DRAFT_7.getSchema(schema).validate(headers))
                .as("%s", headers)
                .isEmpty();
    }

    @Test
    void referencesInsideTheDocumentLeadSomewhere() {
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(20);
        assertThat(references).filteredOn(each -> each.startsWith("#")).allSatisfy(each -> assertThat(
                        document.at(each.substring(1)).isMissingNode())
                .isFalse());
    }
}
