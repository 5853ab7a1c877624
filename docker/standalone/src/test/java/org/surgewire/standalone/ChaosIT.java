package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.SurgewireTopology;

/**
 * Broker, registry and two Streams instances, each in a process of its own, while a live stream of numbered announcements
 * runs: parts are killed, stores wiped, clocks jump and poison is sent, all at random. In the end everything equals an
 * unbroken run. Runs for {@code -Dsurgewire.chaos.seconds=N}, and not without; {@code -Dsurgewire.seed=N} repeats the plan.
 */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "surgewire.chaos.seconds", matches = "[0-9]+")
class ChaosIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int NUMBERED = 1200;
    private static final int CHAOS_SECONDS = Integer.getInteger("surgewire.chaos.seconds", 0);
    private static final Duration UP = Duration.ofMinutes(2);
    private static final List<String> COUNTIES = List.of(
            "Maricopa County, Arizona",
            "Orange County, Florida",
            "Polk County, Florida",
            "Gwinnett County, Georgia",
            "Mecklenburg County, North Carolina",
            "Wake County, North Carolina",
            "Harris County, Texas",
            "Bexar County, Texas");

    private final long seed = Long.getLong("surgewire.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Process> running = new TreeMap<>();
    private final Map<String, String> expectedLetters = new TreeMap<>();
    private int kills;

    @TempDir
    Path directory;

    @AfterEach
    void endAll() {
        running.values().forEach(process -> process.destroyForcibly().onExit().join());
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void whateverDiesOrIsPoisonedTheEndIsThatOfAnUnbrokenRun() throws Exception {
        System.out.println("ChaosIT: seed " + seed);
        List<ArrestAnnouncement> announcements = announcements();
        Outcome unbroken = UnbrokenRun.of(
                announcements, directory.resolve("unbroken"), servers -> outcome(UnbrokenRun.TOPICS, servers));

        String servers = start("broker", directory.resolve("broker").toString());
        String registry = start("registry", servers, Integer.toString(Program.freePort()));
        Topics topics = Topics.on(Registry.autoRegistering(registry), Part.PARTITIONS);
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
                var producer = UnbrokenRun.producer(servers)) {
            topics.create(admin, (short) 1);
            var schemas = topics.announcements().serde().serializer();
            // Known to the registry before it goes away for the first time.
            schemas.serialize(topics.announcements().name(), announcements.get(0));

            startStreams("a", servers, registry);
            startStreams("b", servers, registry);
            var live = CompletableFuture.runAsync(() -> feed(announcements, topics, producer));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CHAOS_SECONDS);
            List<Integer> strikes = new ArrayList<>();
            while (System.nanoTime() < end) {
                if (strikes.isEmpty()) {
                    // Each of them before one comes again.
                    strikes.addAll(List.of(0, 1, 2, 3, 4, 5));
                    Collections.shuffle(strikes, random);
                }
                strike(strikes.remove(0), servers, registry, topics, producer);
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2500));
            }
            live.get(5, TimeUnit.MINUTES);
            kill("a");
            kill("b");

            // What is left is read by an instance that has nothing on its disk.
            try (StreamsApp last = Part.streams(servers, registry, directory.resolve("last"), "a")) {
                new Drain(admin, last, SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID)).await();
            }
        }

        Outcome survived = outcome(topics, servers);
        long lost = unbroken.cases().keySet().stream()
                .filter(id -> !survived.cases().containsKey(id))
                .count();
        long duplicated = survived.cases().entrySet().stream()
                .filter(each -> each.getValue() > unbroken.cases().getOrDefault(each.getKey(), 0L))
                .count();
        System.out.println("killed " + kills + " times, lost " + lost + ", duplicated " + duplicated + "; "
                + expectedLetters.size() + " poison messages parked");

        assertThat(lost + duplicated).as("seed %d", seed).isZero();
        assertThat(letters(topics, servers)).as("seed %d", seed).isEqualTo(expectedLetters);
        assertThat(Standing.alertVersionsWrittenTwice(topics, servers))
                .as("seed %d", seed)
                .isEmpty();
        // What differs, alone: all of it would fill pages.
        var expected = new TreeMap<>(unbroken.standing());
        expected.entrySet().removeAll(survived.standing().entrySet());
        var differs = new TreeMap<>(survived.standing());
        differs.entrySet().removeAll(unbroken.standing().entrySet());
        assertThat(differs).as("seed %d", seed).isEqualTo(expected);
        assertThat(unbroken.standing().keySet()).anyMatch(key -> key.startsWith("enforcement.alerts.v1"));
    }

    /**
     * What a run came to.
     *
     * @param standing what stands in its topics
     * @param cases in how many cases each release is
     */
    private record Outcome(Map<String, String> standing, Map<String, Long> cases) {}

    private static Outcome outcome(Topics topics, String servers) {
        Map<String, Case> cases = new TreeMap<>();
        new TopicReader(servers).read(topics.cases(), cases::put);
        Map<String, Long> places = new TreeMap<>();
        for (Case each : cases.values()) {
            each.getAnnouncements().stream()
                    .map(CaseAnnouncement::getReleaseId)
                    .distinct()
                    .forEach(id -> places.merge(id, 1L, Long::sum));
        }
        return new Outcome(Standing.in(topics, servers), places);
    }

    /** The sample and all scenarios, then a year of numbered ones with surges, corrections and hostile strings among them. */
    private List<ArrestAnnouncement> announcements() throws IOException {
        List<ArrestAnnouncement> announcements = new ArrayList<>(ScenarioPipeline.sampleAndScenarios());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < NUMBERED; i++) {
            int number = i > 0 && random.nextInt(20) == 0 ? random.nextInt(i) : i;
            int arrests = random.nextInt(25) == 0 ? 20 + random.nextInt(200) : 2 + random.nextInt(8);
            String place = COUNTIES.get(Math.floorMod(number * 31, COUNTIES.size()));
            lines.add(JSON.createObjectNode()
                    .put("source", "generated")
                    .put("publisher", "U.S. Immigration and Customs Enforcement")
                    .put("url", "https://composed.example/" + number)
                    .put("title", "ICE arrests " + arrests + " in " + place)
                    .put(
                            "published",
                            LocalDate.of(2022, 1, 3)
                                    .plusDays(number * 360L / NUMBERED)
                                    .toString())
                    .put(
                            "text",
                            "Officers of U.S. Immigration and Customs Enforcement arrested " + arrests + " people in "
                                    + place + ", the agency said.")
                    .toString());
        }
        announcements.addAll(ScenarioPipeline.announcements(lines));
        for (int i = 0; i < announcements.size(); i += 97) {
            announcements.get(i).setTitle("\u0000\r\n\u001b[31m<script>=HYPERLINK(\"x\")'--\u202e\ud83d\ude94|" + i);
        }
        return announcements;
    }

    /** Sends all of them in the time of the chaos; some twice, some at times that are decades off. */
    private void feed(List<ArrestAnnouncement> announcements, Topics topics, KafkaProducer<String, byte[]> producer) {
        var chance = new Random(seed + 1);
        long pause = TimeUnit.SECONDS.toNanos(CHAOS_SECONDS) * 9 / 10 / announcements.size();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long due = System.nanoTime();
        try {
            for (ArrestAnnouncement each : announcements) {
                Instant at = chance.nextInt(20) > 0
                        ? each.getPublished()
                        : Instant.ofEpochSecond(chance.nextInt(Integer.MAX_VALUE));
                sent.add(producer.send(UnbrokenRun.record(topics, each, at)));
                if (chance.nextInt(10) == 0) {
                    sent.add(producer.send(UnbrokenRun.record(topics, each, at)));
                }
                due += pause;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void strike(
            int which, String servers, String registry, Topics topics, KafkaProducer<String, byte[]> producer)
            throws Exception {
        switch (which) {
            case 0 -> {
                String instance = random.nextBoolean() ? "a" : "b";
                kill(instance);
                if (random.nextBoolean()) {
                    Directories.delete(directory.resolve(instance));
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(3000));
                startStreams(instance, servers, registry);
            }
            case 1 -> {
                kill("broker");
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2000));
                assertThat(start("broker", directory.resolve("broker").toString()))
                        .isEqualTo(servers);
            }
            case 2 -> {
                // An instance that starts without a registry knows no schema and has to wait for it.
                kill("registry");
                kill("a");
                startStreams("a", servers, registry);
                TimeUnit.MILLISECONDS.sleep(1000 + random.nextInt(4000));
                start("registry", servers, registry.substring(registry.lastIndexOf(':') + 1));
            }
            case 3 -> {
                kill("a");
                kill("b");
                startStreams("b", servers, registry);
                startStreams("a", servers, registry);
            }
            case 4 -> {
                // One more, of the former release where that is there, joins and leaves again, in order or not.
                startStreams("c", servers, registry);
                TimeUnit.MILLISECONDS.sleep(3000 + random.nextInt(3000));
                if (random.nextBoolean()) {
                    kill("c");
                } else {
                    Process leaving = running.remove("c");
                    leaving.destroy();
                    assertThat(leaving.waitFor(60, TimeUnit.SECONDS)).isTrue();
                }
            }
            default -> poison(topics, producer);
        }
        if (running.values().stream().anyMatch(process -> !process.isAlive())) {
            throw new AssertionError("died by itself, seed " + seed + ": " + running);
        }
    }

    private void poison(Topics topics, KafkaProducer<String, byte[]> producer) throws Exception {
        ArrestAnnouncement announcement = ScenarioPipeline.sampleAndScenarios().get(random.nextInt(100));
        String topic = topics.announcements().name();
        String key = announcement.getReleaseId();
        byte[] good = topics.announcements().serde().serializer().serialize(topic, announcement);
        for (int kind = 0; kind < 10; kind++) {
            byte @Nullable [] value = good;
            @Nullable String under = key;
            String cause = "NOT_AVRO";
            switch (kind) {
                case 0 -> value = Arrays.copyOf(good, 5 + random.nextInt(good.length - 5));
                case 1 -> {
                    value = good.clone();
                    value[1] = 0x55;
                    cause = "UNKNOWN_SCHEMA";
                }
                case 2 -> {
                    value = good.clone();
                    value[0] = 7;
                }
                case 3 -> {
                    value = new byte[3_000_000];
                    random.nextBytes(value);
                    value[0] = 1;
                }
                case 4 -> {
                    var giant = ArrestAnnouncement.newBuilder(announcement)
                            .setTitle("x".repeat(2_000_000))
                            .build();
                    value = topics.announcements().serde().serializer().serialize(topic, giant);
                    cause = "TOO_LARGE";
                }
                case 5 -> {
                    under = "another-" + key;
                    cause = "WRONG_KEY";
                }
                case 6 -> {
                    value = null;
                    cause = "NO_RECORD";
                }
                case 7 -> {
                    under = null;
                    cause = "WRONG_KEY";
                }
                case 8 -> value = "<html>Access denied \u0000\r\n".getBytes(StandardCharsets.UTF_8);
                default -> {
                    var negative = ArrestAnnouncement.newBuilder(announcement).build();
                    negative.getClaims().forEach(claim -> claim.setJurisdictionId("ocd-division/country:us/../etc"));
                    value = topics.announcements().serde().serializer().serialize(topic, negative);
                    cause = negative.getClaims().isEmpty() ? "" : "UNKNOWN_JURISDICTION";
                }
            }
            if (!cause.isEmpty()) {
                RecordMetadata at = producer.send(new ProducerRecord<>(topic, null, 0L, under, value))
                        .get();
                expectedLetters.put(topic + "-" + at.partition() + "@" + at.offset(), cause);
            }
        }
    }

    private Map<String, String> letters(Topics topics, String servers) {
        Map<String, String> letters = new TreeMap<>();
        new TopicReader(servers)
                .read(
                        topics.announcementsDlq(),
                        (place, letter) ->
                                letters.merge(place, letter.getCause(), (one, other) -> one + " and " + other));
        return letters;
    }

    private void startStreams(String name, String servers, String registry) throws Exception {
        if (name.equals("c") && FormerRelease.isThere() && FormerRelease.keepsTheSameState()) {
            List<String> command = Program.command(
                    FormerRelease.jar(),
                    directory,
                    "streams",
                    "run",
                    "--bootstrap",
                    servers,
                    "--registry",
                    registry,
                    "--partitions",
                    Integer.toString(Part.PARTITIONS),
                    "--time",
                    "ANNOUNCEMENTS",
                    "--port",
                    "0",
                    "--state",
                    directory.resolve(name).toString());
            start(name, new ProcessBuilder(command).redirectErrorStream(true), "the page is at");
            return;
        }
        String instance = name.equals("c") ? "" : name;
        start(name, "streams", servers, registry, directory.resolve(name).toString(), instance);
    }

    private String start(String part, String... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        if (!arguments[0].equals("streams")) {
            all.add(part);
        }
        all.addAll(List.of(arguments));
        List<String> command = Program.java();
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Part.class.getName()));
        command.addAll(all);
        File log = directory.resolve(part + ".log").toFile();
        return start(part, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)), "");
    }

    /** Returns the first line that holds a text. */
    private String start(String part, ProcessBuilder builder, String text) throws IOException {
        Process process = builder.start();
        running.put(part, process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        String each = out.readLine();
                        while (each != null && !each.contains(text)) {
                            each = out.readLine();
                        }
                        return each;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orTimeout(UP.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(line).as(() -> part + ": " + log(part)).isNotNull();
        // Nobody reads the rest; a full pipe would stop the process.
        var unused = CompletableFuture.runAsync(() -> out.lines().forEach(each -> {}));
        return line;
    }

    private String log(String part) {
        try {
            return Files.readString(directory.resolve(part + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void kill(String part) {
        running.remove(part).destroyForcibly().onExit().join();
        kills++;
    }
}
