package org.surgewire.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.similarity.MinHash;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.CaseTopology;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.CountTopology;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.operations.OperationTopology;
import org.surgewire.streams.runtime.StreamsSettings;
import org.surgewire.streams.runtime.SurgewireTopology;
import org.surgewire.streams.stores.StateStores;

/**
 * What an announcement costs, and what of it is kept, as the history grows: generated announcements of ten years through
 * the whole topology with its stores on disk, without a broker. Prints the mean time of each tenth of the run and the
 * bytes of each store.
 *
 * <p>Arguments: number of announcements, seed, and {@code counts} to leave alerts out.
 */
public final class CountingScale {
    private static final int YEARS = 10;
    private static final LocalDate START = LocalDate.parse("2015-01-01");
    private static final int PLACES = 400;

    private final Jurisdictions jurisdictions = Jurisdictions.bundled();
    private final Topics topics = Topics.on(Registry.autoRegistering("mock://scale"), 1);
    private final List<Jurisdiction> places = new ArrayList<>();
    private final List<ArrestAnnouncement> recent = new ArrayList<>();
    private final Random random;
    private final int announcements;

    private CountingScale(int announcements, long seed) {
        this.announcements = announcements;
        this.random = new Random(seed);
        List<Jurisdiction> all = jurisdictions.all().stream()
                .filter(each -> each.level().equals("county") || each.level().equals("place"))
                .toList();
        for (int i = 0; i < PLACES; i++) {
            places.add(all.get(random.nextInt(all.size())));
        }
    }

    public static void main(String[] arguments) throws IOException {
        int announcements = Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        boolean alerts = arguments.length < 3 || !arguments[2].equals("counts");
        System.out.printf(
                Locale.ROOT, "%,d announcements, seed %d, %s%n", announcements, seed, alerts ? "all" : "no alerts");
        new CountingScale(announcements, seed).run(alerts);
    }

    private void run(boolean alerts) throws IOException {
        Path directory = Files.createTempDirectory("surgewire-scale-");
        var properties =
                new StreamsSettings("scale", "unused:1", directory, 1, 0, Duration.ofMillis(100), 1, "").toProperties();
        properties.put("surgewire.topics", topics);
        Topology topology = topology(alerts, properties);
        try (var driver = new TopologyTestDriver(topology, properties)) {
            var input = driver.createInputTopic(
                    topics.announcements().name(),
                    new StringSerializer(),
                    topics.announcements().serde().serializer());
            int tenth = announcements / 10;
            for (int part = 0; part < 10; part++) {
                long nanos = 0;
                for (int i = 0; i < tenth; i++) {
                    ArrestAnnouncement next = next(part * tenth + i);
                    long start = System.nanoTime();
                    input.pipeInput(next.getReleaseId(), next, next.getPublished());
                    nanos += System.nanoTime() - start;
                    if (i % 100 == 0) {
                        drain(driver);
                    }
                }
                System.out.printf(
                        Locale.ROOT, "%3d %%: %,.0f us an announcement%n", 10 * (part + 1), nanos / 1e3 / tenth);
            }
            driver.getAllStateStores().values().forEach(store -> {
                if (store instanceof KeyValueStore<?, ?> rows) {
                    rows.commit(Map.of());
                }
            });
            print(driver, directory);
        } finally {
            Directories.delete(directory);
        }
    }

    /** The driver keeps what is written to topics and changelogs until it is read. */
    private static void drain(TopologyTestDriver driver) {
        var bytes = new ByteArrayDeserializer();
        driver.producedTopicNames()
                .forEach(topic -> driver.createOutputTopic(topic, bytes, bytes).readRecordsToList());
    }

    private Topology topology(boolean alerts, Properties properties) {
        var clock = new Clock.OfAnnouncements();
        if (alerts) {
            return SurgewireTopology.of(
                    StateStores.persistent(), topics, jurisdictions, clock, AlertSettings.defaults(), properties);
        }
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        var changes = CaseTopology.addTo(builder, StateStores.persistent(), topics, jurisdictions, clock);
        OperationTopology.addTo(builder, StateStores.persistent(), topics, changes);
        CountTopology.addTo(builder, StateStores.persistent(), topics, jurisdictions, changes);
        return builder.build(properties);
    }

