package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurgeBenchTest {
    private static final Path SURGE = ReferenceBoundsTest.SURGE;

    @ParameterizedTest
    @ValueSource(strings = {"earsC1", "earsC2", "farringtonFlexible_nbPlugin", "farringtonFlexible_muan"})
    void weeklyScoresAreThoseOfR(String detector) throws IOException {
        List<CSVRecord> ours = weekly(SURGE, detector);
        for (CSVRecord row : ours) {
            CSVRecord published = published("peer-scores.csv", detector + "_alpha" + row.get("threshold"));
            assertThat(ours).hasSize(4);
            for (String column : List.of("series", "sensitivity", "false_alarms_per_week", "mean_delay_weeks")) {
                assertThat(row.get(column)).as("%s of %s", column, row).isEqualTo(published.get(column));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earsC1", "earsC2"})
    void panelScoresOfEarsAreThoseOfR(String detector) throws IOException {
        for (CSVRecord row : panel(SURGE, detector)) {
            CSVRecord published = published("panel-peer-scores.csv", row.get("detector"));
            assertThat(row.toMap()).isEqualTo(published.toMap());
        }
    }

    @Test
    void panelScoresOfFarringtonAreThoseOfRButForTwoFalseAlarms() throws IOException {
        for (CSVRecord row : panel(SURGE, "farringtonFlexible_nbPlugin")) {
            CSVRecord published = published("panel-peer-scores.csv", row.get("detector"));
            for (String column : List.of("detected", "counties_covered", "mean_delay_weeks")) {
                assertThat(row.get(column)).isEqualTo(published.get(column));
            }
            assertThat(number(published, "false_alarms_per_week") - number(row, "false_alarms_per_week"))
                    .isCloseTo(2 / 52.0, within(0.001));
        }
    }

    @Test
    void theBoundsFileHasOneRowForEveryJudgedWeekAndThreshold(@TempDir Path directory) throws IOException {
        Path bounds = directory.resolve("bounds.csv");
        SurgeBench.run(
                SURGE.resolve("weekly-series.csv"),
                SURGE.resolve("weekly-labels.csv"),
                "earsC1",
                bounds,
                new StringBuilder());
        List<CSVRecord> rows = LabelledSeries.rows(bounds);
        assertThat(rows).hasSize(4 * 120 * 52);
        CSVRecord reference =
                LabelledSeries.rows(SURGE.resolve("reference-bounds.csv")).get(0);
        CSVRecord same = rows.stream()
                .filter(row -> row.get("detector").equals(reference.get("detector"))
                        && row.get("series").equals(reference.get("series"))
                        && row.get("week").equals(reference.get("week")))
                .findFirst()
                .orElseThrow();
        assertThat(same.toMap()).isEqualTo(reference.toMap());
    }

    @Test
    void anUnknownDetectorIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> weekly(SURGE, "earsC4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("earsC4")
                .hasMessageContaining("seasonalSurge");
        assertThatThrownBy(() -> panel(SURGE, "earsC4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("familySurge");
    }

    @Test
    void aSeriesWithAGapIsRefused(@TempDir Path directory) throws IOException {
        Path series = Files.writeString(directory.resolve("s.csv"), "series,week,count\n1,1,0\n1,3,0\n");
        assertThatThrownBy(() -> LabelledSeries.read(series, SURGE.resolve("weekly-labels.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("week 3");
    }

    static List<CSVRecord> weekly(Path directory, String detector) throws IOException {
        StringBuilder out = new StringBuilder();
        SurgeBench.run(
                directory.resolve("weekly-series.csv"), directory.resolve("weekly-labels.csv"), detector, null, out);
        return LabelledSeries.CSV.parse(new StringReader(out.toString())).getRecords();
    }

    static List<CSVRecord> panel(Path directory, String detector) throws IOException {
        StringBuilder out = new StringBuilder();
        SurgeBench.panel(directory, detector, out);
        return LabelledSeries.CSV.parse(new StringReader(out.toString())).getRecords();
    }

    static double number(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static CSVRecord published(String file, String detector) throws IOException {
        return LabelledSeries.rows(SURGE.resolve(file)).stream()
                .filter(row -> row.get("detector").equals(detector))
                .findFirst()
                .orElseThrow();
    }
}
