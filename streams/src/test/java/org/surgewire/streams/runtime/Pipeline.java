package org.surgewire.streams.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.stores.StateStores;

/** The whole topology without a broker. */
public final class Pipeline implements AutoCloseable {
    public static final String US = "ocd-division/country:us";
    public static final String NC = US + "/state:nc";
    public static final String MECKLENBURG = NC + "/county:mecklenburg";
    public static final String CA = US + "/state:ca";
    public static final String LOS_ANGELES = CA + "/place:los_angeles";

    // Before the first record is built: serdes make Avro trust the record classes.
    private static final Topics TOPICS = Topics.on(Registry.autoRegistering("mock://pipeline"), 1);

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, ArrestAnnouncement> announcements;
    private final TestInputTopic<String, byte[]> raw;
    private final TestOutputTopic<String, Case> cases;
    private final TestOutputTopic<String, JurisdictionCounts> counts;
    private final TestOutputTopic<String, Operation> operations;
    private final TestOutputTopic<String, Alert> alerts;
    private final TestOutputTopic<String, DeadLetter> parked;
    private final TestInputTopic<String, SourceHealth> health;

    public Pipeline() {
        this(new Clock.OfAnnouncements());
    }

    public Pipeline(Clock clock) {
        var properties = new StreamsSettings(
                        "pipeline", "unused:1", Path.of("target/pipeline"), 1, 0, Duration.ofMillis(100), 1, "")
                .toProperties();
        properties.put(ParkPoison.TOPICS, TOPICS);
        driver = new TopologyTestDriver(
                SurgewireTopology.of(
                        StateStores.inMemory(),
                        TOPICS,
                        Jurisdictions.bundled(),
                        clock,
                        AlertSettings.defaults(),
                        properties),
                properties);
        var input = TOPICS.announcements();
        announcements = driver.createInputTopic(
                input.name(), new StringSerializer(), input.serde().serializer());
        raw = driver.createInputTopic(input.name(), new StringSerializer(), new ByteArraySerializer());
        cases = output(TOPICS.cases());
        counts = output(TOPICS.counts());
        operations = output(TOPICS.operations());
        alerts = output(TOPICS.alerts());
        parked = output(TOPICS.announcementsDlq());
        health = driver.createInputTopic(
                TOPICS.sourceHealth().name(),
                new StringSerializer(),
                TOPICS.sourceHealth().serde().serializer());
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), topic.serde().deserializer());
    }

    public Topics topics() {
        return TOPICS;
    }

    /** Pipes announcements in, each at its publication time. */
    public void announce(ArrestAnnouncement... given) {
        for (ArrestAnnouncement announcement : given) {
            announcements.pipeInput(announcement.getReleaseId(), announcement, announcement.getPublished());
        }
    }

    /** Pipes an announcement in with headers of its record. */
    public void announceWith(Headers headers, ArrestAnnouncement given) {
        announcements.pipeInput(new TestRecord<>(given.getReleaseId(), given, headers, given.getPublished()));
    }

    /** Every result written since the last call, as it stands in its topic. */
    public List<TestRecord<String, ? extends SpecificRecord>> results() {
        List<TestRecord<String, ? extends SpecificRecord>> results = new ArrayList<>();
        results.addAll(cases.readRecordsToList());
        results.addAll(counts.readRecordsToList());
        results.addAll(operations.readRecordsToList());
        results.addAll(alerts.readRecordsToList());
        return results;
    }

    /** Lets the wall clock go on. */
    public void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Pipes an announcement in under a key that need not be its release id. */
    public void announceUnder(@Nullable String key, ArrestAnnouncement given) {
        announcements.pipeInput(key, given, given.getPublished());
    }

    public void announceRaw(String key, byte @Nullable [] bytes) {
        raw.pipeInput(key, bytes);
    }

    /** Cases written since the last call. */
    public List<Case> cases() {
        return cases.readValuesToList();
    }

    /** Counts written since the last call, the last of each jurisdiction. */
    public Map<String, JurisdictionCounts> counts() {
        return new TreeMap<>(counts.readKeyValuesToMap());
    }

    public long countsWritten() {
        return counts.readValuesToList().size();
    }

    /** Operations written since the last call, the last of each. */
    public Map<String, Operation> operations() {
        return new TreeMap<>(operations.readKeyValuesToMap());
    }

    /** Alerts written since the last call, every version. */
    public List<Alert> alerts() {
        return alerts.readValuesToList();
    }

    public DailyCounts daily() {
        KeyValueStore<String, YearOfDays> years = driver.getKeyValueStore(CountNames.DAILY);
        KeyValueStore<String, SpanOfCounts> spans = driver.getKeyValueStore(CountNames.SPANS);
        return new DailyCounts(years::get, spans::get);
    }

    /** What queries are answered from. */
    public Stores stores() {
        return new Stores(this::store);
    }

    /** The store of a name. */
    public ReadOnlyKeyValueStore<String, ?> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** A source reports how it was read. */
    public void report(SourceHealth report) {
        health.pipeInput(report.getSourceId(), report, report.getAt());
    }

    /** Announcements that were parked since the last call. */
    public List<DeadLetter> parked() {
        return parked.readValuesToList();
    }

    /** The sum of a metric over all tasks. */
    public double metric(String name) {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    /** Every row of every store, as text, in order: two runs that did the same have the same. */
    public List<String> state() {
        List<String> rows = new ArrayList<>();
        driver.getAllStateStores().forEach((name, store) -> {
            if (store instanceof KeyValueStore<?, ?> rowsOf) {
                try (var all = rowsOf.all()) {
                    all.forEachRemaining(row -> rows.add(name + " " + row.key + " " + row.value));
                }
            }
        });
        rows.sort(null);
        return rows;
    }

    @Override
    public void close() {
        driver.close();
    }

    /** An announcement of arrests with a total in one jurisdiction. */
    public static ArrestAnnouncement arrests(String releaseId, String day, String jurisdictionId, long count) {
        return announcement(releaseId, day, claim("c1", "TOTAL", jurisdictionId, count));
    }

    public static ArrestAnnouncement announcement(String releaseId, String day, Claim... claims) {
        LocalDate published = LocalDate.parse(day);
        return ArrestAnnouncement.newBuilder()
                .setReleaseId(releaseId)
                .setSourceId("ice-newsroom")
                .setPublisher("ICE")
                .setUrl("https://releases.example/" + releaseId)
                .setTitle("ICE announces arrests")
                .setPublished(published.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                .setPublishedDay(published)
                .setRevision(1)
                .setContentHash("")
                .setWithdrawn(false)
                .setKind("ARREST_RESULTS")
                .setClaims(List.of(claims))
                .setRules("test")
                .build();
    }

    public static Claim claim(String claimId, String role, String jurisdictionId, long count) {
        return Claim.newBuilder()
                .setClaimId(claimId)
                .setRole(role)
                .setJurisdictionId(jurisdictionId)
                .setPlace("the place")
                .setPlaceType("county")
                .setLow(count)
                .setBest(count)
                .setHigh(count)
                .setQualifier("EXACT")
                .setUnit("persons")
                .setKind("PERIOD")
                .setEvidence(new Evidence(0, 10, count + " were arrested", "test", 1.0))
                .build();
    }

    public static ArrestAnnouncement inOperation(ArrestAnnouncement announcement, String name, String phase) {
        return ArrestAnnouncement.newBuilder(announcement)
                .setOperation(new OperationMention(name.toLowerCase(Locale.ROOT), name, phase, null, null))
                .build();
    }

    public static ArrestAnnouncement bySource(String sourceId, ArrestAnnouncement announcement) {
        return ArrestAnnouncement.newBuilder(announcement).setSourceId(sourceId).build();
    }

    public static ArrestAnnouncement revised(ArrestAnnouncement announcement, int revision, Claim... claims) {
        return ArrestAnnouncement.newBuilder(announcement)
                .setRevision(revision)
                .setClaims(List.of(claims))
                .build();
    }

    public static ArrestAnnouncement withdrawn(ArrestAnnouncement announcement, int revision) {
        return ArrestAnnouncement.newBuilder(announcement)
                .setRevision(revision)
                .setWithdrawn(true)
                .setClaims(List.of())
                .build();
    }

    /** An open alert of a jurisdiction, as its topic holds it. */
    public static Alert alertOf(String jurisdictionId) {
        return Alert.newBuilder()
                .setAlertId("surge-2020-09-28/" + jurisdictionId)
                .setVersion(1)
                .setStatus("OPENED")
                .setKind("SURGE")
                .setJurisdictionId(jurisdictionId)
                .setJurisdictionName("the place")
                .setDetector("test")
                .setFirstDay(LocalDate.of(2020, 9, 28))
                .setLastDay(LocalDate.of(2020, 9, 28))
                .setObserved(12)
                .setPeak(12)
                .setExpected(0.1)
                .setBound(3)
                .setScore(4)
                .setSeverity("MINOR")
                .setReason("12 announced arrests.")
                .build();
    }

    /** Counts of a jurisdiction, as their topic holds them. */
    public static JurisdictionCounts countsOf(String jurisdictionId, long arrests) {
        return JurisdictionCounts.newBuilder()
                .setJurisdictionId(jurisdictionId)
                .setName("the place")
                .setLevel("county")
                .setAsOf(LocalDate.of(2020, 9, 28))
                .setWindows(List.of(new WindowCounts(0, 1L, 1L, arrests, arrests, arrests)))
                .build();
    }
}
