package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.streams.runtime.Pipeline;

class AlertTopologyTest {
    private static final String START = "2020-08-01";
    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private List<Alert> alertsOf(String jurisdictionId) {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getJurisdictionId().equals(jurisdictionId))
                .toList();
    }

    @Test
    void aSurgeOpensAnAlertInTheCountyAndItsStateAndNotWhereTwelveAreOrdinary() {
        pipeline.announce(arrests("r0", START, CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 12));

        List<Alert> alerts = pipeline.alerts();
        assertThat(alerts).extracting(Alert::getJurisdictionId).containsExactly(MECKLENBURG, NC);
        assertThat(alerts.get(0)).satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("OPENED");
            assertThat(alert.getVersion()).isEqualTo(1);
            assertThat(alert.getObserved()).isEqualTo(12);
            assertThat(alert.getExpected()).isBetween(0.0, 0.1);
            assertThat(alert.getReason())
                    .isEqualTo("12 announced arrests in Mecklenburg County, NC on 28 September 2020; almost none were"
                            + " expected, and chance alone brings such a day there about once in 710 weeks.");
            assertThat(alert.getEvidence()).singleElement().satisfies(evidence -> {
                assertThat(evidence.getUrl()).isEqualTo("https://releases.example/r1");
                assertThat(evidence.getSentence()).isEqualTo("12 were arrested");
            });
        });
    }

    @Test
    void withoutHistoryThereIsNoAlert() {
        pipeline.announce(arrests("r0", "2020-09-25", CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 12));
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void aLateAnnouncementThatLengthensTheHistoryLetsDaysBeJudged() {
        pipeline.announce(
                arrests("r0", "2020-09-25", CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", START, CA, 1));
        assertThat(alertsOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED");
    }

    @Test
    void aHandfulIsNoSurge() {
        pipeline.announce(arrests("r0", START, CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 4));
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void aGrowingSurgeUpdatesItsAlert() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", "2020-10-05", MECKLENBURG, 30));

        List<Alert> alerts = alertsOf(MECKLENBURG);
        assertThat(alerts).extracting(Alert::getStatus).containsExactly("OPENED", "UPDATED");
        assertThat(alerts).extracting(Alert::getVersion).containsExactly(1, 2);
        assertThat(alerts.get(1).getAlertId()).isEqualTo(alerts.get(0).getAlertId());
        assertThat(alerts.get(1).getObserved()).isEqualTo(42);
        assertThat(alerts.get(1).getLastDay()).isEqualTo("2020-10-05");
    }

    @Test
    void threeQuietWeeksCloseTheAlert() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", "2020-10-19", CA, 1));
        assertThat(alertsOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED");

        pipeline.announce(arrests("r3", "2020-10-20", CA, 1));
        assertThat(alertsOf(MECKLENBURG)).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getClosedDay()).isEqualTo(LocalDate.parse("2020-10-20"));
        });
    }

    @Test
    void aWithdrawalCancelsTheAlert() {
        var release = arrests("r1", "2020-09-28", MECKLENBURG, 12);
        pipeline.announce(arrests("r0", START, CA, 1), release, withdrawn(release, 2));
        assertThat(alertsOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED", "CANCELLED");
    }

    @Test
    void aCorrectionThatLeavesASurgeUpdatesAndOneThatLeavesNoneCancels() {
        var release = arrests("r1", "2020-09-28", MECKLENBURG, 12);
        pipeline.announce(arrests("r0", START, CA, 1), release);
        pipeline.announce(revised(release, 2, claim("c1", "TOTAL", MECKLENBURG, 11)));
        pipeline.announce(revised(release, 3, claim("c1", "TOTAL", MECKLENBURG, 1)));
        assertThat(alertsOf(MECKLENBURG))
                .extracting(Alert::getStatus)
                .containsExactly("OPENED", "UPDATED", "CANCELLED");
    }

    @Test
    void aDuplicateRaisesNothingNew() {
        var release = arrests("r1", "2020-09-28", MECKLENBURG, 12);
        pipeline.announce(arrests("r0", START, CA, 1), release);
        pipeline.alerts();
        pipeline.announce(release);
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void poisonRaisesNothingAndTheRestGoesOn() {
        pipeline.announce(arrests("r0", START, CA, 1));
        pipeline.announceRaw("r1", "not avro".getBytes(StandardCharsets.UTF_8));
        pipeline.announce(arrests("r1", "2020-09-28", MECKLENBURG, 12));
        assertThat(alertsOf(MECKLENBURG)).hasSize(1);
    }

    @Test
    void theOrderOfArrivalDoesNotChangeWhatIsKnownInTheEnd() {
        var one = arrests("r0", START, CA, 1);
        var two = arrests("r1", "2020-09-28", MECKLENBURG, 12);
        var three = arrests("r2", "2020-10-02", MECKLENBURG, 30);
        pipeline.announce(one, two, three);
        try (var reversed = new Pipeline()) {
            reversed.announce(three, two, one);
            assertThat(last(reversed.alerts())).isEqualTo(last(pipeline.alerts()));
        }
    }

    @Test
    void aFirstReleaseOfTwelveAlertsAndASecondOfOneDoesNot() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-21", MECKLENBURG, 1),
                arrests("r2", "2020-09-28", MECKLENBURG, 1));
        assertThat(pipeline.alerts()).isEmpty();
        pipeline.announce(arrests("r3", "2020-10-01", LOS_ANGELES, 12));
        assertThat(alertsOf(LOS_ANGELES)).hasSize(1);
        pipeline.announce(arrests("r4", "2020-10-02", LOS_ANGELES, 1));
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void anAlertSaysWhatItReplacesAndHowOftenChanceAloneDoesThat() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", "2020-10-05", MECKLENBURG, 30));
        assertThat(alertsOf(MECKLENBURG))
                .satisfiesExactly(
                        alert -> {
                            assertThat(alert.getSupersedes()).isNull();
                            assertThat(alert.getWindowDays()).isEqualTo(1);
                            assertThat(alert.getBaselineDays()).isEqualTo(58);
                            assertThat(alert.getRecurrenceWeeks()).isBetween(52.0, 10_000.0);
                            assertThat(1 / alert.getPValue() / 7).isCloseTo(alert.getRecurrenceWeeks(), within(1e-6));
                            assertThat(alert.getSeverity()).isEqualTo("MINOR");
                        },
                        alert -> {
                            assertThat(alert.getSupersedes()).isEqualTo(1);
                            assertThat(alert.getWindowDays()).isEqualTo(8);
                            assertThat(alert.getSeverity()).isEqualTo("MODERATE");
                        });
    }

    @Test
    void whatGrowsByLessThanAFifthIsToldWhenTheAlertCloses() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 60),
                arrests("r2", "2020-10-05", MECKLENBURG, 10));
        assertThat(alertsOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED");

        pipeline.announce(arrests("r3", "2020-11-02", CA, 1));
        assertThat(alertsOf(MECKLENBURG)).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getObserved()).isEqualTo(70);
            assertThat(alert.getLastDay()).isEqualTo("2020-10-05");
        });
    }

    @Test
    void aDayTooSmallToOpenAnAlertKeepsOneOpen() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", "2020-10-15", MECKLENBURG, 6),
                arrests("r3", "2020-10-27", CA, 1));
        assertThat(alertsOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED", "UPDATED");
    }

    @Test
    void releasesThatAreStampedAgainRaiseNothing() {
        var release = arrests("r1", "2020-09-28", MECKLENBURG, 12);
        pipeline.announce(arrests("r0", START, CA, 1), release, arrests("r2", "2021-01-24", CA, 1));
        pipeline.alerts();
        pipeline.announce(revised(release, 2, claim("c1", "TOTAL", MECKLENBURG, 12)));
        assertThat(pipeline.alerts()).isEmpty();
    }

    /** The last state of each alert that stands, without the version, which tells how often it changed. */
    private static List<String> last(List<Alert> alerts) {
        var last = new TreeMap<String, Alert>();
        alerts.forEach(alert -> last.put(alert.getAlertId(), alert));
        return last.values().stream()
                .filter(alert -> !alert.getStatus().equals("CANCELLED"))
                .map(alert -> Alert.newBuilder(alert)
                        .setVersion(0)
                        .setSupersedes(null)
                        .setStatus("")
                        .build()
                        .toString())
                .toList();
    }
}
