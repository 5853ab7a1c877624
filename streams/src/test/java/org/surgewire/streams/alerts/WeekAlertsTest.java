package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.bySource;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.streams.runtime.Pipeline;

/** States judged by the week, all their counties together. */
class WeekAlertsTest {
    private static final long SEED = 20261125;
    private static final String[] COUNTIES = {"wake", "durham", "guilford", "forsyth", "cumberland", "union"};
    private static final LocalDate START = LocalDate.parse("2019-01-07");

    private final List<ArrestAnnouncement> modest = List.of(
            arrests("first", "2020-09-21", county("wake"), 9),
            arrests("second", "2020-09-22", county("durham"), 9),
            arrests("third", "2020-09-23", county("guilford"), 9),
            arrests("fourth", "2020-09-23", county("union"), 9),
            arrests("fifth", "2020-09-24", county("cumberland"), 9),
            arrests("sixth", "2020-09-24", county("forsyth"), 9));

    @Test
    void modestNumbersInSeveralCountiesAreASurgeOfTheirStateThoughNoneIsByItself() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            pipeline.alerts();
            announce(pipeline, modest);
            Alert alert = last(pipeline.alerts()).values().stream()
                    .filter(each -> each.getJurisdictionId().equals(NC))
                    .findFirst()
                    .orElseThrow();
            assertThat(alert.getDetector()).isEqualTo("familySurge");
            assertThat(alert.getFirstDay()).isEqualTo("2020-09-21");
            assertThat(alert.getAlertId()).isEqualTo("surge/releaseSurge/2020-09-21/" + NC);
            assertThat(alert.getRecurrenceWeeks())
                    .isEqualTo(1 / alert.getPValue())
                    .isGreaterThan(52);
            assertThat(alert.getBaselineDays()).isBetween(182, 728);
            assertThat(alert.getExpected()).isBetween(0.5, 5.0);
            assertThat(alert.getBound()).isBetween(5.0, 25.0);
            assertThat(alert.getReason())
                    .contains("announced arrests in North Carolina from 21 September 2020 to ")
                    .contains("most likely of a surge in ")
                    .contains("chance alone brings such a week there about once in");
        }
    }

    @Test
    void noneOfThoseCountiesRaisesAnAlertOfItsOwn() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            pipeline.alerts();
            announce(pipeline, modest);
            assertThat(pipeline.alerts())
                    .extracting(Alert::getJurisdictionId)
                    .doesNotContain(
                            Arrays.stream(COUNTIES).map(WeekAlertsTest::county).toArray(String[]::new));
        }
    }

    @Test
    void ordinaryWeeksOpenNothing() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            assertThat(pipeline.alerts()).extracting(Alert::getJurisdictionId).doesNotContain(NC);
        }
    }

    @Test
    void aTotalOfTheStateThatIsSplitLaterIsJudgedByItsPartsThen() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            pipeline.alerts();
            announce(pipeline, List.of(arrests("total", "2020-09-24", NC, 30)));
            assertThat(last(pipeline.alerts()).values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getReason()).doesNotContain("Wake"));
            announce(
                    pipeline,
                    List.of(Pipeline.revised(
                            announcement("total", "2020-09-24"),
                            2,
                            claim("c1", "TOTAL", NC, 30),
                            claim("c2", "PART", county("wake"), 30))));
            assertThat(last(pipeline.alerts())
                            .get("surge/releaseSurge/2020-09-24/" + NC)
                            .getReason())
                    .contains("Wake");
        }
    }

    @Test
    void theAlertIsCancelledWhenItsEvidenceIsWithdrawn() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            announce(pipeline, modest);
            pipeline.alerts();
            for (ArrestAnnouncement each : modest) {
                announce(pipeline, List.of(withdrawn(each, 2)));
            }
            assertThat(last(pipeline.alerts()).values())
                    .filteredOn(alert -> alert.getJurisdictionId().equals(NC))
                    .extracting(Alert::getStatus)
                    .containsOnly("CANCELLED");
        }
    }

    @Test
    void whatANewSourceTellsIsNotJudgedByTheWeekBeforeItHasHalfAYear() {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, ordinary());
            pipeline.announce(bySource("sheriff", arrests("begins", "2020-09-01", county("wake"), 1)));
            pipeline.alerts();
            announce(
                    pipeline,
                    modest.stream().map(each -> bySource("sheriff", each)).toList());
            assertThat(pipeline.alerts()).extracting(Alert::getJurisdictionId).doesNotContain(NC);
        }
    }

    @Test
    void theAlertsEndTheSameInAnyOrderOfArrival() {
        List<ArrestAnnouncement> all = new ArrayList<>(ordinary());
        all.addAll(modest);
        all.add(arrests("later", "2021-02-10", county("union"), 2));
        Map<String, Alert> inOrder = ends(all);
        assertThat(inOrder).isNotEmpty();
        System.out.println("seed " + SEED);
        Collections.shuffle(all, new Random(SEED));
        assertThat(ends(all)).isEqualTo(inOrder);
    }

    /** What stands in the end, without the count of versions, which is that of the way there. */
    private static Map<String, Alert> ends(List<ArrestAnnouncement> all) {
        try (var pipeline = new Pipeline()) {
            announce(pipeline, all);
            Map<String, Alert> ends = new TreeMap<>();
            last(pipeline.alerts()).forEach((id, alert) -> {
                if (!alert.getStatus().equals("CANCELLED")) {
                    ends.put(
                            id,
                            Alert.newBuilder(alert)
                                    .setVersion(0)
                                    .setSupersedes(null)
                                    .build());
                }
            });
            return ends;
        }
    }

    private static void announce(Pipeline pipeline, List<ArrestAnnouncement> all) {
        all.forEach(pipeline::announce);
    }

    private static Map<String, Alert> last(List<Alert> versions) {
        Map<String, Alert> last = new TreeMap<>();
        versions.forEach(alert -> last.put(alert.getAlertId(), alert));
        return last;
    }

    /** A release of one to three arrests somewhere every third workday or so. */
    private static List<ArrestAnnouncement> ordinary() {
        List<ArrestAnnouncement> releases = new ArrayList<>();
        releases.add(arrests("of-the-country", START.toString(), US, 3));
        var random = new Random(SEED);
        for (LocalDate day = START; day.isBefore(LocalDate.parse("2020-09-15")); day = day.plusDays(7)) {
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                LocalDate published = day.plusDays(random.nextInt(5));
                releases.add(arrests(
                        "ordinary-" + releases.size(),
                        published.toString(),
                        county(COUNTIES[random.nextInt(COUNTIES.length)]),
                        1 + random.nextInt(3)));
            }
        }
        releases.sort(Comparator.comparing(ArrestAnnouncement::getPublishedDay));
        return releases;
    }

    private static String county(String name) {
        return NC + "/county:" + name;
    }
}
