package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.streams.runtime.Pipeline;

class OperationAlertsTest {
    private final ArrestAnnouncement planned = inOperation(announcement("p", "2020-09-30"), "Rise", "PLANNED");
    private final ArrestAnnouncement begun = inOperation(arrests("b", "2020-10-07", CA, 40), "Rise", "ONGOING");
    private final ArrestAnnouncement spread =
            inOperation(arrests("s", "2020-10-15", MECKLENBURG, 70), "Rise", "ONGOING");
    private final ArrestAnnouncement done = inOperation(arrests("d", "2020-10-20", CA, 20), "Rise", "CONCLUDED");
    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private List<Alert> news(Pipeline of) {
        return of.alerts().stream()
                .filter(alert -> alert.getKind().startsWith("OPERATION_"))
                .toList();
    }

    @Test
    void theCourseOfAnOperationIsToldPieceByPiece() {
        pipeline.announce(planned, begun, spread, done);

        List<Alert> news = news(pipeline);
        assertThat(news)
                .extracting(Alert::getAlertId)
                .containsExactly(
                        "operation-planned/rise",
                        "operation-launched/rise",
                        "operation-spread/rise/" + MECKLENBURG,
                        "operation-step/rise/100",
                        "operation-concluded/rise");
        assertThat(news).extracting(Alert::getStatus).containsOnly("OPENED");
        assertThat(news)
                .extracting(Alert::getReason)
                .contains(
                        "Rise has begun in California, told on 7 October 2020; 40 announced arrests in all so far.",
                        "Rise has passed 100 announced arrests: 110 up to 15 October 2020.");
        assertThat(news.get(2).getEvidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.getReleaseId()).isEqualTo("s");
            assertThat(evidence.getOperationId()).isEqualTo("rise");
            assertThat(evidence.getArrests()).isEqualTo(70);
        });
    }

    @Test
    void newsClosesAfterThreeWeeks() {
        pipeline.announce(planned, begun);
        news(pipeline);
        pipeline.announce(arrests("later", "2020-10-22", NC, 1));
        assertThat(news(pipeline)).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("operation-planned/rise");
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getClosedDay()).isEqualTo("2020-10-22");
        });
    }

    @Test
    void aDuplicateTellsNothingNewAndAWithdrawalCancels() {
        pipeline.announce(begun, spread);
        news(pipeline);
        pipeline.announce(spread);
        assertThat(news(pipeline)).isEmpty();
        pipeline.announce(withdrawn(spread, 2));
        assertThat(news(pipeline))
                .extracting(Alert::getAlertId, Alert::getStatus)
                .containsExactlyInAnyOrder(
                        tuple("operation-spread/rise/" + MECKLENBURG, "CANCELLED"),
                        tuple("operation-step/rise/100", "CANCELLED"));
    }

    @Test
    void aStateIsNotNewOnceAPartOfItWasReached() {
        var city = inOperation(arrests("la", "2020-10-07", LOS_ANGELES, 40), "Rise", "ONGOING");
        var state = inOperation(arrests("ca", "2020-10-15", CA, 45), "Rise", "ONGOING");
        pipeline.announce(city, state);
        assertThat(news(pipeline)).extracting(Alert::getKind).doesNotContain("OPERATION_SPREAD");
    }

    @Test
    void ofAPlaceAndItsStateToldOnOneDayTheLowerIsNews() {
        var both = inOperation(
                announcement("b2", "2020-10-15", claim("c1", "TOTAL", NC, 90), claim("c2", "TOTAL", MECKLENBURG, 70)),
                "Rise",
                "ONGOING");
        pipeline.announce(begun, both);
        assertThat(news(pipeline))
                .extracting(Alert::getAlertId)
                .filteredOn(id -> id.startsWith("operation-spread"))
                .containsExactly("operation-spread/rise/" + MECKLENBURG);
    }

    @Test
    void aDayFarAboveTheOperationsOwnIsASurgeOnceItsHistoryIsLongEnough() {
        List<ArrestAnnouncement> all = new ArrayList<>();
        for (int week = 0; week < 7; week++) {
            var day = LocalDate.parse("2020-10-07").plusWeeks(week);
            all.add(inOperation(arrests("w" + week, day.toString(), CA, 4 + week), "Rise", "ONGOING"));
        }
        all.add(inOperation(arrests("large", "2020-11-24", CA, 300), "Rise", "ONGOING"));
        pipeline.announce(all.toArray(new ArrestAnnouncement[0]));
        assertThat(news(pipeline))
                .filteredOn(alert -> alert.getKind().equals("OPERATION_SURGE"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.getAlertId()).isEqualTo("operation-surge/rise/2020-11-24");
                    assertThat(alert.getRecurrenceWeeks()).isGreaterThan(52.0);
                    assertThat(alert.getPValue()).isLessThan(0.003);
                    assertThat(alert.getBaselineDays()).isEqualTo(48);
                });
    }

    @Test
    void aPlanWithoutANameIsToldToo() {
        pipeline.announce(ArrestAnnouncement.newBuilder(announcement("p", "2020-09-29", claim("c1", "OTHER", CA, 0)))
                .setKind("OPERATION_PLANNED")
                .build());
        assertThat(news(pipeline)).extracting(Alert::getKind).containsExactly("OPERATION_PLANNED");
    }

    @Test
    void anyOrderOfArrivalEndsInTheSameNews() {
        long seed = Long.getLong("surgewire.seed", 11);
        List<ArrestAnnouncement> all = new ArrayList<>(List.of(
                planned, begun, spread, done, revised(spread, 2, claim("c1", "TOTAL", MECKLENBURG, 65)), begun));
        pipeline.announce(all.toArray(new ArrestAnnouncement[0]));
        List<String> expected = last(news(pipeline));
        var random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(all, random);
            try (var other = new Pipeline()) {
                other.announce(all.toArray(new ArrestAnnouncement[0]));
                assertThat(last(news(other))).as("seed %d, order %d", seed, i).isEqualTo(expected);
            }
        }
    }

    private static List<String> last(List<Alert> alerts) {
        var last = new TreeMap<String, Alert>();
        alerts.forEach(alert -> last.put(alert.getAlertId(), alert));
        return last.values().stream()
                .filter(alert -> !alert.getStatus().equals("CANCELLED"))
                .map(alert -> Alert.newBuilder(alert)
                        .setVersion(0)
                        .setSupersedes(null)
                        .setStatus(alert.getStatus().equals("CLOSED") ? "CLOSED" : "OPEN")
                        .build()
                        .toString())
                .toList();
    }
}
