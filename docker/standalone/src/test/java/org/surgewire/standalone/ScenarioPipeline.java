package org.surgewire.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.query.AsOf;
import org.surgewire.streams.query.JurisdictionQueries;
import org.surgewire.streams.query.OperationQueries;
import org.surgewire.streams.query.Paging;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.query.Window;
import org.surgewire.streams.runtime.StreamsSettings;
import org.surgewire.streams.runtime.SurgewireTopology;
import org.surgewire.streams.stores.StateStores;

/** JSON Lines through extraction and the whole topology, without a broker. */
public final class ScenarioPipeline {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Jurisdictions JURISDICTIONS = Jurisdictions.bundled();
    // Before the first record is built: serdes make Avro trust the record classes.
    private static final Topics TOPICS = Topics.on(Registry.autoRegistering("mock://scenarios"), 1);
    private static final ClaimReader CLAIMS = new ClaimReader(Extractor.bundled(), JURISDICTIONS);

    /**
     * What a run came to: totals.csv, counts.csv and counts-by-period.csv, the last state of every alert that stands, the
     * cases, and what was known at some instants.
     */
    record Result(
            String totals, String days, String periodDays, List<Alert> alerts, List<String> cases, List<Object> then) {}

    private ScenarioPipeline() {}

    /** The announcements of the sample and of all scenarios together. */
    public static List<ArrestAnnouncement> sampleAndScenarios() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var in = Sample.open()) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        for (Path scenario : ScenarioFilesTest.scenarios()) {
            lines.addAll(Files.readAllLines(scenario.resolve("input.jsonl")));
        }
        return announcements(lines);
    }

    /** The announcements of these lines, each revision after the earlier ones of its release. */
    static List<ArrestAnnouncement> announcements(List<String> lines) throws IOException {
        List<ArrestAnnouncement> announcements = new ArrayList<>();
        Map<String, Integer> revisions = new HashMap<>();
        Map<String, String> hashes = new HashMap<>();
        var bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        new JsonLines(Stack.ZONE, InstantSource.fixed(NOW))
                .read(
                        "input.jsonl",
                        new ByteArrayInputStream(bytes),
                        release -> {
                            if (!release.contentHash().equals(hashes.put(release.releaseId(), release.contentHash()))) {
                                int revision = revisions.merge(release.releaseId(), 1, Integer::sum);
                                ArrestAnnouncement announcement = CLAIMS.read(record(release, revision));
                                announcement.setKnownSince(release.knownSince(Stack.ZONE, revision > 1));
                                announcements.add(announcement);
                            }
                        },
                        refusal -> {
                            throw new IllegalArgumentException(refusal.toString());
                        });
        return announcements;
    }

    private static PressRelease record(Release release, int revision) {
        return PressRelease.newBuilder()
                .setReleaseId(release.releaseId())
                .setSourceId(release.source())
                .setPublisher(release.publisher())
                .setUrl(release.url())
                .setTitle(release.title())
                .setText(release.text())
                .setPublished(release.published(Stack.ZONE))
                .setPublishedDay(release.publishedDay())
                .setPublishedPrecision("DAY")
                .setFirstSeen(NOW)
                .setRevision(revision)
                .setContentHash(release.contentHash())
                .setWithdrawn(release.withdrawn())
                .build();
    }

    /** Runs announcements through the topology. */
    static Result run(List<ArrestAnnouncement> announcements) throws IOException {
        return run(announcements, List.of());
    }

    /** Runs announcements through the topology and asks what was known at some instants. */
    static Result run(List<ArrestAnnouncement> announcements, List<Instant> instants) throws IOException {
        var properties = new StreamsSettings(
                        "scenario", "unused:1", Path.of("target/scenario"), 1, 0, Duration.ofMillis(100), 1, "")
                .toProperties();
        properties.put("surgewire.topics", TOPICS);
        var topology = SurgewireTopology.of(
                StateStores.inMemory(),
                TOPICS,
                JURISDICTIONS,
                new Clock.OfAnnouncements(),
                AlertSettings.defaults(),
                properties);
        try (var driver = new TopologyTestDriver(topology, properties)) {
            var input = driver.createInputTopic(
                    TOPICS.announcements().name(),
                    new StringSerializer(),
                    TOPICS.announcements().serde().serializer());
            announcements.forEach(announcement ->
                    input.pipeInput(announcement.getReleaseId(), announcement, announcement.getPublished()));
            Map<String, Alert> alerts = new TreeMap<>(driver.createOutputTopic(
                            TOPICS.alerts().name(),
                            new StringDeserializer(),
                            TOPICS.alerts().serde().deserializer())
                    .readKeyValuesToMap());
            alerts.values().removeIf(alert -> alert.getStatus().equals("CANCELLED"));
            var cases = new TreeMap<>(driver.createOutputTopic(
                            TOPICS.cases().name(),
                            new StringDeserializer(),
                            TOPICS.cases().serde().deserializer())
                    .readKeyValuesToMap());
            cases.values().removeIf(each -> each.getAnnouncements().isEmpty());
            var stores = new Stores(driver::getKeyValueStore);
            var ids = new TreeSet<String>();
            try (var rows = stores.spans().all()) {
                rows.forEachRemaining(row -> ids.add(row.key));
            }
            var published = new CountTables(new DailyCounts(stores.years()::get, stores.spans()::get), JURISDICTIONS);
            var happened = new CountTables(
                    new DailyCounts(stores.periodYears()::get, stores.periodSpans()::get), JURISDICTIONS);
            var totals = new StringBuilder();
            var days = new StringBuilder();
            var periodDays = new StringBuilder();
            published.totals(ids, totals);
            var coverage = stores.coverage(JURISDICTIONS);
            var known = stores.known().orElse(null);
            published.days(ids, coverage, known, days);
            happened.days(ids, coverage, known, periodDays);
            var counted = new JurisdictionQueries(stores, JURISDICTIONS);
            var operations = new OperationQueries(stores, JURISDICTIONS);
            List<Object> then = new ArrayList<>();
            for (Instant at : instants) {
                then.add(counted.ranking(each -> true, Window.ALL, AsOf.instant(at), Paging.first(1000)));
                then.add(operations.all(at, Paging.first(1000)));
            }
            return new Result(
                    totals.toString(),
                    days.toString(),
                    periodDays.toString(),
                    List.copyOf(alerts.values()),
                    cases.values().stream().map(Object::toString).toList(),
                    then);
        }
    }
}
