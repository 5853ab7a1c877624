package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of {@code scenarios/} is a test: announcements in, totals out. */
class ScenarioTest {
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
}
