package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Every counting scenario is well formed and its expected totals respect the hierarchy, whatever the pipeline makes of it. */
class ScenarioFilesTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    private final Jurisdictions jurisdictions = Jurisdictions.bundled();

    static List<Path> scenarios() throws IOException {
        try (var folders = Files.list(SCENARIOS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyInputLineIsAReleaseAndTheReadmeIsOneParagraph(Path scenario) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> lines = Files.readAllLines(scenario.resolve("input.jsonl"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode release = json.readTree(line);
            assertThat(List.of("source", "publisher", "url", "title", "text", "published"))
                    .allSatisfy(field ->
                            assertThat(release.path(field).asText()).as(field).isNotBlank());
            assertThat(LocalDate.parse(release.get("published").asText())).isAfter(LocalDate.of(2000, 1, 1));
        }
        List<String> readme = Files.readAllLines(scenario.resolve("README.md"));
        assertThat(readme).hasSize(2);
        assertThat(readme.get(0)).startsWith("# ");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void expectedTotalsNameEveryParentAndNoParentIsLessThanTheSumOfItsParts(Path scenario) throws IOException {
        List<CSVRecord> rows = totals(scenario);
        assertThat(rows).isNotEmpty();
        assertThat(rows.stream().map(row -> row.get("jurisdiction_id")).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        Map<String, long[]> partsByParent = new HashMap<>();
        Map<String, long[]> own = new HashMap<>();
        for (CSVRecord row : rows) {
            Jurisdiction at = jurisdictions.get(row.get("jurisdiction_id"));
            assertThat(row.get("jurisdiction_id")).isEqualTo(at.id());
            assertThat(row.get("name")).isEqualTo(at.name());
            assertThat(row.get("level")).isEqualTo(at.level());
            long[] arrests = {number(row, "arrests_low"), number(row, "arrests"), number(row, "arrests_high")};
            assertThat(arrests).isSorted();
            assertThat(number(row, "announcements")).isPositive();
            own.put(at.id(), arrests);
            if (at.parentId() != null) {
                long[] parts = partsByParent.computeIfAbsent(at.parentId(), parent -> new long[3]);
                for (int i = 0; i < parts.length; i++) {
                    parts[i] += arrests[i];
                }
            }
        }
        partsByParent.forEach((parent, parts) -> {
            long[] whole = own.getOrDefault(parent, new long[0]);
            assertThat(whole).as("row of the parent " + parent).hasSameSizeAs(parts);
            for (int i = 0; i < parts.length; i++) {
                assertThat(whole[i]).as(parent).isGreaterThanOrEqualTo(parts[i]);
            }
        });
    }

    private static long number(CSVRecord row, String column) {
        return Long.parseLong(row.get(column));
    }

    private static List<CSVRecord> totals(Path scenario) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var in = Files.newBufferedReader(scenario.resolve("expected-totals.csv"))) {
            return format.parse(in).getRecords();
        }
    }
}
