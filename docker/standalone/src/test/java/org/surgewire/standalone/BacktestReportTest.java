package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;

class BacktestReportTest {
    private static final LocalDate FROM = LocalDate.parse("2020-09-28");
    private static final LocalDate TO = LocalDate.parse("2020-10-11");

    private static Alert surge(String day, String severity, String status, @Nullable String operationId) {
        LocalDate first = LocalDate.parse(day);
        return Alert.newBuilder()
                .setAlertId("surge/" + day)
                .setVersion(1)
                .setStatus(status)
                .setKind("SURGE")
                .setJurisdictionId("ocd-division/country:us")
                .setJurisdictionName("United States")
                .setDetector("releaseSurge")
                .setFirstDay(first)
                .setLastDay(first)
                .setObserved(12)
                .setPeak(12)
                .setExpected(0)
                .setBound(9)
                .setScore(3)
                .setSeverity(severity)
                .setReason("")
                .setEvidence(List.of(new AlertEvidence("c", operationId, "r", "", "", 12L, "")))
                .build();
    }

    private static Operation operation(String id, String day, long arrests) {
        LocalDate first = LocalDate.parse(day);
        var step = new OperationStep(first, "c", "r", "ONGOING", arrests, arrests, arrests, List.of());
        return new Operation(id, id, "ONGOING", first, first, arrests, arrests, arrests, List.of(), List.of(step));
    }

    @Test
    void weeksPrecisionAndDelayAreReported() {
        var alerts = List.of(
                surge("2020-09-28", "MINOR", "CLOSED", null),
                surge("2020-10-07", "SEVERE", "UPDATED", "rise"),
                surge("2020-10-08", "SEVERE", "CANCELLED", "rise"),
                surge("2020-10-12", "SEVERE", "OPENED", "rise"));
        var operations = List.of(operation("rise", "2020-10-05", 128), operation("quiet", "2020-10-06", 2));
        assertThat(new BacktestReport(alerts, operations, FROM, TO).text().lines())
                .containsExactly(
                        "week,surges,minor,moderate,severe,extreme,lulls,operation_news",
                        "2020-09-28,1,1,0,0,0,0,0",
                        "2020-10-05,1,0,0,1,0,0,0",
                        "",
                        "surge alerts a week: 1.00 (2 in 2.0 weeks)",
                        "precision: 0.50 (1 of 2 surge alerts rest on a named operation)",
                        "rise: alert after 2 days",
                        "quiet: no surge alert",
                        "first release to alert: 2.0 days on average; 1 of 2 operations with arrests have a surge alert");
    }

    @Test
    void withoutAlertsPrecisionIsUnknown() {
        assertThat(new BacktestReport(List.of(), List.of(), FROM, TO).text())
                .contains("precision: unknown (0 of 0", "first release to alert: unknown; 0 of 0");
    }

    @Test
    void theEvidenceOfTheSampleNamesTheOperation() throws IOException {
        try (var in = Sample.open()) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var alerts =
                    ScenarioPipeline.run(ScenarioPipeline.announcements(lines)).alerts();
            var text = new BacktestReport(
                            alerts,
                            List.of(operation("operation-rise", "2020-10-07", 128)),
                            FROM,
                            LocalDate.parse("2020-11-06"))
                    .text();
            assertThat(text).contains("operation-rise: alert after 0 days");
        }
    }
}
