package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;

/**
 * Whatever the order in which announcements arrive, and however often, the same is known in the end. A failure names the
 * seed; {@code -Dsurgewire.seed=N} repeats it.
 */
class OrderTest {
    private static final long SEED = Long.getLong("surgewire.seed", 20_200_928L);
    private static final int ORDERS = 5;

    @BeforeAll
    static void sayTheSeed() {
        System.out.println("OrderTest: seeds " + SEED + " to " + (SEED + ORDERS - 1));
    }

    static List<Path> scenarios() throws IOException {
        return ScenarioFilesTest.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void anyOrderAndAnyRepetitionOfAScenarioComesToTheSame(Path scenario) throws IOException {
        compare(ScenarioPipeline.announcements(Files.readAllLines(scenario.resolve("input.jsonl"))));
    }

    @Test
    void anyOrderAndAnyRepetitionOfTheSampleComesToTheSame() throws IOException {
        try (var in = Sample.open()) {
            compare(ScenarioPipeline.announcements(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()));
        }
    }

    private static void compare(List<ArrestAnnouncement> announcements) throws IOException {
        List<Instant> instants = instants(announcements);
        var expected = ScenarioPipeline.run(announcements, instants);
        for (int i = 0; i < ORDERS; i++) {
            long seed = SEED + i;
            var result = ScenarioPipeline.run(reordered(announcements, new Random(seed)), instants);
            assertThat(result.totals()).as("seed %d", seed).isEqualTo(expected.totals());
            assertThat(result.days()).as("seed %d", seed).isEqualTo(expected.days());
            assertThat(result.periodDays()).as("seed %d", seed).isEqualTo(expected.periodDays());
            assertThat(result.then()).as("seed %d", seed).isEqualTo(expected.then());
            assertThat(result.cases()).as("seed %d", seed).isEqualTo(expected.cases());
            assertThat(facts(result.alerts())).as("seed %d", seed).isEqualTo(facts(expected.alerts()));
        }
    }

    /** The first, the middle and the one before the last of the instants since when a revision is known. */
    private static List<Instant> instants(List<ArrestAnnouncement> announcements) {
        List<Instant> all = announcements.stream()
                .map(ArrestAnnouncement::getKnownSince)
                .distinct()
                .sorted()
                .toList();
        return List.of(all.get(0), all.get(all.size() / 2), all.get(Math.max(0, all.size() - 2)));
    }

    /** Every announcement once or twice, in random order; revisions may arrive before those that they replace. */
    static List<ArrestAnnouncement> reordered(List<ArrestAnnouncement> announcements, Random random) {
        List<ArrestAnnouncement> reordered = new ArrayList<>(announcements);
        announcements.stream().filter(each -> random.nextInt(3) == 0).forEach(reordered::add);
        Collections.shuffle(reordered, random);
        return reordered;
    }

    /** Alerts without what tells of the way: the version, and whether it ever changed while it was open. */
    private static List<String> facts(List<Alert> alerts) {
        return alerts.stream().map(alert -> facts(alert).toString()).toList();
    }

    /** The alert without what tells of the way. */
    static Alert facts(Alert alert) {
        return Alert.newBuilder(alert)
                .setVersion(0)
                .setSupersedes(null)
                .setStatus(alert.getStatus().equals("CLOSED") ? "CLOSED" : "OPEN")
                .build();
    }
}
