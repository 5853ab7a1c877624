package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.RecordJson;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.coverage.Coverage;
import org.surgewire.streams.query.KnownDays;
import org.surgewire.streams.query.Stores;

/**
 * Writes what a replay came to, sorted, without the time of the run: two replays of the same input give the same files.
 */
final class Export {
    private final Stack stack;
    private final Path directory;

    Export(Stack stack, Path directory) {
        this.stack = stack;
        this.directory = directory;
    }

    /** Writes all files, over earlier ones. */
    void write() throws IOException {
        Files.createDirectories(directory);
        counts();
        Map<String, ArrestAnnouncement> announcements = latest(stack.topics().announcements());
        lines("announcements.jsonl", announcements.values());
        lines(
                "cases.jsonl",
                latest(stack.topics().cases()).values().stream()
                        .filter(each -> !each.getAnnouncements().isEmpty())
                        .toList());
        lines(
                "operations.jsonl",
                latest(stack.topics().operations()).values().stream()
                        .filter(each -> !each.getSteps().isEmpty())
                        .toList());
        alerts(announcements);
        deadLetters();
    }

    private void counts() throws IOException {
        Stores stores = Stores.of(stack.streams().streams());
        var spans = stores.spans();
        Set<String> ids = new TreeSet<>();
        try (var rows = spans.all()) {
            rows.forEachRemaining(row -> ids.add(row.key));
        }
        var years = stores.years();
        var published = new CountTables(new DailyCounts(years::get, spans::get), stack.jurisdictions());
        var periodYears = stores.periodYears();
        var periodSpans = stores.periodSpans();
        var happened = new CountTables(new DailyCounts(periodYears::get, periodSpans::get), stack.jurisdictions());
        Coverage coverage = stores.coverage(stack.jurisdictions());
        KnownDays known = stores.known().orElse(null);
        try (var totals = Files.newBufferedWriter(directory.resolve("totals.csv"));
                var days = Files.newBufferedWriter(directory.resolve("counts.csv"));
                var periodDays = Files.newBufferedWriter(directory.resolve("counts-by-period.csv"))) {
            published.totals(ids, totals);
            published.days(ids, coverage, known, days);
            happened.days(ids, coverage, known, periodDays);
        }
    }

    /**
     * Open and closed alerts, and the cancelled ones whose evidence was revised. An alert that was cancelled because an
     * older announcement was read after a newer one tells of the order of reading alone; so does the version.
     */
    private void alerts(Map<String, ArrestAnnouncement> announcements) throws IOException {
        Set<String> revised = announcements.values().stream()
                .filter(announcement -> announcement.getRevision() > 1)
                .map(ArrestAnnouncement::getReleaseId)
                .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        for (Alert alert : latest(stack.topics().alerts()).values()) {
            boolean cancelled = alert.getStatus().equals("CANCELLED");
            if (!cancelled
                    || alert.getEvidence().stream()
                            .map(AlertEvidence::getReleaseId)
                            .anyMatch(revised::contains)) {
                var json = RecordJson.of(alert);
                json.remove("version");
                json.remove("supersedes");
                lines.add(json.toString());
            }
        }
        Files.write(directory.resolve("alerts.jsonl"), lines);
    }

    private void deadLetters() throws IOException {
        List<String> lines = new ArrayList<>();
        for (var letter : all(stack.topics().pressReleasesDlq())) {
            var json = RecordJson.of(letter);
            json.remove("at");
            lines.add(json.toString());
        }
        Files.write(directory.resolve("dead-letters.jsonl"), lines);
    }

    private void lines(String file, Collection<? extends SpecificRecord> records) throws IOException {
        Files.write(
                directory.resolve(file),
                records.stream().map(record -> RecordJson.of(record).toString()).toList());
    }

    /** The last record of each key, by key. */
    private <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic) {
        Map<String, V> latest = new TreeMap<>();
        new TopicReader(stack.bootstrapServers()).read(topic, latest::put);
        return latest;
    }

    private <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> all = new ArrayList<>();
        new TopicReader(stack.bootstrapServers()).read(topic, (key, value) -> all.add(value));
        return all;
    }
}
