package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * What was published while nobody counted is there when somebody does, also when later records of the same release came
 * first. The broker's cleaner is made quick; it is known to have passed by what it took from a compacted topic.
 */
@Tag("chaos")
class UnreadIT {
    private static final int RECORDS = 12;

    @Test
    @Timeout(180)
    void everyPoisonIsParkedAlsoWhenLaterRecordsOfItsReleaseWereThereBeforeItWasRead(@TempDir Path directory)
            throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            Topics topics = Topics.on(Registry.autoRegistering("mock://unread"), 1);
            String announcements = topics.announcements().name();
            topics.create(admin, (short) 1);
            var compacted = new Topic<>(
                    "compacted",
                    "release id",
                    ArrestAnnouncement.class,
                    topics.announcements().serde(),
                    1,
                    Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(compacted.toCreate((short) 1))).all().get();
            set(admin, ConfigResource.Type.BROKER, "", "log.cleaner.backoff.ms", "50");
            // A segment for each, as if it were full: the last one is never compacted.
            set(admin, ConfigResource.Type.TOPIC, announcements, "segment.ms", "1");
            set(admin, ConfigResource.Type.TOPIC, compacted.name(), "segment.ms", "1");

            ArrestAnnouncement announcement =
                    ScenarioPipeline.sampleAndScenarios().get(0);
            byte[] good = topics.announcements().serde().serializer().serialize(announcements, announcement);
            Map<String, String> expected = new TreeMap<>();
            for (int i = 0; i < RECORDS; i++) {
                boolean poison = i % 3 != 1;
                byte[] value = poison ? ("poison " + i).getBytes(StandardCharsets.UTF_8) : good;
                for (String topic : List.of(announcements, compacted.name())) {
                    producer.send(new ProducerRecord<>(
                                    topic,
                                    0,
                                    announcement.getPublished().toEpochMilli() + i * 1000L,
                                    announcement.getReleaseId(),
                                    value))
                            .get();
                }
                if (poison) {
                    expected.put(announcements + "-0@" + i, "NOT_AVRO");
                }
            }
            // The cleaner takes the log with most to clean: the other one, which is as large, had its turn when this is
            // done.
            Awaitility.await("compaction").atMost(Duration.ofMinutes(1)).until(() -> {
                var left = new AtomicInteger();
                new TopicReader(broker.bootstrapServers()).readBytes(compacted, record -> left.incrementAndGet());
                return left.get() <= 2;
            });

            try (StreamsApp app =
                    Part.streams(broker.bootstrapServers(), "mock://unread", directory.resolve("streams"), "only")) {
                new Drain(admin, app, SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID)).await();
            }
            Map<String, String> parked = new TreeMap<>();
            new TopicReader(broker.bootstrapServers())
                    .read(
                            topics.announcementsDlq(),
                            (place, letter) -> parked.merge(place, letter.getCause(), (one, other) -> one + other));
            assertThat(parked).isEqualTo(expected);
        }
    }

    private static void set(Admin admin, ConfigResource.Type type, String of, String name, String value)
            throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(type, of),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
