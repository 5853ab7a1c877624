package org.surgewire.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
    private static final String TOPIC = "numbers";
    private static final String GROUP = "readers";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    /** Old enough that a broker which deletes by age would have deleted it. */
    private static final long YEAR_2020 = 1_600_000_000_000L;

    @Test
    void aSecondStartFindsTopicsRecordsTransactionsAndGroupOffsets(@TempDir Path directory) throws Exception {
        String clusterId;
        try (var broker = EmbeddedBroker.start(directory, EmbeddedBrokerIT::unexpected)) {
            clusterId = clusterId(broker.bootstrapServers());
            createTopic(broker.bootstrapServers());
            commitThenAbort(broker.bootstrapServers());
            commitGroupOffset(broker.bootstrapServers(), 1);
        }
        try (var broker = EmbeddedBroker.start(directory, EmbeddedBrokerIT::unexpected)) {
            assertThat(clusterId(broker.bootstrapServers())).isEqualTo(clusterId);
            assertThat(committedRecords(broker.bootstrapServers())).containsExactly("one", "two");
            assertThat(groupOffset(broker.bootstrapServers())).isEqualTo(1);
        }
    }

    @Test
    void aStartAfterAKillFindsWhatWasCommittedAndTheOpenTransactionIsAborted(@TempDir Path directory) throws Exception {
        Process killed = startProcess(directory);
        String servers = bootstrapServers(killed);
        createTopic(servers);
        commitThenAbort(servers);
        commitGroupOffset(servers, 2);
        var open = transactionalProducer(servers);
        open.initTransactions();
        open.beginTransaction();
        send(open, "of an open transaction");
        killed.destroyForcibly().waitFor();
        open.close(Duration.ZERO);

        long start = System.nanoTime();
        try (var broker = EmbeddedBroker.start(directory, EmbeddedBrokerIT::unexpected)) {
            System.out.printf("start after a kill: %d ms%n", (System.nanoTime() - start) / 1_000_000);
            try (var next = transactionalProducer(broker.bootstrapServers())) {
                next.initTransactions();
            }
            assertThat(committedRecords(broker.bootstrapServers())).containsExactly("one", "two");
            assertThat(groupOffset(broker.bootstrapServers())).isEqualTo(2);
        }
    }

    @Test
    void aDirectoryInUseByAnotherProcessIsRefusedInOneLine(@TempDir Path directory) throws Exception {
        Process other = startProcess(directory);
        try {
            bootstrapServers(other);
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, EmbeddedBrokerIT::unexpected))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the data directory " + directory
                            + " is in use by another process; end that one or choose another directory");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefusedInOneLine(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> EmbeddedBroker.start(file, EmbeddedBrokerIT::unexpected))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cannot write to the data directory " + file + " (a file of that name exists); choose another");
    }

    @Test
    void aTemporaryDirectoryIsGoneAfterClose() throws Exception {
        Path directory;
        try (var broker = EmbeddedBroker.startTemporary(EmbeddedBrokerIT::unexpected)) {
            directory = broker.directory();
            createTopic(broker.bootstrapServers());
            assertThat(directory).exists();
        }
        assertThat(directory).doesNotExist();
    }

    private static void unexpected(String failure) {
        throw new AssertionError(failure);
    }

    private static Process startProcess(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String bootstrapServers(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return Optional.ofNullable(out.readLine()).orElseThrow();
    }

    private static String clusterId(String servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void createTopic(String servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static KafkaProducer<String, String> transactionalProducer(String servers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", "writer"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, 0, YEAR_2020, "k", value)).get();
    }

    private static void commitThenAbort(String servers) throws Exception {
        try (var producer = transactionalProducer(servers)) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "one");
            send(producer, "two");
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "aborted");
            producer.abortTransaction();
        }
    }

    private static KafkaConsumer<String, String> consumer(String servers) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        GROUP,
                        "enable.auto.commit",
                        "false",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void commitGroupOffset(String servers, long offset) {
        try (var consumer = consumer(servers)) {
            consumer.assign(List.of(PARTITION));
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)));
        }
    }

    private static long groupOffset(String servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var offsets = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return Optional.ofNullable(offsets.get(PARTITION)).orElseThrow().offset();
        }
    }

    private static List<String> committedRecords(String servers) {
        try (var consumer = consumer(servers)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            // With read_committed the end is the last stable offset.
            long end = Optional.ofNullable(
                            consumer.endOffsets(List.of(PARTITION)).get(PARTITION))
                    .orElseThrow();
            var values = new ArrayList<String>();
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
            }
            return values;
        }
    }
}
