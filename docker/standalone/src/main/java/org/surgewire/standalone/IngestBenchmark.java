package org.surgewire.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ingest-bench",
        description = {
            "Measures how fast releases are read from a file and published.",
            "",
            "Each round publishes as many releases of the sample under new addresses, as 'ingest file' does: read from"
                    + " JSON Lines, compared with what is known, claims extracted, sent in transactions to a broker in"
                    + " this process. Then a bare producer sends the same bytes in as many transactions. The first rounds"
                    + " warm up. Processor time is that of the process, the broker's included.",
        })
final class IngestBenchmark implements Callable<Integer> {
    private static final String ADDRESS = "https://bench.example.org/";

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..1",
            defaultValue = "20000",
            description = "Releases in a round (default: ${DEFAULT-VALUE}).")
    private int releases;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "4",
            description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    private final ClaimReader claims = new ClaimReader(Extractor.bundled(), Jurisdictions.bundled());

    /**
     * How fast something went.
     *
     * @param rate releases a second
     * @param processor milliseconds of processor time a release
     */
    private record Speed(double rate, double processor) {}

    private interface Work {
        void run() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), shutdown -> {
            Path directory = Files.createTempDirectory("surgewire-bench-");
            try (var broker =
                    EmbeddedBroker.start(directory.resolve("broker"), message -> System.err.println(message))) {
                measure(Cluster.at(broker.bootstrapServers()), directory);
            } finally {
                Directories.delete(directory);
            }
            return 0;
        });
    }

    private void measure(Cluster cluster, Path directory) throws Exception {
        var topics = Topics.on(Registry.autoRegistering("mock://ingest-bench"), 1);
        var bare = Map.of(
                topics.pressReleases().name(),
                "bare-releases",
                topics.announcements().name(),
                "bare-claims");
        try (Admin admin = Admin.create(cluster.client());
                var outlet = new KafkaOutlet(() -> new Publisher(
                        cluster, Publisher.TRANSACTIONAL_ID, topics, claims, Stack.ZONE, InstantSource.system()));
                var producer = new KafkaProducer<>(
                        Publisher.producer(cluster, "bare"), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.create(admin, (short) 1);
            Map<String, String> configs = topics.pressReleases().configs();
            admin.createTopics(bare.values().stream()
                            .map(name -> new NewTopic(name, 1, (short) 1).configs(configs))
                            .toList())
                    .all()
                    .get();
            producer.initTransactions();
            say(
                    "%,d releases a round, %d processors%n",
                    releases, Runtime.getRuntime().availableProcessors());
            for (int round = 1; round <= rounds; round++) {
                Path file = write(directory, round);
                var from = ends(admin, bare.keySet().stream().toList());
                Speed ours = speed(() -> new LocalFiles(Stack.ZONE, InstantSource.system())
                        .read(List.of(file), outlet.session(), new Tally(note -> {}), path -> {}));
                Files.delete(file);
                List<ConsumerRecord<byte[], byte[]>> sent =
                        read(cluster, from, ends(admin, List.copyOf(bare.keySet())));
                Speed theirs = speed(() -> send(producer, sent, bare));
                say(
                        "round %d: %,7.0f releases/s, %.2f ms of processor each; bare producer %,7.0f/s, %.2f ms; ratio"
                                + " %.2f%n",
                        round, ours.rate, ours.processor, theirs.rate, theirs.processor, ours.rate / theirs.rate);
            }
        }
    }

    private Speed speed(Work work) throws Exception {
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Speed(releases / seconds, (process.getProcessCpuTime() - processor) / 1e6 / releases);
    }

    private Path write(Path directory, int round) throws IOException {
        var json = new ObjectMapper();
        List<ObjectNode> sample = new ArrayList<>();
        try (var in = new BufferedReader(new InputStreamReader(Sample.open(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                sample.add((ObjectNode) json.readTree(line));
            }
        }
        Path file = directory.resolve(round + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < releases; i++) {
                ObjectNode release = sample.get(i % sample.size()).deepCopy();
                out.write(release.put("url", ADDRESS + round + "/" + i) + "\n");
            }
        }
        return file;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<String> names) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String name : names) {
            var partition = new TopicPartition(name, 0);
            ends.put(
                    partition,
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset());
        }
        return ends;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            Cluster cluster, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(cluster.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            List<ConsumerRecord<byte[], byte[]>> records,
            Map<String, String> topics) {
        int step = 2 * Publisher.RELEASES_IN_A_TRANSACTION;
        for (int from = 0; from < records.size(); from += step) {
            producer.beginTransaction();
            for (var record : records.subList(from, Math.min(from + step, records.size()))) {
                var unused = producer.send(new ProducerRecord<>(
                        topics.get(record.topic()), null, record.timestamp(), record.key(), record.value()));
            }
            producer.commitTransaction();
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
