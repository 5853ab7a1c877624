package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * Two instances on one broker, partitions moving between them while announcements arrive in any order and more than once,
 * come to what one instance comes to that reads them in order. {@code -Dsurgewire.seed=N} repeats a run.
 */
class RebalanceIT {
    private static final long SEED = Long.getLong("surgewire.seed", 20_201_007L);
    private static final int PARTITIONS = 4;
    private static final Duration READY = Duration.ofSeconds(30);

    @Test
    @Timeout(300)
    void anInstanceThatJoinsAndOneThatLeavesChangeNothing(@TempDir Path directory) throws Exception {
        System.out.println("RebalanceIT: seed " + SEED);
        List<ArrestAnnouncement> inOrder = ScenarioPipeline.sampleAndScenarios();
        var random = new Random(SEED);
        List<ArrestAnnouncement> anyOrder = OrderTest.reordered(inOrder, random);
        // Where the stream is cut by what happens to the instances.
        int[] cuts = random.ints(3, 1, anyOrder.size()).sorted().toArray();

        Map<String, String> expected = onABroker(directory.resolve("one"), run -> {
            try (StreamsApp only = run.start("only")) {
                run.feed(inOrder);
                run.drain(only);
            }
        });
        Map<String, String> moved = onABroker(directory.resolve("two"), run -> {
            StreamsApp first = run.start("first");
            run.awaitReady(first);
            run.feed(anyOrder.subList(0, cuts[0]));
            try (StreamsApp second = run.start("second")) {
                run.feed(anyOrder.subList(cuts[0], cuts[1]));
                // It is ready as soon as it belongs to the group; its partitions are handed over one by one.
                Awaitility.await("partitions of the second").atMost(READY).until(() -> tasks(second) > 0);
                run.awaitReady(second);
                run.feed(anyOrder.subList(cuts[1], cuts[2]));
                var leaving = CompletableFuture.runAsync(first::close);
                run.feed(anyOrder.subList(cuts[2], anyOrder.size()));
                leaving.join();
                run.drain(second);
            }
        });

        // What differs, alone: all of it would fill pages.
        var onlyExpected = new TreeMap<>(expected);
        onlyExpected.entrySet().removeAll(moved.entrySet());
        moved.entrySet().removeAll(expected.entrySet());
        assertThat(moved).as("seed %d", SEED).isEqualTo(onlyExpected);
        assertThat(expected.keySet()).anyMatch(key -> key.startsWith("enforcement.alerts.v1"));
    }

    private static int tasks(StreamsApp app) {
        return app.streams().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    private interface Course {
        void run(Run on) throws Exception;
    }

    /** What the topics hold after a course of events: the last value of each key, by topic and key. */
    private static Map<String, String> onABroker(Path directory, Course course) throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var run = new Run(broker.bootstrapServers(), directory)) {
            course.run(run);
            return Standing.in(run.topics, run.servers);
        }
    }

    private static final class Run implements AutoCloseable {
        private final Topics topics = Topics.on(Registry.autoRegistering("mock://rebalance"), PARTITIONS);
        private final String servers;
        private final Path directory;
        private final Admin admin;
        private final KafkaProducer<String, ArrestAnnouncement> producer;

        Run(String servers, Path directory) {
            this.servers = servers;
            this.directory = directory;
            admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
            topics.create(admin, (short) 1);
            producer = new KafkaProducer<>(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                    new StringSerializer(),
                    topics.announcements().serde().serializer());
        }

        StreamsApp start(String name) {
            var settings = new StreamsSettings(
                    Stack.APPLICATION_ID, servers, directory.resolve(name), 1, 0, Duration.ofMillis(100), 1, "");
            return StreamsApp.start(
                    settings, topics, Jurisdictions.bundled(), new Clock.OfAnnouncements(), AlertSettings.defaults());
        }

        void awaitReady(StreamsApp app) {
            Awaitility.await().atMost(READY).until(app::isReady);
        }

        void feed(List<ArrestAnnouncement> announcements) {
            for (ArrestAnnouncement each : announcements) {
                var unused = producer.send(new ProducerRecord<>(
                        topics.announcements().name(),
                        null,
                        each.getPublished().toEpochMilli(),
                        each.getReleaseId(),
                        each));
            }
            producer.flush();
        }

        void drain(StreamsApp app) throws InterruptedException {
            new Drain(admin, app, SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID)).await();
        }

        @Override
        public void close() {
            producer.close();
            admin.close();
        }
    }
}
