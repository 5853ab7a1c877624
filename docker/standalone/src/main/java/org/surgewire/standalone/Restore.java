package org.surgewire.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = {
            "Writes a backup to a cluster whose topics are empty.",
            "",
            "The registry may give schemas other ids; records are changed to carry those. Broken off, it is to be done"
                    + " again after the topics are deleted."
        })
final class Restore implements Callable<Integer> {
    private static final int AHEAD = 1000;
    private static final int HEADER = 5;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "What backup wrote.")
    private Path from = Path.of("");

    @Override
    public Integer call() throws Exception {
        var files = new BackupFiles(from);
        if (!Files.isRegularFile(files.manifest())) {
            throw new Failure(
                    "there is no complete backup",
                    from.toString(),
                    "name a directory in which backup wrote manifest.json");
        }
        BackupFiles.Manifest manifest = files.read();
        for (var topic : manifest.topics().entrySet()) {
            if (!files.sha256(topic.getKey()).equals(topic.getValue().sha256())) {
                throw new Failure("the backup is damaged", topic.getKey() + " in " + from, "take another one");
            }
        }
        return cluster.withTopics(topics -> restore(topics, files, manifest));
    }

    private int restore(Topics topics, BackupFiles files, BackupFiles.Manifest manifest) throws Exception {
        var reader = new TopicReader(cluster.cluster());
        for (Topic<?> topic : topics.original()) {
            reader.readBytes(topic, record -> {
                throw new Failure(
                        "the cluster is not empty",
                        "there are records in " + topic.name(),
                        "restore into new topics alone");
            });
        }
        Map<String, Object> settings = cluster.cluster().client();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Topic<?> topic : topics.original()) {
                BackupFiles.TopicFile file = manifest.topics().get(topic.name());
                if (file != null) {
                    Map<Integer, Integer> ids = register(cluster.registry(), topic, file.schemas());
                    long records = write(producer, topic, files, ids);
                    System.err.printf("surgewire: %s: %,d records%n", topic.name(), records);
                }
            }
        }
        return 0;
    }

    /** The ids of this registry by those of the backup. */
    private static Map<Integer, Integer> register(
            Registry registry, Topic<?> topic, List<BackupFiles.SchemaVersion> schemas) {
        Map<Integer, Integer> ids = new HashMap<>();
        for (BackupFiles.SchemaVersion version : schemas) {
            ids.put(version.id(), registry.register(topic.subject(), new Schema.Parser().parse(version.schema())));
        }
        registry.requireFullTransitive(topic.subject());
        return ids;
    }

    private static long write(
            KafkaProducer<String, byte[]> producer, Topic<?> topic, BackupFiles files, Map<Integer, Integer> ids)
            throws Exception {
        long records = 0;
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (BufferedReader lines = files.reader(topic.name())) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                BackupFiles.Line line = BackupFiles.fromJson(text);
                sent.add(producer.send(new ProducerRecord<>(
                        topic.name(), null, line.timestamp(), line.key(), withId(line.value(), ids))));
                records++;
                if (sent.size() == AHEAD) {
                    await(sent);
                }
            }
        }
        await(sent);
        return records;
    }

    private static void await(List<Future<RecordMetadata>> sent) throws InterruptedException {
        try {
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a record was not written: " + e.getCause(), e.getCause());
        }
        sent.clear();
    }

    /** A value that names no schema of the backup is left as it is: poison stays what it was. */
    private static byte @Nullable [] withId(byte @Nullable [] value, Map<Integer, Integer> ids) throws IOException {
        if (value == null || value.length < HEADER || value[0] != 0) {
            return value;
        }
        Integer id = ids.get(ByteBuffer.wrap(value, 1, 4).getInt());
        return id == null ? value : ByteBuffer.wrap(value).putInt(1, id).array();
    }
}
