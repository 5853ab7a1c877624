package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.cases.CaseNames;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.instances.Instances;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * Three instances share the stores, and each answers for all keys. While the one that holds the counts is killed, the
 * others give the same numbers, marked as stale, or say when to ask again; never others.
 */
@Tag("chaos")
class InstancesIT {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final String ALL = "/v1/jurisdictions?sort=all&limit=1000";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Process> instances = new LinkedHashMap<>();
    /** The port on which instances ask each other, by that of the page. */
    private final Map<Integer, Integer> ownPorts = new HashMap<>();

    private Topics topics;
    private Admin admin;

    @AfterEach
    void end() {
        instances.values().forEach(Process::destroyForcibly);
        if (admin != null) {
            admin.close();
        }
    }

    @Test
    @Timeout(600)
    void everyInstanceAnswersForAllAlsoWhileOneIsKilled(@TempDir Path directory) throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var registry = RegistryServer.start(broker.bootstrapServers(), 0)) {
            topics = Topics.on(Registry.autoRegistering(registry.url()), Part.PARTITIONS);
            admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
            publish(broker.bootstrapServers());
            for (int i = 0; i < 3; i++) {
                int port = freePort();
                instances.put(port, start(broker.bootstrapServers(), registry.url(), directory.resolve("i" + i), port));
            }
            List<Integer> all = List.copyOf(instances.keySet());
            // The tasks are spread once the copies have caught up, so that no instance has all of them.
            Awaitility.await("tasks on all instances").atMost(LONG).until(() -> holders() > 1);
            Map<String, String> expected = settled(all);
            assertThat(expected.get(ALL)).contains("Mecklenburg County, NC");
            assertThat(expected.keySet()).anyMatch(path -> path.startsWith("/v1/operations/"));

            int killed = holderOfCounts(all);
            List<Integer> left = new ArrayList<>(all);
            left.remove((Integer) killed);
            instances.get(killed).destroyForcibly().waitFor();
            int stale = 0;
            int away = 0;
            long deadline = System.nanoTime() + LONG.toNanos();
            for (boolean moved = false; !moved; ) {
                assertThat(System.nanoTime()).as("taken over in time").isLessThan(deadline);
                moved = true;
                for (int port : left) {
                    for (Map.Entry<String, String> each : expected.entrySet()) {
                        HttpResponse<String> response = ask(port, each.getKey());
                        if (response.statusCode() == 503) {
                            assertThat(response.headers().firstValue("Retry-After"))
                                    .isPresent();
                            away++;
                            moved = false;
                            continue;
                        }
                        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                        assertThat(response.body()).as(each.getKey()).isEqualTo(each.getValue());
                        if (response.headers().firstValue("Surgewire-Stale").isPresent()) {
                            stale++;
                            moved = false;
                        }
                    }
                }
            }
            System.out.printf("InstancesIT: %d answers from standbys, %d times asked to wait%n", stale, away);
            assertThat(stale).as("answers of standbys").isPositive();
        }
    }

    private void publish(String servers) throws IOException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                topics.announcements().serde().serializer())) {
            topics.create(admin, (short) 1);
            for (ArrestAnnouncement each : ScenarioPipeline.sampleAndScenarios()) {
                var unused = producer.send(new ProducerRecord<>(
                        topics.announcements().name(),
                        null,
                        each.getPublished().toEpochMilli(),
                        each.getReleaseId(),
                        each));
            }
            producer.flush();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(String servers, String registry, Path state, int port) throws IOException {
        Files.createDirectories(state);
        ownPorts.put(port, freePort());
        List<String> command = Program.java();
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Part.class.getName(),
                "instance",
                servers,
                registry,
                state.toString(),
                Integer.toString(port),
                Integer.toString(ownPorts.get(port))));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("log").toFile())
                .start();
    }

    /** On how many instances stores of one partition are active. */
    private long holders() {
        Set<Integer> holders = new HashSet<>();
        for (int port : instances.keySet()) {
            for (String store : List.of(CountNames.SPANS, CaseNames.CASES, CoverageNames.HEALTH)) {
                if (holds(port, store)) {
                    holders.add(port);
                }
            }
        }
        return holders.size();
    }

    private int holderOfCounts(List<Integer> ports) {
        return ports.stream()
                .filter(port -> holds(port, CountNames.SPANS))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds(int port, String store) {
        try {
            return ask(ownPorts.get(port), Instances.PATH + store + "?partition=0&from=~")
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** What is asked later, once all instances say the same and nothing changes any more. */
    private Map<String, String> settled(List<Integer> ports) {
        Map<String, String> settled = new TreeMap<>();
        Awaitility.await("the same answers of all instances")
                .atMost(LONG)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Map<String, String> before = new TreeMap<>(settled);
                    settled.clear();
                    settled.putAll(answers(ports.get(0)));
                    if (!settled.equals(before) || !settled.containsKey(ALL) || !allRead()) {
                        return false;
                    }
                    for (int port : ports) {
                        if (!answers(port).equals(settled)) {
                            return false;
                        }
                    }
                    return true;
                });
        return settled;
    }

    private boolean allRead() throws Exception {
        Map<TopicPartition, Long> read = new HashMap<>();
        admin.listConsumerGroupOffsets(Stack.APPLICATION_ID)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> read.put(partition, offset.offset()));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID))
                .allTopicNames()
                .get()
                .values()) {
            topic.partitions()
                    .forEach(each ->
                            latest.put(new TopicPartition(topic.name(), each.partition()), OffsetSpec.latest()));
        }
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .allMatch(end -> end.getValue().offset() == 0
                        || read.getOrDefault(end.getKey(), 0L) >= end.getValue().offset());
    }

    private Map<String, String> answers(int port) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>(
                List.of(
                        ALL,
                        "/v1/alerts?status=all&limit=1000",
                        "/v1/operations?limit=1000",
                        "/v1/jurisdictions/ocd-division/country:us/counts?from=2020-09-01&to=2020-10-31",
                        "/v1/jurisdictions/ocd-division/country:us/state:ca/series?bucket=month&from=2020-01-01&to=2020-12-31"));
        HttpResponse<String> operations = ask(port, "/v1/operations?limit=1000");
        if (operations.statusCode() == 200) {
            for (JsonNode each : json.readTree(operations.body()).get("items")) {
                paths.add("/v1/operations/" + URLEncoder.encode(each.get("id").textValue(), StandardCharsets.UTF_8));
            }
        }
        Map<String, String> answers = new TreeMap<>();
        for (String path : paths) {
            HttpResponse<String> response = ask(port, path);
            if (response.statusCode() == 200) {
                answers.put(path, response.body());
            }
        }
        return answers;
    }

    private HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }
}
