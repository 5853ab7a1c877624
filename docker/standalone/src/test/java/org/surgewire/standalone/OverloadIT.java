package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * Announcements come ten times as fast as an instance with a small heap can count them: it says that it lags, takes no more
 * memory than the deployment gives it, loses none, and catches up. {@code -Dsurgewire.overload.seconds=120} runs it, and says
 * for how long they come.
 */
@Tag("chaos")
@EnabledIfSystemProperty(named = "surgewire.overload.seconds", matches = "\\d+", disabledReason = "it takes minutes")
class OverloadIT {
    private static final int SECONDS = Integer.getInteger("surgewire.overload.seconds", 0);
    private static final int MEASURED = 3000;
    private static final int TIMES = 10;
    /** Announcements of the ten years that are generated; more than come. */
    private static final int MOST = 2_000_000;
    /** What an instance takes in and keeps ready is not counted as waiting. */
    private static final int LEAST = 10_000;

    private static final int HEAP_MIB = 192;
    /** What docker/compose.yaml leaves an instance beside its heap: classes, threads, the stores' caches and buffers. */
    private static final int BESIDE_HEAP_MIB = 768;

    private static final Duration LONG = Duration.ofMinutes(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final GeneratedAnnouncements generated =
            new GeneratedAnnouncements(Jurisdictions.bundled(), MOST, Long.getLong("surgewire.seed", 20_201_007L));
    private final Set<String> claiming = new HashSet<>();
    private Process instance;
    private int port;
    private long sent;

    @AfterEach
    void end() {
        if (instance != null) {
            instance.destroyForcibly();
        }
    }

    @Test
    @Timeout(1800)
    void whatComesTooFastIsCountedLater(@TempDir Path directory) throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {
                    throw new AssertionError(message);
                });
                var registry = RegistryServer.start(broker.bootstrapServers(), 0);
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            Topics topics = Topics.on(Registry.autoRegistering(registry.url()), Instance.PARTITIONS);
            topics.create(admin, (short) 1);
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                    new StringSerializer(),
                    topics.announcements().serde().serializer())) {
                start(broker.bootstrapServers(), registry.url(), directory.resolve("state"));
                Awaitility.await("the instance").atMost(LONG).until(() -> !status().equals("away"));
                send(producer, topics, MEASURED / 3);
                awaitCounted(admin, topics);
                long begun = System.nanoTime();
                send(producer, topics, MEASURED);
                awaitCounted(admin, topics);
                double sustainable = MEASURED * 1e9 / (System.nanoTime() - begun);

                long mostMib = 0;
                boolean lagged = false;
                begun = System.nanoTime();
                int second = 0;
                for (; second < SECONDS || sent < LEAST; second++) {
                    send(producer, topics, (int) Math.ceil(TIMES * sustainable));
                    lagged |= status().equals("lagging");
                    mostMib = Math.max(mostMib, residentMib());
                    LockSupport.parkNanos(begun + (second + 1) * 1_000_000_000L - System.nanoTime());
                }
                double took = (System.nanoTime() - begun) / 1e9;
                while (!isCounted(admin, topics)) {
                    assertThat(instance.isAlive()).as(log(directory)).isTrue();
                    lagged |= status().equals("lagging");
                    mostMib = Math.max(mostMib, residentMib());
                    LockSupport.parkNanos(500_000_000);
                }
                double drained = (System.nanoTime() - begun) / 1e9 - took;
                System.out.printf(
                        "OverloadIT: %,.0f a second can be counted, %,.0f a second came for %.0f s, lag drained in"
                                + " %.0f s, most memory %d MiB with a heap of %d MiB%n",
                        sustainable, TIMES * sustainable * second / took, took, drained, mostMib, HEAP_MIB);
                assertThat(lagged).as("said that it lags").isTrue();
                assertThat(mostMib).as("MiB").isLessThan(HEAP_MIB + BESIDE_HEAP_MIB);
                Awaitility.await("it lags no more").atMost(LONG).until(() -> status().equals("ready"));
                var reader = new TopicReader(broker.bootstrapServers());
                Set<String> inCases = new HashSet<>();
                reader.read(topics.cases(), (id, each) -> each.getAnnouncements()
                        .forEach(one -> inCases.add(one.getReleaseId())));
                claiming.removeAll(inCases);
                assertThat(claiming)
                        .as("of %d announcements, those in no case", sent)
                        .isEmpty();
                List<String> dead = new ArrayList<>();
                reader.read(topics.announcementsDlq(), (place, letter) -> dead.add(letter.getDetail()));
                assertThat(dead).isEmpty();
            }
        }
    }

    private void start(String servers, String registry, Path state) throws IOException {
        Files.createDirectories(state);
        port = freePort();
        List<String> command = Program.java();
        command.addAll(List.of(
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Instance.class.getName(),
                servers,
                registry,
                state.toString(),
                Integer.toString(port),
                Integer.toString(freePort())));
        instance = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void send(KafkaProducer<String, ArrestAnnouncement> producer, Topics topics, int announcements) {
        for (int i = 0; i < announcements; i++) {
            ArrestAnnouncement next = generated.next();
            var unused = producer.send(new ProducerRecord<>(
                    topics.announcements().name(),
                    null,
                    next.getPublished().toEpochMilli(),
                    next.getReleaseId(),
                    next));
            sent++;
            if (!next.getClaims().isEmpty()) {
                claiming.add(next.getReleaseId());
            }
        }
        producer.flush();
    }

    private static void awaitCounted(Admin admin, Topics topics) {
        Awaitility.await("counting")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isCounted(admin, topics));
    }

    /** Whether every topic between the announcements and the alerts is read to its end. */
    private static boolean isCounted(Admin admin, Topics topics) throws Exception {
        Map<TopicPartition, Long> read = new HashMap<>();
        admin.listConsumerGroupOffsets(Stack.APPLICATION_ID)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> read.put(partition, offset.offset()));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID))
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(each -> latest.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .allMatch(end -> end.getValue().offset() == 0
                        || read.getOrDefault(end.getKey(), 0L) >= end.getValue().offset());
    }

    private String status() throws InterruptedException {
        try {
            HttpResponse<String> response = get("/ready");
            JsonNode body = mapper.readTree(response.body());
            return response.statusCode() == 200 ? body.get("status").textValue() : "away";
        } catch (IOException e) {
            return "away";
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Memory of the process that lies in the machine's, which on Linux /proc says. */
    private long residentMib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(instance.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("state").resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
