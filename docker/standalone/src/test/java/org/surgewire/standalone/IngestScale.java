package org.surgewire.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.poll.KafkaOutlet;
import org.surgewire.ingest.poll.LocalFiles;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;

/**
 * Measures how fast {@code ingest file} publishes, extraction included, beside a bare producer that sends the same bytes in
 * the same transactions. Run by hand, with the number of releases as argument. The sample's releases are read again and
 * again under other addresses; the first tenth only warms up.
 */
final class IngestScale {
    private IngestScale() {}

    public static void main(String[] arguments) throws Exception {
        int releases = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        Path directory = Files.createTempDirectory("surgewire-scale-");
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), IngestScale::failed);
                var registry = RegistryServer.start(broker.bootstrapServers(), 0);
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            var topics = Topics.on(Registry.autoRegistering(registry.url()), 1);
            topics.create(admin, (short) 1);
            var claims = new ClaimReader(Extractor.bundled(), Jurisdictions.bundled());
            try (var outlet = new KafkaOutlet(() -> new Publisher(
                    Cluster.at(broker.bootstrapServers()),
                    "scale",
                    topics,
                    claims,
                    Stack.ZONE,
                    InstantSource.system()))) {
                var files = new LocalFiles(Stack.ZONE, InstantSource.system());
                files.read(
                        List.of(file(directory, "warm", releases / 10)),
                        outlet.session(),
                        new Tally(note -> {}),
                        path -> {});
                Path file = file(directory, "measured", releases);
                report(
                        "ingest file",
                        releases,
                        () -> files.read(List.of(file), outlet.session(), new Tally(note -> {}), path -> {}));
            }
            bare(broker.bootstrapServers(), admin, topics, releases);
        } finally {
            Directories.delete(directory);
        }
    }

    private static void failed(String message) {
        throw new IllegalStateException(message);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** The processor time is that of this process, the broker's included. */
    private static void report(String what, int releases, Work work) throws Exception {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        System.out.printf(
                "%s: %,d releases in %.1f s, %,.0f a second; %.1f s of processor time, %.2f ms a release%n",
                what, releases, seconds, releases / seconds, cpuSeconds, cpuSeconds * 1000 / releases);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Path file(Path directory, String name, int releases) throws IOException {
        var json = new ObjectMapper();
        List<ObjectNode> sample = new ArrayList<>();
        try (var in = new BufferedReader(new InputStreamReader(Sample.open(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                sample.add((ObjectNode) json.readTree(line));
            }
        }
        Path file = directory.resolve(name + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < releases; i++) {
                ObjectNode release = sample.get(i % sample.size()).deepCopy();
                release.put("url", "https://scale.example.org/" + name + "/" + i);
                out.write(release + "\n");
            }
        }
        return file;
    }

    private static void bare(String bootstrapServers, Admin admin, Topics topics, int releases) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<TopicPartition> partitions = List.of(
                new TopicPartition(topics.pressReleases().name(), 0),
                new TopicPartition(topics.announcements().name(), 0));
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (var polled = consumer.poll(Duration.ofSeconds(5));
                    !polled.isEmpty();
                    polled = consumer.poll(Duration.ofSeconds(1))) {
                polled.forEach(records::add);
            }
        }
        admin.createTopics(List.of(
                        new NewTopic("bare-0", 1, (short) 1)
                                .configs(topics.pressReleases().configs()),
                        new NewTopic("bare-1", 1, (short) 1)
                                .configs(topics.announcements().configs())))
                .all()
                .get();
        List<ConsumerRecord<byte[], byte[]>> sent =
                records.subList(Math.max(0, records.size() - 2 * releases), records.size());
        var properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            report("bare producer", releases, () -> {
                for (int from = 0; from < sent.size(); from += 400) {
                    producer.beginTransaction();
                    for (var record : sent.subList(from, Math.min(from + 400, sent.size()))) {
                        String topic = record.topic().equals(partitions.get(0).topic()) ? "bare-0" : "bare-1";
                        var unused = producer.send(
                                new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value()));
                    }
                    producer.commitTransaction();
                }
            });
        }
    }
}
