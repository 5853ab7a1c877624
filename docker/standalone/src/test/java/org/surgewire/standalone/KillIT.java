package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.serde.RecordJson;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;

/** A pipeline that is killed again and again while it loads announcements of 2020 ends as one that was left alone. */
@EnabledOnOs(OS.LINUX)
@Tag("chaos")
class KillIT {
    private static final int ANNOUNCEMENTS = 1000;
    private static final int KILLS = 4;
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 2);
    private static final Map<String, List<String>> COUNTIES = new TreeMap<>(Map.of(
            "Arizona", List.of("Maricopa", "Pima", "Yuma"),
            "Florida", List.of("Hillsborough", "Orange", "Duval", "Polk"),
            "Georgia", List.of("Gwinnett", "Cobb", "Fulton", "Hall"),
            "North Carolina", List.of("Mecklenburg", "Wake", "Durham", "Forsyth", "Guilford"),
            "Texas", List.of("Harris", "Bexar", "Travis", "Dallas", "El Paso")));

    private final long seed = Long.getLong("surgewire.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    /** Quiet days with surges among them, and now and then a correction of an earlier announcement. */
    private Path announcements() throws IOException {
        List<String> places = new ArrayList<>();
        COUNTIES.forEach((state, counties) -> counties.forEach(county -> places.add(county + " County, " + state)));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ANNOUNCEMENTS; i++) {
            boolean correction = i > 0 && random.nextInt(20) == 0;
            int id = correction ? random.nextInt(i) : i;
            LocalDate day = FIRST_DAY.plusDays(id * 360L / ANNOUNCEMENTS);
            String place = places.get(Math.floorMod(id * 31, places.size()));
            int arrests = random.nextInt(25) == 0 ? 20 + random.nextInt(200) : 2 + random.nextInt(8);
            ObjectNode release = new ObjectMapper().createObjectNode();
            release.put("source", "generated");
            release.put("publisher", "U.S. Immigration and Customs Enforcement");
            release.put("url", "https://composed.example/" + id);
            release.put("title", "ICE arrests " + arrests + " in " + place);
            release.put("published", day.toString());
            release.put(
                    "text",
                    "Officers of U.S. Immigration and Customs Enforcement arrested " + arrests + " people in " + place
                            + ", the agency said.");
            lines.add(release.toString());
        }
        return Files.write(directory.resolve("announcements.jsonl"), lines);
    }

    private Program start(Path input, Path data, int port) throws IOException {
        return Program.start(
                directory,
                "demo",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--file",
                input.toString());
    }

    @Test
    void theCountsAlertsAndRecordsAreThoseOfAnUnbrokenRun() throws Exception {
        System.out.println("KillIT: seed " + seed + " (-Dsurgewire.seed= repeats the input and the planned kills)");
        Path input = announcements();
        Map<String, String> unbroken = outcome(input, directory.resolve("unbroken"));

        Path data = directory.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            int part = 360 / KILLS;
            LocalDate day = FIRST_DAY.plusDays(part * kill + random.nextInt(part - 10));
            killAfter(day, input, data);
            if (kill % 2 == 1) {
                // What the machine kept of the stores is lost as well: all of it comes back from the broker.
                Directories.delete(data.resolve("streams"));
            }
        }
        Map<String, String> broken = outcome(input, data);
        assertThat(broken.keySet()).as("seed " + seed).isEqualTo(unbroken.keySet());
        for (String what : unbroken.keySet()) {
            assertThat(broken.get(what)).as(what + ", seed " + seed).isEqualTo(unbroken.get(what));
        }
    }

    private void killAfter(LocalDate day, Path input, Path data) throws Exception {
        int port = Program.freePort();
        try (var program = start(input, data, port)) {
            Awaitility.await("day " + day)
                    .atMost(Program.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(program.isAlive()).as(program::toString).isTrue();
                        return hasReached(port, day);
                    });
            program.signal("KILL");
            assertThat(program.end().code()).isEqualTo(128 + 9);
        }
    }

    private static boolean hasReached(int port, LocalDate day) {
        try {
            var response = Program.response(port, "/v1/jurisdictions?limit=1");
            if (response.statusCode() != 200) {
                return false;
            }
            String last = new ObjectMapper()
                    .readTree(response.body())
                    .at("/known/last")
                    .asText("");
            return !last.isEmpty()
                    && !last.equals("null")
                    && !LocalDate.parse(last).isBefore(day);
        } catch (UncheckedIOException | IOException e) {
            return false;
        }
    }

    /** What a pipeline came to: the answers of its API and the last record of each key of its topics. */
    private Map<String, String> outcome(Path input, Path data) throws Exception {
        try (var program = start(input, data, Program.freePort())) {
            var up = program.awaitLine("^Surgewire is up: http://127\\.0\\.0\\.1:(\\d+)/");
            int port = Integer.parseInt(up.group(1));
            var addresses = program.awaitLine("^Kafka: (\\S+), schema registry: (\\S+)$");
            String broker = addresses.group(1);
            Topics topics = Topics.on(Registry.of(List.of(addresses.group(2))), 1);

            Map<String, String> outcome = new TreeMap<>();
            JsonNode jurisdictions = Program.get(port, "/v1/jurisdictions?limit=1000");
            outcome.put("jurisdictions", jurisdictions.toString());
            for (JsonNode each : jurisdictions.get("items")) {
                String id = each.get("id").textValue();
                outcome.put(
                        "counts of " + id,
                        Program.get(port, "/v1/jurisdictions/" + id + "/counts?from=2020-01-01&to=2020-12-31")
                                .toString());
            }
            assertThat(outcome).hasSizeGreaterThan(25);
            JsonNode alerts = Program.get(port, "/v1/alerts?status=all&limit=1000");
            assertThat(alerts.get("total").asInt()).isPositive();
            outcome.put("alerts", alerts.toString());

            for (Topic<? extends SpecificRecord> topic :
                    List.of(topics.announcements(), topics.cases(), topics.counts(), topics.alerts())) {
                latest(topic, broker).forEach((key, record) -> outcome.put(topic.name() + " " + key, record));
            }
            assertThatNothingIsDeletedByAge(broker);

            program.signal("TERM");
            assertThat(program.end().code()).as(program::toString).isZero();
            return outcome;
        }
    }

    private static <V extends SpecificRecord> Map<String, String> latest(Topic<V> topic, String broker) {
        Map<String, String> latest = new TreeMap<>();
        new TopicReader(broker)
                .read(
                        topic,
                        (key, value) -> latest.put(key, RecordJson.of(value).toString()));
        assertThat(latest).as(topic.name()).isNotEmpty();
        return latest;
    }

    /** The broker compares the event times of 2020 with today: a topic with a limit of age would be emptied. */
    private static void assertThatNothingIsDeletedByAge(String broker) throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker))) {
            var topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .filter(name -> name.startsWith(Stack.APPLICATION_ID + "-") || name.startsWith("enforcement."))
                    .filter(name -> !name.endsWith(".dlq"))
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .collect(Collectors.toSet());
            assertThat(topics).hasSizeGreaterThan(10);
            admin.describeConfigs(topics).all().get().forEach((topic, config) -> {
                String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
                if (policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
                    assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value())
                            .as(topic.name())
                            .isEqualTo("-1");
                }
            });
        }
    }
}
