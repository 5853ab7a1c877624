package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.broker.TestBroker;

/**
 * What a broker with logins and grants refuses, and a registry with a login, is told in one line; each test grants what
 * the one before was refused for.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredClusterIT {
    private static final String REGISTRY = "mock://secured";

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static Cluster asAdmin;
    private static Admin admin;

    private record Run(int code, String err) {}

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.secured(directory.resolve("broker"));
        asAdmin = new Cluster(
                broker.bootstrapServers(),
                Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        TestBroker.login(TestBroker.ADMIN)));
        admin = Admin.create(asAdmin.client());
    }

    @AfterAll
    static void stop() throws IOException {
        admin.close();
        broker.close();
    }

    private static Path config(String user, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "security.protocol=SASL_PLAINTEXT",
                "sasl.mechanism=PLAIN",
                "sasl.jaas.config=" + TestBroker.login(user)));
        lines.addAll(List.of(more));
        return Files.write(directory.resolve(user + ".properties"), lines);
    }

    private static Path lines(int first, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            lines.add("{\"source\":\"f\",\"publisher\":\"Made-up Office\",\"url\":\"https://office.example.org/" + i
                    + "\",\"published\":\"2020-09-28\",\"title\":\"Office arrests " + i + "\",\"text\":\"" + i
                    + " people were arrested in Mecklenburg County, N.C.\"}");
        }
        return Files.write(directory.resolve("lines.jsonl"), lines);
    }

    private static Run run(Path config, String registry, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "ingest",
                "file",
                "--bootstrap",
                broker.bootstrapServers(),
                "--registry",
                registry,
                "--command-config",
                config.toString()));
        all.addAll(List.of(arguments));
        var err = new StringWriter();
        int code =
                Surgewire.commandLine(false).setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
        return new Run(code, err.toString().strip());
    }

    private static void grant(ResourceType type, String name, AclOperation... operations) throws Exception {
        List<AclBinding> bindings = new ArrayList<>();
        for (AclOperation operation : operations) {
            bindings.add(new AclBinding(
                    new ResourcePattern(type, name, PatternType.LITERAL),
                    new AccessControlEntry("User:" + TestBroker.READER, "*", operation, AclPermissionType.ALLOW)));
        }
        admin.createAcls(bindings).all().get();
    }

    private static void assertOneLine(Run run, String... parts) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("surgewire: cannot publish to 127.0.0.1:")
                .contains(parts)
                .hasLineCount(1);
    }

    @Test
    @Order(1)
    void aWrongPasswordIsOneLine() throws Exception {
        Path wrong = Files.writeString(
                directory.resolve("wrong.properties"),
                Files.readString(config(TestBroker.READER)).replace("password=\"reader\"", "password=\"other\""));

        assertOneLine(run(wrong, REGISTRY, lines(0, 3).toString()), "the broker does not take this user", "login");
    }

    @Test
    @Order(2)
    void aSettingThatIsNoneIsOneLine() throws Exception {
        assertOneLine(
                run(
                        config(TestBroker.STRANGER, "security.protocol=NONE"),
                        REGISTRY,
                        lines(0, 3).toString()),
                "a setting of Kafka's clients is wrong",
                "security.protocol");
    }

    @Test
    @Order(3)
    void publishesWithTheLoginOfTheFile() throws Exception {
        Run run =
                run(config(TestBroker.ADMIN), REGISTRY, "--set-up", lines(0, 3).toString());

        assertThat(run.code()).as(run.err()).isZero();
        var read = new TreeSet<String>();
        Topics topics = Topics.on(Registry.of(List.of(REGISTRY)), 1);
        new TopicReader(asAdmin).read(topics.announcements(), (id, announcement) -> read.add(announcement.getTitle()));
        assertThat(read).containsExactly("Office arrests 0", "Office arrests 1", "Office arrests 2");
    }

    @Test
    @Order(4)
    void whatIsNotGrantedIsOneLine() throws Exception {
        Path config = config(TestBroker.READER);
        String file = lines(3, 3).toString();
        Topics topics = Topics.on(Registry.of(List.of(REGISTRY)), 1);

        // Topics that one must not see look missing.
        assertThat(run(config, REGISTRY, file).err())
                .startsWith("surgewire: topics are missing at 127.0.0.1:")
                .hasLineCount(1);
        for (var topic : topics.all()) {
            grant(ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
        }
        assertOneLine(run(config, REGISTRY, file), "transactional id " + Publisher.TRANSACTIONAL_ID);
        grant(ResourceType.TRANSACTIONAL_ID, Publisher.TRANSACTIONAL_ID, AclOperation.DESCRIBE, AclOperation.WRITE);
        assertOneLine(run(config, REGISTRY, file), topics.pressReleases().name() + "; grant Describe, Read and Write");
        for (var topic : topics.all()) {
            grant(ResourceType.TOPIC, topic.name(), AclOperation.READ);
        }
        assertOneLine(run(config, REGISTRY, file), "grant Describe, Read and Write");
        for (var topic : topics.all()) {
            grant(ResourceType.TOPIC, topic.name(), AclOperation.WRITE);
        }
        Run granted = run(config, REGISTRY, file);
        assertThat(granted.code()).as(granted.err()).isZero();
    }

    @Test
    @Order(5)
    void theRegistrysLoginIsThatOfTheFile() throws Exception {
        String login = "Basic " + Base64.getEncoder().encodeToString("reader:pass".getBytes(StandardCharsets.UTF_8));
        var registered = Registry.of(List.of(REGISTRY));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean known = login.equals(exchange.getRequestHeaders().getFirst("Authorization"));
                String[] path = exchange.getRequestURI().getPath().split("/", -1);
                String answer = !known
                        ? "{\"error_code\":401,\"message\":\"who are you?\"}"
                        : path[1].equals("schemas")
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .put(
                                                "schema",
                                                registered
                                                        .schemaOf(Integer.parseInt(path[3]))
                                                        .toString())
                                        .toString()
                                : "{\"id\":" + id(registered, path[2]) + "}";
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(known ? 200 : 401, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            String registry = "http://127.0.0.1:" + server.getAddress().getPort();
            // Something new to publish: an id is asked for when the first record is written.
            String file = lines(6, 1).toString();
            assertOneLine(
                    run(config(TestBroker.ADMIN), registry, file), "answered 401", "correct the registry's login");
            Run known = run(
                    config(
                            TestBroker.ADMIN,
                            "schema.registry.basic.auth.credentials.source=USER_INFO",
                            "schema.registry.basic.auth.user.info=reader:pass"),
                    registry,
                    file);
            assertThat(known.code()).as(known.err()).isZero();
        } finally {
            server.stop(0);
        }
    }

    private static int id(Registry registry, String subject) {
        return Topics.on(registry, 1).all().stream()
                .filter(topic -> topic.subject().equals(subject))
                .mapToInt(topic -> registry.idOf(subject, topic.schema()))
                .findFirst()
                .orElseThrow();
    }
}
