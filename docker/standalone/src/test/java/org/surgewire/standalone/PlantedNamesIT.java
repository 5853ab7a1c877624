package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.standalone.Program.Ended;

/**
 * Names, ages and home towns that are planted in every release of the sample appear in no topic but that of the raw
 * releases, at no endpoint and in no file of a replay. The persons are invented.
 */
@EnabledOnOs(OS.LINUX)
class PlantedNamesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PERSONS =
            List.of("Zebulon Quarrington", "Oluwaseun Adeyinka", "Ivan Grozdanovich", "Juan Peregrino-Vasquez");
    private static final List<String> PLANTED = List.of(
            "Zebulon",
            "Quarrington",
            "Oluwaseun",
            "Adeyinka",
            "Grozdanovich",
            "Peregrino",
            "97-year-old",
            "Chowchilla");

    /** Holds the raw releases, and with them what their publisher wrote. */
    private static final String RAW = "enforcement.press-releases.v1";

    @TempDir
    Path directory;

    private Path planted() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var sample = Sample.open()) {
            int number = 0;
            for (String line : new String(sample.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                var release = (ObjectNode) JSON.readTree(line);
                String person = PERSONS.get(number % PERSONS.size());
                String text = release.path("text").textValue();
                if (text != null) {
                    int paragraph = text.indexOf('\n');
                    String first = paragraph < 0 ? text : text.substring(0, paragraph);
                    String rest = paragraph < 0 ? "" : text.substring(paragraph);
                    release.put(
                            "text",
                            first + " Among those arrested was " + person + ", a 97-year-old resident of Chowchilla,"
                                    + " California." + rest + "\n- " + person
                                    + ", 97, of Chowchilla, was arrested for a crime.");
                    if (number % 3 == 0) {
                        release.put("title", release.path("title").asText() + ", among them " + person);
                    }
                }
                lines.add(release.toString());
                number++;
            }
        }
        return Files.write(directory.resolve("planted.jsonl"), lines);
    }

    private static void assertUnnamed(String where, String content) {
        for (String planted : PLANTED) {
            int at = content.indexOf(planted);
            assertThat(at < 0 ? "" : content.substring(Math.max(0, at - 200), Math.min(content.length(), at + 100)))
                    .as("%s around %s", where, planted)
                    .isEmpty();
        }
    }

    @Test
    void noFileOfAReplayNamesThem() throws Exception {
        Path out = directory.resolve("out");
        Ended ended = Program.run(directory, "replay", planted().toString(), "--out", out.toString());
        assertThat(ended.code()).as(ended.err().toString()).isZero();
        try (var files = Files.list(out)) {
            for (Path file : files.toList()) {
                assertUnnamed(file.getFileName().toString(), Files.readString(file));
            }
        }
    }

    @Test
    void noTopicButThatOfTheRawReleasesAndNoEndpointNamesThem() throws Exception {
        try (var demo = Program.start(
                directory, "demo", "--port", "0", "--file", planted().toString())) {
            int port = Integer.parseInt(demo.awaitLine("^Surgewire is up: http://127\\.0\\.0\\.1:(\\d+)/ .*")
                    .group(1));
            String bootstrap =
                    demo.awaitLine("^Kafka: (\\S+), schema registry: \\S+$").group(1);
            assertThat(topics(bootstrap)).contains(RAW, "enforcement.arrest-announcements.v1");
            for (String endpoint : endpoints(port)) {
                assertUnnamed(endpoint, Program.response(port, endpoint).body());
            }
            demo.signal("TERM");
            assertThat(demo.end().code()).isZero();
        }
    }

    /** Reads every topic from its beginning, those of the stores too, as bytes: Avro keeps strings as they are. */
    private static Set<String> topics(String bootstrap) throws Exception {
        Set<String> names = new TreeSet<>();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            names.addAll(admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get());
        }
        boolean rawNames = false;
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (String name : names) {
                List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                        .map(each -> new TopicPartition(name, each.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                    for (var each : consumer.poll(Duration.ofMillis(200))) {
                        String content = string(each.key()) + " " + string(each.value());
                        if (name.equals(RAW)) {
                            rawNames |= content.contains("Quarrington");
                        } else {
                            assertUnnamed(name, content);
                        }
                    }
                }
            }
        }
        assertThat(rawNames).as("the raw releases have the names").isTrue();
        return names;
    }

    private static String string(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> endpoints(int port) {
        List<String> endpoints = new ArrayList<>(List.of(
                "/",
                "/live",
                "/ready",
                "/metrics",
                "/v1/jurisdictions?limit=1000",
                "/v1/alerts?status=all&limit=1000",
                "/v1/operations",
                "/v1/policies/comparison"));
        JsonNode alerts = Program.get(port, "/v1/alerts?status=all&limit=1000");
        for (String id : new TreeSet<>(alerts.findValuesAsText("caseId"))) {
            endpoints.add("/v1/cases/" + id);
        }
        JsonNode jurisdictions = Program.get(port, "/v1/jurisdictions?limit=1000");
        for (String id : new TreeSet<>(jurisdictions.findValuesAsText("id"))) {
            endpoints.add("/v1/jurisdictions/" + id);
            endpoints.add("/v1/jurisdictions/" + id + "/counts");
        }
        for (String id : new TreeSet<>(Program.get(port, "/v1/operations").findValuesAsText("id"))) {
            endpoints.add("/v1/operations/" + id);
        }
        assertThat(endpoints)
                .as("endpoints of cases, jurisdictions and operations")
                .hasSizeGreaterThan(50);
        return endpoints;
    }
}
