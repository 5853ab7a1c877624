package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.arrests;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.Pipeline;

/** Live, where days pass though nothing arrives. */
class WallClockTest {
    private static final Duration LOOK = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2020-09-28T15:00:00Z");
    private final Pipeline pipeline = new Pipeline(new Clock.OfTheWall(() -> now, ZoneOffset.UTC, LOOK));

    @AfterEach
    void close() {
        pipeline.close();
    }

    private List<Alert> until(String day) {
        now = LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC);
        pipeline.pass(LOOK);
        return pipeline.alerts();
    }

    @Test
    void anAlertClosesThoughNothingArrives() {
        pipeline.announce(arrests("r0", "2020-08-01", CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 12));
        pipeline.alerts();

        assertThat(until("2020-10-19")).isEmpty();
        assertThat(until("2020-10-20")).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getClosedDay()).isEqualTo("2020-10-20");
        });
        assertThat(until("2020-10-21")).isEmpty();
    }

    @Test
    void aLullIsJudgedWhenItsLastSundayIsOverThoughNothingArrives() {
        pipeline.announce(LullAlertsTest.fallAfter("2020-08-31", 30, 18));
        assertThat(pipeline.alerts()).filteredOn(LullAlertsTest::isLull).isEmpty();
        assertThat(until("2020-09-27")).filteredOn(LullAlertsTest::isLull).isEmpty();
        assertThat(until("2020-09-28"))
                .filteredOn(LullAlertsTest::isLull)
                .extracting(Alert::getJurisdictionId)
                .contains(CA);
    }
}
