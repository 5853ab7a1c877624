package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.release.Release;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;

/** The ingest commands against a broker and a registry that are not theirs. */
@EnabledOnOs(OS.LINUX)
class IngestIT {
    private static final int KILLS = Integer.getInteger("surgewire.kills", 50);
    private static final String BODY = " people were arrested in Mecklenburg County, N.C., from 21 to 25 September,"
            + " the made-up office said. The office called this a part of its routine work. Six of them had been released"
            + " by a jail before, although a detainer was lodged; nobody was hurt. More will be said at the end of the"
            + " month, when the figures of all offices are in.";

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private RegistryServer registry;
    private Admin admin;
    private Topics topics;
    private HttpServer host;
    private final Map<String, String> pages = Collections.synchronizedMap(new HashMap<>());

    private record Run(int code, String err) {}

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("broker"), message -> {});
        registry = RegistryServer.start(broker.bootstrapServers(), 0);
        topics = Topics.on(Registry.of(List.of(registry.url())), 1);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            try (exchange) {
                String page = pages.get(exchange.getRequestURI().toString());
                int status =
                        page == null ? 404 : page.startsWith("status ") ? Integer.parseInt(page.substring(7)) : 200;
                byte[] body = status == 200 ? page.getBytes(StandardCharsets.UTF_8) : new byte[0];
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        host.start();
    }

    @AfterEach
    void stop() throws Exception {
        host.stop(0);
        admin.close();
        registry.close();
        broker.close();
    }

    private Run run(String... arguments) {
        var err = new StringWriter();
        int code =
                Surgewire.commandLine(false).setErr(new PrintWriter(err, true)).execute(arguments);
        return new Run(code, err.toString().strip());
    }

    private Run ingest(String what, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("ingest", what, "--bootstrap", broker.bootstrapServers(), "--registry", registry.url()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private Map<String, PressRelease> releases() {
        Map<String, PressRelease> releases = new TreeMap<>();
        new TopicReader(broker.bootstrapServers())
                .read(topics.pressReleases(), (id, release) -> releases.put(id, release));
        return releases;
    }

    private Map<String, ArrestAnnouncement> announcements() {
        Map<String, byte[]> last = new TreeMap<>();
        new TopicReader(broker.bootstrapServers())
                .readBytes(topics.announcements(), record -> last.put(record.key(), record.value()));
        Map<String, ArrestAnnouncement> announcements = new TreeMap<>();
        var values = topics.announcements().serde().deserializer();
        last.forEach((id, value) ->
                announcements.put(id, values.deserialize(topics.announcements().name(), value)));
        return announcements;
    }

    /** How far the topic of releases is written, what is not committed included. */
    private long writtenTo() {
        var partition = new TopicPartition(topics.pressReleases().name(), 0);
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private SourceHealth health(String id) {
        Map<String, SourceHealth> health = new HashMap<>();
        new TopicReader(broker.bootstrapServers()).read(topics.sourceHealth(), health::put);
        return health.get(id);
    }

    private String sources() throws IOException {
        return Files.writeString(
                        directory.resolve("sources.yaml"),
                        """
                        contact: reader@example.org
                        sources:
                          - id: office
                            publisher: Made-up Office
                            jurisdiction: ocd-division/country:us/state:nc
                            kind: feed
                            address: http://127.0.0.1:%d/feed
                            zone: America/New_York
                            politeness: {delay: 0s, requests-an-hour: 100000}
                            status: recorded
                            reason: For the test.
                        """
                                .formatted(host.getAddress().getPort()))
                .toString();
    }

    private static String rss(String... numbers) {
        var items = new StringBuilder();
        for (String number : numbers) {
            items.append("<item><title>Office arrests " + number + "</title><link>https://office.example.org/" + number
                    + "</link><pubDate>Mon, 28 Sep 2020 1" + number.charAt(0) + ":00:00 -0400</pubDate><description>"
                    + number + BODY + "</description></item>");
        }
        return "<rss><channel>" + items + "</channel></rss>";
    }

    private static String releaseId(int id) {
        return Release.idOf("https://office.example.org/" + id);
    }

    private Path lines(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Every tenth line corrects the one before it.
            int id = i % 10 == 9 ? i - 1 : i;
            lines.add("{\"source\":\"f\",\"publisher\":\"Made-up Office\",\"url\":\"https://office.example.org/" + id
                    + "\",\"published\":\"2020-09-28\",\"title\":\"Office arrests " + i + "\",\"text\":\"" + i + BODY
                    + "\"}");
        }
        return Files.write(directory.resolve("lines.jsonl"), lines);
    }

    @Test
    void readsASourceOnceAndAgainAndRecordsHowItIsDoing() throws Exception {
        String sources = sources();
        pages.put("/feed", rss("2", "1"));

        assertThat(ingest("once", "--set-up", "--sources", sources, "office").code())
                .isZero();
        assertThat(releases()).hasSize(2);
        SourceHealth first = health("office");
        assertThat(first.getStatus()).isEqualTo("OK");
        assertThat(first.getItems()).isEqualTo(2);
        assertThat(first.getRead()).hasSize(1);
        assertThat(first.getJurisdictionId()).isEqualTo("ocd-division/country:us/state:nc");

        pages.put("/feed", rss("2", "1").replace("Six of", "Seven of"));
        assertThat(ingest("once", "--sources", sources, "office").code()).isZero();
        assertThat(releases().values()).hasSize(2).allSatisfy(release -> {
            assertThat(release.getRevision()).isEqualTo(2);
            assertThat(release.getDiff()).contains("+++ revision 2").contains("Seven of");
        });
        assertThat(ingest("once", "--sources", sources, "office").code()).isZero();
        assertThat(health("office").getItems()).isEqualTo(4);

        pages.put("/feed", "status 403");
        assertThat(ingest("once", "--sources", sources, "office").code()).isEqualTo(1);
        assertThat(health("office").getStatus()).isEqualTo("REFUSED");
        assertThat(health("office").getItems()).isEqualTo(4);
        assertThat(health("office").getLastSuccess()).isAfter(first.getLastSuccess());
    }

    @Test
    void checksASourceWithoutACluster() throws Exception {
        pages.put("/feed", rss("1"));

        assertThat(run("ingest", "check", "--sources", sources(), "office").code())
                .isZero();
        pages.put("/feed", "<html><title>Just a moment...</title></html>");
        assertThat(run("ingest", "check", "--sources", sources(), "office").code())
                .isEqualTo(1);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        String sources = sources();
        assertThat(ingest("once", "--sources", sources, "office").err())
                .startsWith("surgewire: topics are missing at 127.0.0.1:")
                .endsWith("make them with --set-up")
                .hasLineCount(1);
        assertThat(ingest("once", "--sources", sources, "offices").err())
                .isEqualTo("surgewire: no such source: offices; choose from office");
        assertThat(run("ingest", "check", "doj-rss").err())
                .isEqualTo("surgewire: nobody is named to complain to: requests carry a contact; give an e-mail address"
                        + " or a page with --contact, or as contact: in the registry");
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            topics.create(admin, (short) 1);
        }
        pages.put("/feed", rss("1"));
        assertThat(ingest("once", "--sources", sources, "office").err())
                .startsWith("surgewire: cannot publish to 127.0.0.1:")
                .contains("cannot look up org.surgewire.schemas.PressRelease")
                .endsWith("register the schemas of this version with --set-up")
                .hasLineCount(1);
    }

    @Test
    void saysThatASchemaDoesNotGoWithTheRegistrys() throws Exception {
        Schema other = SchemaBuilder.record("PressRelease")
                .namespace("org.surgewire.schemas")
                .fields()
                .requiredLong("releaseId")
                .endRecord();
        Registry.of(List.of(registry.url())).register(topics.pressReleases().subject(), other);

        Run run = ingest("file", "--set-up", lines(1).toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("surgewire: cannot publish to 127.0.0.1:")
                .contains("answered 409", "schemas do not go with this one's")
                .hasLineCount(1);
    }

    @Test
    void parksWhatTheTopicDoesNotTakeAndPublishesTheOthers() throws Exception {
        assertThat(ingest("file", "--set-up", lines(1).toString()).code()).isZero();
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(
                                ConfigResource.Type.TOPIC,
                                topics.pressReleases().name()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        String large =
                "{\"source\":\"f\",\"publisher\":\"Made-up Office\",\"url\":\"https://office.example.org/large\","
                        + "\"published\":\"2020-09-28\",\"title\":\"Large\",\"text\":\"" + "word ".repeat(5000)
                        + "\"}\n";
        Path file = Files.writeString(directory.resolve("large.jsonl"), large + Files.readString(lines(3)));

        assertThat(ingest("file", file.toString()).code()).isZero();

        assertThat(releases()).hasSize(3);
        List<DeadLetter> parked = new ArrayList<>();
        new TopicReader(broker.bootstrapServers()).read(topics.pressReleasesDlq(), (key, letter) -> parked.add(letter));
        assertThat(parked).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.getCause()).isEqualTo("TOO_LARGE");
            assertThat(letter.getDetail()).contains("office.example.org/large", "raise max.message.bytes");
        });
    }

    @Test
    void publishesAFileOnce() throws Exception {
        String file = lines(100).toString();

        assertThat(ingest("file", "--set-up", file).code()).isZero();
        Map<String, PressRelease> once = releases();
        assertThat(ingest("file", file).code()).isZero();

        assertThat(once).hasSize(90);
        assertThat(once.values())
                .filteredOn(release -> release.getRevision() == 2)
                .hasSize(10);
        assertThat(releases()).isEqualTo(once);
    }

    @Test
    void readsStoredReleasesAgainAndPublishesOnlyWhatCameOutDifferently() throws Exception {
        assertThat(ingest("file", "--set-up", lines(20).toString()).code()).isZero();
        Map<String, ArrestAnnouncement> before = announcements();
        // As if other rules had read one of them, and another could not be read any more.
        ArrestAnnouncement one = before.values().iterator().next();
        ArrestAnnouncement other = new TreeMap<>(before).lastEntry().getValue();
        String topic = topics.announcements().name();
        var misread = ArrestAnnouncement.newBuilder(one).setClaims(List.of()).build();
        try (var producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            one.getReleaseId(),
                            topics.announcements().serde().serializer().serialize(topic, misread)))
                    .get();
            producer.send(new ProducerRecord<>(topic, other.getReleaseId(), new byte[] {7}))
                    .get();
        }
        String[] command = {"reextract", "--bootstrap", broker.bootstrapServers(), "--registry", registry.url()};

        assertThat(run(command).code()).isZero();
        Map<String, ArrestAnnouncement> after = announcements();
        assertThat(run(command).code()).isZero();

        assertThat(one.getClaims()).isNotEmpty();
        assertThat(announcements()).isEqualTo(after);
        for (ArrestAnnouncement each : List.of(one, other)) {
            ArrestAnnouncement again = after.remove(each.getReleaseId());
            assertThat(again.getClaims()).isEqualTo(each.getClaims());
            assertThat(again.getRevision()).isEqualTo(each.getRevision() + 1);
            assertThat(releases().get(each.getReleaseId()).getRevision()).isEqualTo(each.getRevision() + 1);
            before.remove(each.getReleaseId());
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    @Tag("chaos")
    void aKillAtAnyInstantLosesAndDoublesNothing() throws Exception {
        long seed = Long.getLong("surgewire.seed", System.nanoTime());
        var random = new Random(seed);
        System.out.println("IngestIT: seed " + seed + ", " + KILLS + " kills");
        Path file = lines(6000);
        assertThat(ingest("file", "--set-up", lines(10).toString()).code()).isZero();
        lines(6000);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (var program = Program.start(
                    directory,
                    "ingest",
                    "file",
                    "--bootstrap",
                    broker.bootstrapServers(),
                    "--registry",
                    registry.url(),
                    file.toString())) {
                long from = writtenTo() + random.nextInt(2 * 6000 / KILLS);
                Awaitility.await("offset " + from)
                        .atMost(Program.PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> writtenTo() >= from || !program.isAlive());
                program.kill();
                killed += program.end().code() == 128 + 9 ? 1 : 0;
            }
        }
        System.out.println("IngestIT: " + killed + " of them before the end, "
                + releases().size() + " releases published before the last run");
        assertThat(ingest("file", file.toString()).code()).isZero();

        // A revision too many would have the next number. Earlier revisions may be compacted away by now.
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 6000; i++) {
            boolean correction = i % 10 == 9;
            expected.put(releaseId(correction ? i - 1 : i), (correction ? 2 : 1) + " Office arrests " + i);
        }
        Map<String, PressRelease> releases = releases();
        Map<String, String> published = new TreeMap<>();
        releases.forEach((id, release) -> published.put(id, release.getRevision() + " " + release.getTitle()));
        assertThat(published).as("seed " + seed).isEqualTo(expected);
        Map<String, ArrestAnnouncement> announcements = announcements();
        assertThat(announcements.keySet()).isEqualTo(releases.keySet());
        announcements.forEach((id, announcement) -> assertThat(announcement.getContentHash())
                .isEqualTo(releases.get(id).getContentHash()));
    }
}
