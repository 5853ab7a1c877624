package org.surgewire.standalone;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Writes the topics that nothing else can be made from, and their schemas, to files.",
            "",
            "Releases, announcements, the health of sources and dead letters. Cases, counts, operations and alerts are"
                    + " counted again from them. It may run beside everything else; the files hold the texts of releases."
        })
final class Backup implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write; made when missing.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        Directories.prepare(out, "the backup", "--out");
        var files = new BackupFiles(out);
        if (Files.exists(files.manifest())) {
            throw new Failure("there is a backup already", out.toString(), "choose another directory with --out");
        }
        return cluster.withTopics(topics -> backUp(topics, files));
    }

    private int backUp(Topics topics, BackupFiles files) throws IOException {
        Map<String, BackupFiles.TopicFile> written = new LinkedHashMap<>();
        Registry registry = cluster.registry();
        var reader = new TopicReader(cluster.cluster());
        for (Topic<?> topic : topics.original()) {
            long[] records = new long[1];
            try (var file = files.writer(topic.name())) {
                reader.readBytes(topic, record -> {
                    write(record, file);
                    records[0]++;
                });
            } catch (UncheckedIOException e) {
                throw new IOException("cannot write the backup: " + e.getMessage(), e);
            }
            // Read afterwards, so that every schema that a record names is among them.
            List<BackupFiles.SchemaVersion> schemas = registry.versions(topic.subject()).stream()
                    .map(version -> new BackupFiles.SchemaVersion(
                            version.id(), version.schema().toString()))
                    .toList();
            written.put(topic.name(), new BackupFiles.TopicFile(records[0], files.sha256(topic.name()), schemas));
            System.err.printf("surgewire: %s: %,d records%n", topic.name(), records[0]);
        }
        files.write(new BackupFiles.Manifest(written));
        return 0;
    }

    private static void write(ConsumerRecord<String, byte[]> record, BufferedWriter file) {
        try {
            file.write(BackupFiles.toJson(BackupFiles.Line.of(record.key(), record.timestamp(), record.value())));
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
