package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Upper bounds and alarms of R's surveillance 1.20.3, every row of the table. */
class ReferenceBoundsTest {
    static final Path SURGE = Path.of("src/test/resources/surge");

    private static final double RELATIVE = 1e-5;

    @TestFactory
    List<DynamicTest> boundsAndAlarmsAgreeWithTheReference() throws IOException {
        Map<String, LabelledSeries.Labelled> series = new LinkedHashMap<>();
        for (LabelledSeries.Labelled one : weeklySeries().series()) {
            series.put(one.name(), one);
        }
        Map<String, List<CSVRecord>> byDetector = new LinkedHashMap<>();
        for (CSVRecord row : LabelledSeries.rows(SURGE.resolve("reference-bounds.csv"))) {
            byDetector
                    .computeIfAbsent(row.get("detector"), detector -> new ArrayList<>())
                    .add(row);
        }
        return byDetector.entrySet().stream()
                .map(rows -> DynamicTest.dynamicTest(rows.getKey(), () -> {
                    Detector detector = detector(rows.getKey());
                    assertThat(rows.getValue()).hasSize(12 * 52);
                    for (CSVRecord row : rows.getValue()) {
                        check(detector, series, row);
                    }
                }))
                .toList();
    }

    private static void check(Detector detector, Map<String, LabelledSeries.Labelled> series, CSVRecord row) {
        LabelledSeries.Labelled one = Objects.requireNonNull(series.get(row.get("series")));
        int week = Integer.parseInt(row.get("week"));
        Verdict verdict = detector.judge(one.before(week), one.count(week));
        String expected = row.get("upperbound");
        if (expected.equals("NA")) {
            assertThat(verdict.bound()).as(row.toString()).isNaN();
        } else {
            double bound = Double.parseDouble(expected);
            assertThat(Math.abs(verdict.bound() - bound)).as(row.toString()).isLessThanOrEqualTo(RELATIVE * bound);
        }
        assertThat(verdict.alarm())
                .as(row.toString())
                .isEqualTo(row.get("alarm").equals("1"));
    }

    private static Detector detector(String label) {
        int split = label.indexOf("_alpha");
        double alpha = Double.parseDouble(label.substring(split + "_alpha".length()));
        return switch (label.substring(0, split)) {
            // R leaves a standard deviation of 0 as it is.
            case "earsC1" -> new EarsC1(alpha, 0);
            case "earsC2" -> new EarsC2(alpha, 0);
            case "farringtonFlexible_nbPlugin" -> new FarringtonFlexible(FarringtonThreshold.NB_PLUGIN, alpha);
            case "farringtonFlexible_muan" -> new FarringtonFlexible(FarringtonThreshold.MUAN, alpha);
            default -> throw new IllegalArgumentException(label);
        };
    }

    static LabelledSeries weeklySeries() throws IOException {
        return LabelledSeries.read(SURGE.resolve("weekly-series.csv"), SURGE.resolve("weekly-labels.csv"));
    }
}
