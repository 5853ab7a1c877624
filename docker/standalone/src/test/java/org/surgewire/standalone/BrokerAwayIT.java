package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.fetch.FetchLimits;
import org.surgewire.ingest.fetch.Fetcher;
import org.surgewire.ingest.poll.HealthBook;
import org.surgewire.ingest.poll.KafkaOutlet;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.publish.Trouble;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;

/** The ingest while the broker is away, and after it has come back. It waits for most of its time. */
@Tag("chaos")
class BrokerAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final Topics topics = Topics.on(Registry.autoRegistering("mock://broker-away"), 1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> page = new AtomicReference<>("");
    private EmbeddedBroker broker;
    private HttpServer host;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(directory, message -> {});
        try (Admin admin = Admin.create(cluster().client())) {
            topics.create(admin, (short) 1);
        }
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/feed", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                byte[] body = page.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        host.start();
    }

    @AfterEach
    void stop() throws IOException {
        host.stop(0);
        broker.close();
    }

    /** As users may set it, so that the client notices within seconds. */
    private Cluster cluster() {
        return new Cluster(
                broker.bootstrapServers(),
                Map.of(
                        "max.block.ms",
                        "2000",
                        "request.timeout.ms",
                        "1500",
                        "delivery.timeout.ms",
                        "2000",
                        "default.api.timeout.ms",
                        "3000"));
    }

    private Publisher publisher(String id) {
        return new Publisher(
                cluster(),
                id,
                topics,
                new ClaimReader(Extractor.bundled(), Jurisdictions.bundled()),
                Stack.ZONE,
                InstantSource.system());
    }

    private static String rss(int count) {
        var items = new StringBuilder();
        for (int i = count; i > 0; i--) {
            items.append("<item><title>Office arrests " + i + "</title><link>https://office.example.org/" + i
                    + "</link><pubDate>Mon, 28 Sep 2020 11:00:" + (10 + i) + " -0400</pubDate><description>" + i
                    + " people were arrested.</description></item>");
        }
        return "<rss><channel>" + items + "</channel></rss>";
    }

    private Map<String, Integer> revisions() {
        Map<String, Integer> revisions = new TreeMap<>();
        new TopicReader(cluster())
                .read(
                        topics.pressReleases(),
                        (id, release) -> revisions.put(release.getTitle(), release.getRevision()));
        return revisions;
    }

    private static long producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }

    @Test
    void thePollerReadsNothingWhileTheBrokerIsAwayAndGoesOnWhereItWas() throws Exception {
        Source source = new Source(
                "office",
                "Made-up Office",
                "ocd-division/country:us/state:nc",
                Kind.FEED,
                "http://127.0.0.1:" + host.getAddress().getPort() + "/feed",
                Stack.ZONE,
                Duration.ofMillis(500),
                new Politeness(Duration.ZERO, 1_000_000),
                Status.RECORDED,
                "for the test",
                null,
                null);
        List<String> log = new CopyOnWriteArrayList<>();
        page.set(rss(3));
        try (var outlet = new KafkaOutlet(() -> publisher(Publisher.TRANSACTIONAL_ID));
                var fetcher = new Fetcher(
                        "reader@example.org",
                        List.of(source),
                        FetchLimits.USUAL,
                        InstantSource.system(),
                        new SplittableRandom(1));
                var poller = new Poller(
                        new SourceReader(fetcher, null, InstantSource.system()),
                        outlet,
                        new HealthBook(),
                        InstantSource.system(),
                        new SplittableRandom(1),
                        log::add,
                        line -> log.add("FATAL " + line))) {
            poller.start(List.of(source));
            Awaitility.await().atMost(PATIENCE).until(() -> revisions().size() == 3);
            broker.close();
            page.set(rss(5));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> log.stream()
                                    .filter(line -> line.contains("tried again"))
                                    .count()
                            >= 1);
            int before = requests.get();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> log.stream()
                                    .filter(line -> line.contains("tried again"))
                                    .count()
                            >= 3);
            // Not one try left anything behind, and none asked the source.
            assertThat(requests.get()).isEqualTo(before);
            assertThat(producers()).isLessThanOrEqualTo(1);

            broker = EmbeddedBroker.start(directory, message -> {});
            Awaitility.await().atMost(PATIENCE).until(() -> revisions().size() == 5);
        }
        assertThat(revisions().values()).as(String.join("\n", log)).containsOnly(1);
        assertThat(log).noneMatch(line -> line.startsWith("FATAL"));
    }

    @Test
    void aPublisherTakesOnlySoManyReleasesWhileTheBrokerIsAway() throws Exception {
        int taken = 0;
        RuntimeException failure = null;
        try (var publisher = publisher("away")) {
            broker.close();
            while (failure == null && taken < 100_000) {
                try {
                    publisher.publish(release(taken));
                    taken++;
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        assertThat(taken).isLessThanOrEqualTo(2 * Publisher.RELEASES_IN_A_TRANSACTION);
        assertThat(Trouble.of(failure).passing()).isTrue();
        broker = EmbeddedBroker.start(directory, message -> {});
        assertThat(revisions()).isEmpty();
    }

    private static Release release(int number) {
        return new Release(
                "office",
                "Made-up Office",
                "https://office.example.org/" + number,
                "Office arrests " + number,
                number + " people were arrested.",
                LocalDate.of(2020, 9, 28),
                Instant.parse("2020-09-28T15:00:00Z"),
                null,
                false);
    }
}
