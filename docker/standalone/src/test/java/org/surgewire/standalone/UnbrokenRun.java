package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.SurgewireTopology;

/** What announcements come to when nothing happens meanwhile: what a run with disturbances must come to as well. */
final class UnbrokenRun {
    private static final String REGISTRY = "mock://unbroken";

    /** The topics of its broker; the registry lives in this process. */
    static final Topics TOPICS = Topics.on(Registry.autoRegistering(REGISTRY), Part.PARTITIONS);

    private UnbrokenRun() {}

    /**
     * Counts announcements on an empty broker.
     *
     * @param outcome taken from the broker at this address when all are counted
     */
    static <T> T of(List<ArrestAnnouncement> announcements, Path directory, Function<String, T> outcome)
            throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                var producer = producer(broker.bootstrapServers())) {
            TOPICS.create(admin, (short) 1);
            try (StreamsApp app =
                    Part.streams(broker.bootstrapServers(), REGISTRY, directory.resolve("streams"), "only")) {
                for (ArrestAnnouncement each : announcements) {
                    var unused = producer.send(record(TOPICS, each, each.getPublished()));
                }
                producer.flush();
                new Drain(admin, app, SurgewireTopology.readInOrder(TOPICS, Stack.APPLICATION_ID)).await();
            }
            return outcome.apply(broker.bootstrapServers());
        }
    }

    /** One that outlasts a broker's restart. */
    static KafkaProducer<String, byte[]> producer(String servers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topics.MOST_BYTES,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        300_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        300_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static ProducerRecord<String, byte[]> record(Topics topics, ArrestAnnouncement each, Instant at) {
        String topic = topics.announcements().name();
        return new ProducerRecord<>(
                topic,
                null,
                at.toEpochMilli(),
                each.getReleaseId(),
                topics.announcements().serde().serializer().serialize(topic, each));
    }
}
