package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.sample.Sample;

/** What the demo shows of the events that its sample retells from several sides. */
class SampleTest {
    private static final String CALIFORNIA = "ocd-division/country:us/state:ca";

    @Test
    void operationRiseIsCountedOnceThoughSixReleasesTellOfIt() throws IOException {
        assertThat(arrests("2020-10-07") + arrests("2020-10-08")).isEqualTo(128);
    }

    @Test
    void oneFieldOfficesShareOfTheNationalActionIsCountedOnceUnderTwoNamesOfItsArea() throws IOException {
        assertThat(arrests("2020-09-01") + arrests("2020-09-02")).isEqualTo(300);
    }

    private static long arrests(String day) throws IOException {
        try (var in = Sample.open()) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return ScenarioPipeline.run(ScenarioPipeline.announcements(lines))
                    .days()
                    .lines()
                    .filter(row -> row.startsWith(CALIFORNIA + ",") && row.contains("," + day + ","))
                    .mapToLong(row -> Long.parseLong(row.split(",", -1)[7]))
                    .sum();
        }
    }
}
