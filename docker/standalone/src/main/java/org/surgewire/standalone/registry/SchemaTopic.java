package org.surgewire.standalone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The journal as a compacted topic of one partition, with keys and values as Confluent's Schema Registry writes them.
 * There is one writer at a time: whoever runs the broker.
 */
final class SchemaTopic implements SchemaStore.Journal, AutoCloseable {
    static final String NAME = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final KafkaProducer<String, @Nullable String> producer;

    /** Creates the topic when it is missing. */
    SchemaTopic(String bootstrapServers) throws IOException {
        this.bootstrapServers = bootstrapServers;
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var topic = new NewTopic(NAME, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("cannot create the topic " + NAME + ": " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "max.block.ms", "15000",
                        "request.timeout.ms", "10000",
                        "delivery.timeout.ms", "15000"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Tells the store everything that was appended so far. */
    void replayTo(SchemaStore store) throws IOException {
        try (var consumer = new KafkaConsumer<>(
                // The short wait: closing waits for the last fetch, which has nothing to bring.
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false", "fetch.max.wait.ms", "5"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = Optional.ofNullable(
                            consumer.endOffsets(List.of(PARTITION)).get(PARTITION))
                    .orElseThrow();
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, String> change : consumer.poll(Duration.ofMillis(500))) {
                    replay(store, change);
                }
            }
        }
    }

    private static void replay(SchemaStore store, ConsumerRecord<String, @Nullable String> change) throws IOException {
        try {
            JsonNode key = JSON.readTree(change.key());
            String json = change.value();
            JsonNode value = json == null ? JSON.nullNode() : JSON.readTree(json);
            switch (key.path("keytype").asText()) {
                case "SCHEMA" ->
                    store.restore(new SchemaStore.SchemaVersion(
                            value.required("subject").textValue(),
                            value.required("version").intValue(),
                            value.required("id").intValue(),
                            value.required("schema").textValue(),
                            value.path("deleted").booleanValue()));
                case "CONFIG" ->
                    store.restore(
                            key.path("subject").textValue(),
                            value.isNull()
                                    ? null
                                    : Compatibility.of(
                                            value.required("compatibilityLevel").textValue()));
                default -> throw new IllegalArgumentException("unknown key type");
            }
        } catch (JsonProcessingException | IllegalArgumentException | RegistryException e) {
            throw new IOException(
                    "the record at offset " + change.offset() + " of the topic " + NAME + " is no schema: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void append(SchemaStore.SchemaVersion version) throws IOException {
        ObjectNode key = JSON.createObjectNode()
                .put("keytype", "SCHEMA")
                .put("subject", version.subject())
                .put("version", version.version())
                .put("magic", 1);
        ObjectNode value = JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema())
                .put("deleted", version.deleted());
        send(key, value);
    }

    @Override
    public void append(@Nullable String subject, @Nullable Compatibility level) throws IOException {
        ObjectNode key = JSON.createObjectNode()
                .put("keytype", "CONFIG")
                .put("subject", subject)
                .put("magic", 0);
        send(key, level == null ? null : JSON.createObjectNode().put("compatibilityLevel", level.name()));
    }

    private void send(ObjectNode key, @Nullable ObjectNode value) throws IOException {
        try {
            producer.send(new ProducerRecord<>(NAME, 0, key.toString(), value == null ? null : value.toString()))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("cannot write to the topic " + NAME + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        var io = new InterruptedIOException("interrupted while using the topic " + NAME);
        io.initCause(e);
        return io;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
