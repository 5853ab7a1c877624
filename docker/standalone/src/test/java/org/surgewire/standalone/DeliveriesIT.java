package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.streams.deliveries.Deliveries;
import org.surgewire.streams.deliveries.RetrySchedule;
import org.surgewire.streams.deliveries.Subscriptions;

/** Webhooks over a broker: restarts, receivers that fail, and two instances. */
class DeliveriesIT {
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PARTITIONS = 4;
    private static final RetrySchedule QUICK = new RetrySchedule(Collections.nCopies(1000, Duration.ofMillis(100)));

    /** What a receiver took, by the last part of its path. */
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Throwable> unverified = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> ids = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    private final Topics topics = Topics.on(Registry.autoRegistering("mock://deliveries"), PARTITIONS);
    private HttpServer receiver;
    private Cluster cluster;
    private KafkaProducer<String, Alert> producer;
    private Subscriptions subscriptions;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {});
        open.add(broker);
        cluster = Cluster.at(broker.bootstrapServers());
        try (var admin = Admin.create(cluster.client())) {
            topics.create(admin, (short) 1);
        }
        producer = new KafkaProducer<>(
                cluster.client(),
                new StringSerializer(),
                topics.alerts().serde().serializer());
        open.add(producer);
        ExecutorService threads = Executors.newCachedThreadPool();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", this::take);
        receiver.start();
        open.add(() -> {
            receiver.stop(0);
            threads.shutdownNow();
        });
        Path file = directory.resolve("subscriptions.yaml");
        var yaml = new StringBuilder("subscriptions:\n");
        for (String id : List.of("good", "flaky", "gone", "dead", "late")) {
            String address = id.equals("dead")
                    ? "127.0.0.1:1"
                    : "127.0.0.1:" + receiver.getAddress().getPort();
            yaml.append("  - id: ")
                    .append(id)
                    .append("\n    webhook: {url: 'http://")
                    .append(address)
                    .append('/')
                    .append(id)
                    .append("', secret: {env: HOOK}, private: true}\n");
        }
        Files.writeString(file, yaml);
        subscriptions = Subscriptions.read(file, Map.of("HOOK", SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String who = exchange.getRequestURI().getPath().substring(1);
        int answer = answers.getOrDefault(who, 204);
        try {
            new Webhook(SECRET).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            if (answer == 204) {
                var alert = json.readTree(body).get("data");
                taken.computeIfAbsent(who, each -> new CopyOnWriteArrayList<>())
                        .add(alert.get("id").textValue() + " v" + alert.get("version"));
            }
            ids.computeIfAbsent(who, each -> new CopyOnWriteArrayList<>())
                    .add(exchange.getRequestHeaders().getFirst("webhook-id"));
        } catch (Exception e) {
            unverified.add(e);
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private void raise(String id, int version) throws Exception {
        var alert = Alert.newBuilder()
                .setAlertId(id)
                .setVersion(version)
                .setStatus(version == 1 ? "OPENED" : "UPDATED")
                .setKind("SURGE")
                .setJurisdictionId(Jurisdictions.COUNTRY)
                .setJurisdictionName("United States")
                .setDetector("made-up")
                .setFirstDay(LocalDate.of(2020, 9, 28))
                .setLastDay(LocalDate.of(2020, 9, 28))
                .setObserved(12)
                .setPeak(12)
                .setExpected(0)
                .setBound(1)
                .setScore(5)
                .setSeverity("MINOR")
                .setReason("12 announced arrests.")
                .build();
        producer.send(new ProducerRecord<>(topics.alerts().name(), id, alert)).get();
    }

    private Deliveries deliveries() throws InterruptedException {
        var deliveries = Deliveries.start(cluster, topics, Jurisdictions.bundled(), subscriptions, QUICK);
        open.add(deliveries);
        return deliveries;
    }

    private void close(Deliveries deliveries) {
        open.remove(deliveries);
        deliveries.close();
    }

    private void awaitTaken(String who, String... alerts) {
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(taken.getOrDefault(who, List.of()))
                .containsExactlyInAnyOrder(alerts));
    }

    private Map<String, Delivery> states() {
        Map<String, Delivery> states = new HashMap<>();
        new TopicReader(cluster).read(topics.deliveries(), states::put);
        return states;
    }

    private void awaitState(String subscription, String status) {
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(states().get(subscription))
                .isNotNull()
                .extracting(Delivery::getStatus)
                .isEqualTo(status));
    }

    @Test
    @Timeout(120)
    void restartsAndBadReceiversNeitherLoseNorRepeat() throws Exception {
        raise("history", 1);
        answers.put("flaky", 500);
        answers.put("gone", 410);
        Deliveries first = deliveries();
        assertThat(first.awaitReady(LONG)).isTrue();

        raise("a", 1);
        raise("a", 2);
        raise("b", 1);
        awaitTaken("good", "a v1", "a v2", "b v1");
        assertThat(taken.get("good").indexOf("a v1"))
                .isLessThan(taken.get("good").indexOf("a v2"));
        awaitState("gone", "DISABLED");
        awaitState("dead", "RETRYING");
        assertThat(first.disabled()).containsExactly("gone");
        Awaitility.await().atMost(LONG).until(() -> ids.get("flaky").size() > 1);
        assertThat(new HashSet<>(ids.get("flaky"))).hasSize(1);
        answers.remove("flaky");
        awaitTaken("flaky", "a v1", "a v2", "b v1");
        close(first);

        raise("a", 3);
        raise("c", 1);
        answers.remove("gone");
        Deliveries second = deliveries();
        awaitTaken("good", "a v1", "a v2", "b v1", "a v3", "c v1");
        awaitTaken("flaky", "a v1", "a v2", "b v1", "a v3", "c v1");
        assertThat(second.disabled()).containsExactly("gone");
        assertThat(taken).doesNotContainKey("gone");

        try (var enabling = new KafkaProducer<>(
                cluster.client(),
                new StringSerializer(),
                topics.deliveries().serde().serializer())) {
            enabling.send(Deliveries.enabling(
                            topics,
                            "gone",
                            PARTITIONS,
                            states().get("gone").getAt().plusMillis(1)))
                    .get();
        }
        awaitTaken("gone", "a v1", "a v2", "b v1", "a v3", "c v1");
        assertThat(states().get("dead").getStatus()).isEqualTo("RETRYING");
        assertThat(unverified).isEmpty();
    }

    @Test
    @Timeout(120)
    void twoInstancesShareTheSubscriptionsAndOneTakesOverFromTheOther() throws Exception {
        Deliveries one = deliveries();
        Deliveries two = deliveries();
        assertThat(one.awaitReady(LONG)).isTrue();
        assertThat(two.awaitReady(LONG)).isTrue();
        for (String id : List.of("good", "flaky", "late")) {
            awaitState(id, "ACTIVE");
        }

        raise("a", 1);
        raise("b", 1);
        for (String who : List.of("good", "flaky", "gone", "late")) {
            awaitTaken(who, "a v1", "b v1");
        }
        close(one);
        raise("a", 2);
        for (String who : List.of("good", "flaky", "gone", "late")) {
            awaitTaken(who, "a v1", "b v1", "a v2");
        }
        assertThat(unverified).isEmpty();
    }
}
