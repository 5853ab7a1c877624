package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surgewire.schemas.Alert;

/** Each folder of {@code scenarios/} is a test: announcements in, totals out, and alerts where it says which. */
class ScenarioTest {
    private static final String ALERTS = "expected-alerts.json";

    static List<Path> scenarios() throws IOException {
        return ScenarioFilesTest.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void announcementsComeToTheExpectedTotals(Path scenario) throws IOException {
        List<String> lines = Files.readAllLines(scenario.resolve("input.jsonl"));
        var result = ScenarioPipeline.run(ScenarioPipeline.announcements(lines));
        assertThat(result.totals())
                .as(scenario.getFileName().toString())
                .isEqualTo(Files.readString(scenario.resolve("expected-totals.csv")));
    }

    static List<Path> withAlerts() throws IOException {
        return scenarios().stream()
                .filter(scenario -> Files.exists(scenario.resolve(ALERTS)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withAlerts")
    void announcementsRaiseTheExpectedAlertsAndNoOthers(Path scenario) throws IOException {
        JsonNode expected = new ObjectMapper().readTree(scenario.resolve(ALERTS).toFile());
        assertThat(expected.fieldNames()).toIterable().isSubsetOf("mustNotBeOpen", "mustNotBeOpenOn", "operationNews");
        List<String> lines = Files.readAllLines(scenario.resolve("input.jsonl"));
        List<Alert> alerts =
                ScenarioPipeline.run(ScenarioPipeline.announcements(lines)).alerts();

        assertThat(alerts)
                .noneMatch(alert -> isSurgeIn(expected.path("mustNotBeOpen"), alert)
                        && !alert.getStatus().equals("CLOSED"));
        assertThat(alerts)
                .noneMatch(alert -> isSurgeIn(
                        expected.path("mustNotBeOpenOn")
                                .path(alert.getFirstDay().toString()),
                        alert));
        if (expected.has("operationNews")) {
            List<String> told = new ArrayList<>();
            expected.get("operationNews").forEach(each -> told.add(each.asText()));
            assertThat(alerts.stream()
                            .filter(alert -> alert.getKind().startsWith("OPERATION_"))
                            .map(ScenarioTest::news)
                            .sorted()
                            .toList())
                    .isEqualTo(told);
        }
    }

    private static boolean isSurgeIn(JsonNode jurisdictions, Alert alert) {
        boolean named = false;
        for (JsonNode jurisdiction : jurisdictions) {
            named |= jurisdiction.asText().equals(alert.getJurisdictionId());
        }
        return named && alert.getKind().equals("SURGE");
    }

    private static String news(Alert alert) {
        String id = alert.getAlertId();
        return alert.getFirstDay() + " " + alert.getKind()
                + (alert.getKind().equals("OPERATION_STEP") ? " " + id.substring(id.lastIndexOf('/') + 1) : "");
    }
}
