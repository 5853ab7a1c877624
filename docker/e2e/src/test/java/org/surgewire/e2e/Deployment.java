package org.surgewire.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A broker, a registry and the image, in a network of their own. */
final class Deployment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FILES = "/files/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Network network = Network.newNetwork();
    private final List<Startable> started = new ArrayList<>();
    private final GenericContainer<?> registry;

    /** How a command ended. */
    record Ended(long code, String output) {}

    Deployment() {
        var kafka = new KafkaContainer(DockerImageName.parse(System.getProperty("image.kafka"))
                        .asCompatibleSubstituteFor("apache/kafka"))
                .withNetwork(network)
                .withListener("broker:19092")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_LOG_RETENTION_MS", "-1");
        start(kafka);
        registry = new GenericContainer<>(DockerImageName.parse(System.getProperty("image.registry")))
                .withNetwork(network)
                .withNetworkAliases("registry")
                .withEnv(Map.of(
                        "APICURIO_STORAGE_KIND", "kafkasql", "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", "broker:19092"))
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/health/ready").forPort(8080).withStartupTimeout(PATIENCE));
        start(registry);
    }

    private <T extends Startable> T start(T container) {
        started.add(0, container);
        container.start();
        return container;
    }

    private GenericContainer<?> surgewire(List<String> arguments) {
        List<String> command = new ArrayList<>(arguments);
        command.addAll(List.of("--bootstrap", "broker:19092", "--registry", "http://registry:8080/apis/ccompat/v7"));
        return new GenericContainer<>(DockerImageName.parse(System.getProperty("image.surgewire")))
                .withNetwork(network)
                .withCommand(command.toArray(new String[0]));
    }

    /** Runs a command to its end, whatever that is. */
    Ended run(String... arguments) {
        return run(List.of(), arguments);
    }

    /** Runs a command to its end with these files in {@code /files}. */
    Ended run(List<Path> files, String... arguments) {
        try (var container = surgewire(List.of(arguments))
                .withStartupCheckStrategy(new EndOfCommand())
                .withStartupTimeout(PATIENCE)) {
            files.forEach(file ->
                    container.withCopyFileToContainer(MountableFile.forHostPath(file), FILES + file.getFileName()));
            container.start();
            Long code = container.getCurrentContainerInfo().getState().getExitCodeLong();
            return new Ended(code == null ? -1 : code, container.getLogs());
        }
    }

    /** Success is that it ended; what with is for the test to judge. */
    private static final class EndOfCommand extends OneShotStartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            return super.checkStartupState(client, containerId) == StartupStatus.NOT_YET_KNOWN
                    ? StartupStatus.NOT_YET_KNOWN
                    : StartupStatus.SUCCESSFUL;
        }
    }

    /** Starts an instance of the pipeline, and returns when it is ready. */
    GenericContainer<?> startStreams() {
        return start(surgewire(List.of(
                        "streams",
                        "run",
                        "--state",
                        "/var/lib/surgewire",
                        "--host",
                        "0.0.0.0",
                        "--time",
                        "ANNOUNCEMENTS"))
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/ready").forPort(8080).withStartupTimeout(PATIENCE)));
    }

    /** The answer of a path, which must be 200. */
    static JsonNode get(GenericContainer<?> container, String path) {
        HttpResponse<String> response = send(container, HttpRequest.newBuilder().GET(), path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the registry to take a schema as the next version of a subject; the status of its answer. */
    int register(String subject, String schema) {
        String body = JSON.createObjectNode().put("schema", schema).toString();
        return send(
                        registry,
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)),
                        "/apis/ccompat/v7/subjects/" + subject + "/versions")
                .statusCode();
    }

    private static HttpResponse<String> send(GenericContainer<?> container, HttpRequest.Builder request, String path) {
        URI uri = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(8080) + path);
        try {
            return HTTP.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Startable::stop);
        network.close();
    }
}