    private void print(TopologyTestDriver driver, Path directory) throws IOException {
        long days = 0;
        KeyValueStore<String, YearOfDays> years = driver.getKeyValueStore(CountNames.DAILY);
        try (var rows = years.all()) {
            while (rows.hasNext()) {
                days += rows.next().value.getDays().size();
            }
        }
        Map<String, Long> bytes = new TreeMap<>();
        try (var files = Files.walk(directory)) {
            files.filter(file -> file.toString().contains("/rocksdb/") && Files.isRegularFile(file))
                    .filter(file -> file.getFileName().toString().endsWith(".sst"))
                    .forEach(file -> bytes.merge(file.getParent().getFileName().toString(), size(file), Long::sum));
        }
        bytes.forEach((store, size) -> System.out.printf(
                Locale.ROOT, "%-24s %,15d bytes %,8.0f an announcement%n", store, size, (double) size / announcements));
        long sum = bytes.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                Locale.ROOT, "%-24s %,15d bytes %,8.0f an announcement%n", "all", sum, (double) sum / announcements);
        System.out.printf(
                Locale.ROOT,
                "%,d jurisdiction-days, %.0f bytes each in %s%n",
                days,
                (double) bytes.getOrDefault(CountNames.DAILY, 0L) / days,
                CountNames.DAILY);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mostly single arrests, some local results, few operations with round-ups; now and then a reprint or correction. */
    private ArrestAnnouncement next(int index) {
        LocalDate day = START.plusDays((long) index * YEARS * 365 / announcements);
        int kind = random.nextInt(100);
        ArrestAnnouncement made;
        if (kind < 5 && !recent.isEmpty()) {
            ArrestAnnouncement again = recent.get(random.nextInt(recent.size()));
            return ArrestAnnouncement.newBuilder(again)
                    .setReleaseId(id(index))
                    .setPublishedDay(day)
                    .setPublished(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                    .build();
        } else if (kind < 7 && !recent.isEmpty()) {
            ArrestAnnouncement corrected = recent.get(random.nextInt(recent.size()));
            return ArrestAnnouncement.newBuilder(corrected)
                    .setRevision(corrected.getRevision() + 1)
                    .setTitle("Corrected: " + corrected.getTitle())
                    .build();
        } else if (kind < 75) {
            made = results(index, day, "SINGLE_ARREST", place(), 1, null);
        } else if (kind < 92) {
            made = results(index, day, "ARREST_RESULTS", place(), 4 + random.nextInt(60), week(day));
        } else if (kind < 97) {
            made = ArrestAnnouncement.newBuilder(
                            results(index, day, "ARREST_RESULTS", place(), 10 + random.nextInt(100), week(day)))
                    .setOperation(operation(day))
                    .build();
        } else {
            made = roundUp(index, day);
        }
        recent.add(made);
        if (recent.size() > 100) {
            recent.remove(0);
        }
        return made;
    }

    /** Four operations a month, each with a name of its own. */
    private OperationMention operation(LocalDate day) {
        String name = "operation-" + day.getYear() + "-" + day.getMonthValue() + "-" + random.nextInt(4);
        return new OperationMention(name, name, "CONCLUDED", null, null);
    }

    private ArrestAnnouncement roundUp(int index, LocalDate day) {
        List<Claim> claims = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < 6; i++) {
            long count = 10L + random.nextInt(80);
            sum += count;
            claims.add(claim("c" + (i + 2), "PART", place(), count));
        }
        claims.add(0, claim("c1", "TOTAL", jurisdictions.get(Jurisdictions.COUNTRY), sum));
        return ArrestAnnouncement.newBuilder(
                        results(index, day, "ARREST_RESULTS", jurisdictions.get(Jurisdictions.COUNTRY), sum, week(day)))
                .setOperation(operation(day))
                .setClaims(claims)
                .build();
    }

    private ArrestAnnouncement results(
            int index, LocalDate day, String kind, Jurisdiction place, long count, @Nullable Period period) {
        var words = new StringBuilder(2000);
        for (int i = 0; i < 150; i++) {
            words.append('w').append(random.nextInt(5000)).append(' ');
        }
        ByteBuffer fingerprint = MinHash.signature(words.toString());
        return ArrestAnnouncement.newBuilder()
                .setReleaseId(id(index))
                .setSourceId("ice-newsroom")
                .setPublisher("ICE Enforcement and Removal Operations " + place.state())
                .setUrl("https://releases.example/news/releases/" + day + "/"
                        + words.substring(0, 40).replace(' ', '-'))
                .setTitle("ICE arrests " + count + " in " + place.name() + " during a targeted enforcement action")
                .setPublished(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                .setPublishedDay(day)
                .setRevision(1)
                .setContentHash(id(index))
                .setWithdrawn(false)
                .setKind(kind)
                .setPeriod(period)
                .setClaims(List.of(claim("c1", "TOTAL", place, count)))
                .setFingerprint(fingerprint)
                .setRules("scale")
                .build();
    }

    private static Period week(LocalDate day) {
        LocalDate start = day.minusDays(4 + day.getDayOfWeek().getValue());
        return new Period(start, start.plusDays(4), null);
    }

    private static Claim claim(String id, String role, Jurisdiction place, long count) {
        String sentence = "officers of the field office arrested " + count + " people in " + place.name()
                + " over the course of the operation, the agency said on Monday";
        return Claim.newBuilder()
                .setClaimId(id)
                .setRole(role)
                .setJurisdictionId(place.id())
                .setPlace(place.name())
                .setPlaceType(place.level())
                .setLow(count)
                .setBest(count)
                .setHigh(count)
                .setQualifier("EXACT")
                .setUnit("persons")
                .setKind("PERIOD")
                .setEvidence(new Evidence(100, 100 + sentence.length(), sentence, "scale", 0.9))
                .build();
    }

    /** Some places much more often than others. */
    private Jurisdiction place() {
        return places.get((int) (PLACES * Math.pow(random.nextDouble(), 3)));
    }

    private static String id(int index) {
        return String.format(Locale.ROOT, "%020x", index * 0x9E3779B97F4A7C15L);
    }
}
