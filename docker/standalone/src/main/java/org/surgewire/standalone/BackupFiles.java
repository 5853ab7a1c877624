package org.surgewire.standalone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup on disk: a file of gzipped JSON Lines for each topic, and {@code manifest.json}, which is written last and
 * holds the schemas and what the files must be like. Without it a backup is broken off and worth nothing.
 */
final class BackupFiles {
    /**
     * One record of a topic.
     *
     * @param timestamp milliseconds since 1970
     * @param base64 the value as it stands in the topic, its schema id included; null for a deletion
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(@Nullable String key, long timestamp, @Nullable String base64) {
        static Line of(@Nullable String key, long timestamp, byte @Nullable [] value) {
            return new Line(
                    key, timestamp, value == null ? null : Base64.getEncoder().encodeToString(value));
        }

        byte @Nullable [] value() {
            return base64 == null ? null : Base64.getDecoder().decode(base64);
        }
    }

    /** One version of a subject; id is the one that records carry. */
    record SchemaVersion(int id, String schema) {}

    /** What the file of a topic must be like. */
    record TopicFile(long records, String sha256, List<SchemaVersion> schemas) {}

    /** By topic name. */
    record Manifest(Map<String, TopicFile> topics) {}

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    BackupFiles(Path directory) {
        this.directory = directory;
    }

    Path manifest() {
        return directory.resolve("manifest.json");
    }

    void write(Manifest manifest) throws IOException {
        Files.writeString(manifest(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
    }

    Manifest read() throws IOException {
        return JSON.readValue(manifest().toFile(), Manifest.class);
    }

    BufferedWriter writer(String topic) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file(topic)), 1 << 16), StandardCharsets.UTF_8));
    }

    BufferedReader reader(String topic) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(topic)), 1 << 16), StandardCharsets.UTF_8));
    }

    static String toJson(Line line) throws IOException {
        return JSON.writeValueAsString(line);
    }

    static Line fromJson(String text) throws IOException {
        return JSON.readValue(text, Line.class);
    }

    String sha256(String topic) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(file(topic)), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Path file(String topic) {
        return directory.resolve(topic + ".jsonl.gz");
    }
}
