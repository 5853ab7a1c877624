package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * The former release and this one on the same data: what they come to together is what this one comes to alone, and no
 * version of an alert is published twice. Needs the {@code surgewire.jar} of the former release, built with its
 * {@code lib} beside it, under {@code -Dsurgewire.former}.
 */
@Tag("chaos")
@EnabledIfSystemProperty(named = FormerRelease.PROPERTY, matches = ".+")
class UpgradeIT {
    private static final String SAMPLE = "/org/surgewire/ingest/sample/autumn-2020.jsonl";

    private static final String UP = "^Surgewire is up: .*\\((\\d+) new announcements read";

    private final List<Program> started = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void endAll() {
        started.forEach(Program::close);
    }

    @Test
    @Timeout(600)
    void aDemoGoesOnWhereThatOfTheFormerReleaseStopped() throws Exception {
        List<String> lines;
        try (var in = new BufferedReader(
                new InputStreamReader(UpgradeIT.class.getResourceAsStream(SAMPLE), StandardCharsets.UTF_8))) {
            lines = in.lines().toList();
        }
        Path half = Files.write(directory.resolve("half.jsonl"), lines.subList(0, lines.size() / 2));
        Path all = Files.write(directory.resolve("all.jsonl"), lines);
        String data = directory.resolve("data").toString();

        int read = 0;
        try (var before = Program.startOf(
                FormerRelease.jar(), directory, "demo", "--port", "0", "--data", data, "--file", half.toString())) {
            read += Integer.parseInt(before.awaitLine(UP).group(1));
            before.signal("TERM");
            before.end();
        }
        try (var after = Program.start(directory, "demo", "--port", "0", "--data", data, "--file", all.toString())) {
            read += Integer.parseInt(after.awaitLine(UP).group(1));
            Matcher at = after.awaitLine("^Kafka: ([^,]+), schema registry: (.+)$");
            Topics topics = Topics.on(Registry.autoRegistering(at.group(2)), 1);

            assertThat(read).as("read by either").isEqualTo(lines.size());
            assertThatItIsAsIfThisReleaseHadCountedAll(topics, at.group(1));
        }
    }

    @Test
    @Timeout(900)
    void bothReleasesCountTogetherWhileOneTakesThePlaceOfTheOther() throws Exception {
        long seed = Long.getLong("surgewire.seed", System.nanoTime());
        System.out.println("UpgradeIT: seed " + seed);
        List<ArrestAnnouncement> announcements =
                OrderTest.reordered(ScenarioPipeline.sampleAndScenarios(), new Random(seed));
        boolean sameForm = FormerRelease.keepsTheSameState();
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var registry = RegistryServer.start(broker.bootstrapServers(), 0);
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                var producer = UnbrokenRun.producer(broker.bootstrapServers())) {
            String[] cluster = {"--bootstrap", broker.bootstrapServers(), "--registry", registry.url()};
            Topics topics = Topics.on(Registry.autoRegistering(registry.url()), Part.PARTITIONS);
            var parts = new ArrayList<List<ArrestAnnouncement>>();
            for (int i = 0; i < 5; i++) {
                parts.add(announcements.subList(announcements.size() * i / 5, announcements.size() * (i + 1) / 5));
            }

            applied(Program.startOf(FormerRelease.jar(), directory, apply(cluster)));
            Program before = counting(Program.startOf(FormerRelease.jar(), directory, count(cluster, "one")));
            feed(topics, producer, parts.get(0));

            applied(Program.start(directory, apply(cluster)));
            if (!sameForm) {
                // Both would write their results: the former one ends first.
                end(before, "TERM");
            }
            Program after = counting(Program.start(directory, count(cluster, "two")));
            feed(topics, producer, parts.get(1));
            if (sameForm) {
                end(before, "TERM");
                feed(topics, producer, parts.get(2));
                // Somebody goes back, and forth again: each finds the stores that the other has written to.
                Program back = counting(Program.startOf(FormerRelease.jar(), directory, count(cluster, "one")));
                end(after, "KILL");
                feed(topics, producer, parts.get(3));
                after = counting(Program.start(directory, count(cluster, "two")));
                end(back, "KILL");
            } else {
                feed(topics, producer, parts.get(2));
                feed(topics, producer, parts.get(3));
            }
            feed(topics, producer, parts.get(4));
            end(after, "TERM");
            try (StreamsApp last =
                    Part.streams(broker.bootstrapServers(), registry.url(), directory.resolve("two"), "")) {
                new Drain(admin, last, SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID)).await();
            }
            assertThatItIsAsIfThisReleaseHadCountedAll(topics, broker.bootstrapServers());
            if (sameForm) {
                assertThat(Standing.alertVersionsWrittenTwice(topics, broker.bootstrapServers()))
                        .isEmpty();
            }
        }
    }

    private static String[] apply(String[] cluster) {
        return arguments(cluster, "topics", "apply", "--partitions", Integer.toString(Part.PARTITIONS));
    }

    private String[] count(String[] cluster, String state) {
        return arguments(
                cluster,
                "streams",
                "run",
                "--partitions",
                Integer.toString(Part.PARTITIONS),
                "--time",
                "ANNOUNCEMENTS",
                "--port",
                "0",
                "--state",
                directory.resolve(state).toString());
    }

    private static String[] arguments(String[] cluster, String... command) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(cluster)).toArray(String[]::new);
    }

    private void applied(Program program) throws Exception {
        started.add(program);
        assertThat(program.end().code()).as(program::toString).isZero();
    }

    /** Returns once it has its share of the work. */
    private Program counting(Program program) {
        started.add(program);
        int port = Integer.parseInt(
                program.awaitLine("the page is at http://[^:]+:(\\d+)/").group(1));
        Awaitility.await("ready")
                .atMost(Program.PATIENCE)
                .until(() -> Program.response(port, "/ready").statusCode() == 200);
        return program;
    }

    private static void end(Program program, String signal) throws Exception {
        program.signal(signal);
        program.end();
    }

    private static void feed(
            Topics topics, KafkaProducer<String, byte[]> producer, List<ArrestAnnouncement> announcements) {
        for (ArrestAnnouncement each : announcements) {
            var unused = producer.send(UnbrokenRun.record(topics, each, each.getPublished()));
        }
        producer.flush();
    }

    private void assertThatItIsAsIfThisReleaseHadCountedAll(Topics topics, String servers) throws Exception {
        List<ArrestAnnouncement> announcements = new ArrayList<>();
        new TopicReader(servers).read(topics.announcements(), (id, announcement) -> announcements.add(announcement));
        Map<String, String> expected = UnbrokenRun.of(
                announcements, directory.resolve("unbroken"), other -> Standing.in(UnbrokenRun.TOPICS, other));
        Map<String, String> standing = Standing.in(topics, servers);

        // What differs, alone: all of it would fill pages.
        var onlyExpected = new TreeMap<>(expected);
        onlyExpected.entrySet().removeAll(standing.entrySet());
        standing.entrySet().removeAll(expected.entrySet());
        assertThat(standing).isEqualTo(onlyExpected);
        assertThat(expected.keySet()).anyMatch(key -> key.startsWith("enforcement.alerts.v1"));
    }
}
