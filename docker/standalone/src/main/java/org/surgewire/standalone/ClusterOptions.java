package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.poll.HealthBook;
import org.surgewire.ingest.poll.KafkaOutlet;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.publish.Trouble;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Option;

/** The cluster that is published to. */
final class ClusterOptions {
    private static final int ANSWER_SECONDS = 20;
    private static final String REGISTRY = "schema.registry.";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            required = true,
            split = ",",
            description = "Brokers to connect to first.")
    private List<String> bootstrap = List.of();

    @Option(
            names = "--registry",
            paramLabel = "URL",
            required = true,
            split = ",",
            description = "Schema registry; several URLs are tried in this order.")
    private List<String> registry = List.of();

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Settings of Kafka's clients as a Java properties file, for instance security.protocol and"
                    + " sasl.jaas.config; those that begin with " + REGISTRY + " go to the registry's client.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--set-up",
            description = "Make the topics that are missing and register the schemas first, for a new cluster.")
    private boolean setUp;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of topics that are made (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "1",
            description = "Replicas of topics that are made (default: ${DEFAULT-VALUE}).")
    private short replication;

    /** What a command does with the cluster. */
    interface Work<T> {
        T with(KafkaOutlet outlet, HealthBook book) throws Exception;
    }

    /** Connects and works; a refusal of the broker or the registry fails with one line. */
    <T> T connected(Shutdown shutdown, Work<T> work) throws Exception {
        return withPublishers((topics, opening) -> {
            var book = new HealthBook();
            new TopicReader(cluster()).read(topics.sourceHealth(), (id, health) -> book.put(health));
            return work.with(shutdown.closeLater("publisher", new KafkaOutlet(opening)), book);
        });
    }

    /** What a command does that needs a publisher for itself. */
    interface OwnWork<T> {
        T with(Topics topics, Supplier<Publisher> opening) throws Exception;
    }

    /** As {@link #connected}, for work of another kind. */
    <T> T withPublishers(OwnWork<T> work) throws Exception {
        return withTopics("publish to", topics -> {
            var claims = new ClaimReader(Extractor.bundled(), Jurisdictions.bundled());
            return work.with(
                    topics,
                    () -> new Publisher(
                            cluster(), Publisher.TRANSACTIONAL_ID, topics, claims, Stack.ZONE, InstantSource.system()));
        });
    }

    /** What a command does with topics that are there. */
    interface TopicsWork<T> {
        T with(Topics topics) throws Exception;
    }

    /** As {@link #connected}, for work without a publisher. */
    <T> T withTopics(TopicsWork<T> work) throws Exception {
        return withTopics("work on", work);
    }

    private <T> T withTopics(String doing, TopicsWork<T> work) throws Exception {
        try {
            Topics topics = Topics.on(registry(), partitions);
            prepare(topics);
            return work.with(topics);
        } catch (RuntimeException e) {
            throw explained(doing, e);
        }
    }

    /** What a command does to the cluster itself. */
    interface AdminWork<T> {
        T with(Admin admin) throws Exception;
    }

    /** As {@link #connected}, for work on the cluster itself; topics may be missing. */
    <T> T withAdmin(AdminWork<T> work) throws Exception {
        try (Admin admin = admin()) {
            return work.with(admin);
        } catch (ExecutionException e) {
            throw explained(
                    "work on",
                    e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new KafkaException("the broker failed: " + e.getCause(), e.getCause()));
        } catch (RuntimeException e) {
            throw explained("work on", e);
        }
    }

    /** The cluster, with the login that the file gives. */
    Cluster cluster() {
        return new Cluster(String.join(",", bootstrap), settings(false));
    }

    /** Partitions of topics that are made. */
    int partitions() {
        return partitions;
    }

    /** Replicas of topics that are made. */
    short replication() {
        return replication;
    }

    /** The registry, likewise. */
    Registry registry() {
        return Registry.of(registry, settings(true));
    }

    /** What the file says to the registry's client, or to Kafka's. */
    private Map<String, String> settings(boolean toRegistry) {
        var properties = new Properties();
        if (commandConfig != null) {
            try (var in = Files.newBufferedReader(commandConfig)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new Failure(
                        "cannot read the settings of clients",
                        commandConfig.toString(),
                        "name a Java properties file with --command-config",
                        e);
            }
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(REGISTRY) == toRegistry)
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private Admin admin() {
        Map<String, Object> client = cluster().client();
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_SECONDS * 1000);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_SECONDS * 1000);
        return Admin.create(client);
    }

    private void prepare(Topics topics) throws InterruptedException {
        try (Admin admin = admin()) {
            if (setUp) {
                topics.create(admin, replication);
                var registering = registry();
                topics.all().forEach(topic -> registering.register(topic.subject(), topic.schema()));
            }
            Set<String> missing = new TreeSet<>();
            topics.all().forEach(topic -> missing.add(topic.name()));
            missing.removeAll(admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS));
            if (!missing.isEmpty()) {
                throw new Failure(
                        "topics are missing at " + cluster(), String.join(", ", missing), "make them with --set-up");
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot list topics: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new Failure("no broker answers", cluster().bootstrapServers(), "start it, or correct --bootstrap", e);
        }
    }

    /** The same as one line where it is the broker's or the registry's word. */
    private RuntimeException explained(String doing, RuntimeException e) {
        Trouble trouble = e instanceof Failure ? null : Trouble.of(e);
        if (trouble == null) {
            return e;
        }
        return new Failure("cannot " + doing + " " + cluster() + ": " + trouble.message(), e);
    }
}
