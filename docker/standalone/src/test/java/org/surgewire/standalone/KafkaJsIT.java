package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * Clients that nobody here wrote read what is published: npm's {@code kafkajs} and
 * {@code @kafkajs/confluent-schema-registry}. Skipped where node or npm is missing, or npm cannot install.
 */
class KafkaJsIT {
    private static final Path WORK = Path.of("target/kafkajs").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private record Ended(int code, List<String> out, String err) {}

    private Ended run(String... command) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(WORK.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException e) {
            return new Ended(-1, List.of(), String.valueOf(e.getMessage()));
        }
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        return new Ended(ended ? process.exitValue() : -1, Files.readAllLines(out), Files.readString(err));
    }

    private void install() throws Exception {
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", "first-of-each.js")) {
            try (var in = KafkaJsIT.class.getResourceAsStream("kafkajs/" + file)) {
                Files.copy(in, WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assumeThat(run("node", "--version").code())
                .as("SKIPPED: node is missing; install it to see a foreign client read the topics")
                .isZero();
        Ended npm = run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts");
        assumeThat(npm.code())
                .as("SKIPPED: npm cannot install the foreign client: " + npm.err())
                .isZero();
    }

    @Test
    void aForeignClientReadsEveryFieldAsWeDo() throws Exception {
        install();
        int code = Shutdown.run(1, Duration.ofSeconds(60), shutdown -> {
            Stack stack = Stack.start(directory.resolve("data"), new Clock.OfAnnouncements(), shutdown);
            try (var progress = ProgressBar.onStandardError("loading the sample", 0)) {
                new Reading(stack.publisher()).read(Sample.NAME, Sample::open, progress, release -> {});
            }
            new Drain(
                            stack.admin(),
                            stack.streams(),
                            SurgewireTopology.readInOrder(stack.topics(), Stack.APPLICATION_ID))
                    .await();
            List<Topic<? extends SpecificRecord>> topics = List.of(
                    stack.topics().pressReleases(),
                    stack.topics().announcements(),
                    stack.topics().cases(),
                    stack.topics().counts(),
                    stack.topics().operations(),
                    stack.topics().alerts());
            List<String> command =
                    new ArrayList<>(List.of("node", "first-of-each.js", stack.bootstrapServers(), stack.registryUrl()));
            topics.forEach(topic -> command.add(topic.name()));
            Ended node = run(command.toArray(String[]::new));
            assertThat(node.code()).as(node.err()).isZero();
            Map<String, JsonNode> theirs = new HashMap<>();
            for (String line : node.out()) {
                JsonNode record = JSON.readTree(line);
                theirs.put(record.get("topic").textValue(), record);
            }
            for (Topic<? extends SpecificRecord> topic : topics) {
                assertThat(theirs.get(topic.name())).as(topic.name()).isEqualTo(first(topic, stack.bootstrapServers()));
            }
            return 0;
        });
        assertThat(code).isZero();
    }

    private static <V extends SpecificRecord> JsonNode first(Topic<V> topic, String bootstrapServers)
            throws IOException {
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        new TopicReader(bootstrapServers).read(topic, (key, value) -> {
            if (first.isEmpty()) {
                first.put("topic", topic.name());
                first.put("key", key);
                first.put("value", plain(value));
            }
        });
        // Through text, so that a number is the same whatever type it had.
        return JSON.readTree(JSON.writeValueAsBytes(first));
    }

    /** As a client without our classes sees it: days and instants are numbers, bytes are a buffer. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof IndexedRecord record) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(field -> fields.put(field.name(), plain(record.get(field.pos()))));
            return fields;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(KafkaJsIT::plain).toList();
        }
        if (value instanceof Double number && number == Math.rint(number)) {
            // JavaScript writes 9, not 9.0.
            return number.longValue();
        }
        if (value instanceof LocalDate day) {
            return day.toEpochDay();
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof ByteBuffer bytes) {
            // As node writes its buffers.
            List<Integer> data = new ArrayList<>();
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                data.add(bytes.get(i) & 0xff);
            }
            return Map.of("type", "Buffer", "data", data);
        }
        return value;
    }
}
