package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.arrests;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.streams.runtime.Pipeline;

/** Four weeks with a third less than the year before are information, and a source that is not heard of is none. */
class LullAlertsTest {
    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    static boolean isLull(Alert alert) {
        return alert.getKind().equals("LULL");
    }

    /** Arrests in California every Monday of 57 weeks up to four weeks after a Monday, the last four with fewer. */
    static ArrestAnnouncement[] fallAfter(String monday, long before, long after) {
        List<ArrestAnnouncement> all = new ArrayList<>();
        for (int week = -53; week < 4; week++) {
            LocalDate day = LocalDate.parse(monday).plusWeeks(week);
            // Not the same number week after week, which would be one event told again.
            all.add(arrests("w" + week, day.toString(), CA, (week < 0 ? before : after) + Math.floorMod(week, 5)));
        }
        return all.toArray(new ArrestAnnouncement[0]);
    }

    private static SourceHealth read(String first, String last, String again) {
        return SourceHealth.newBuilder()
                .setSourceId("ice-newsroom")
                .setAt(Instant.parse(again + "T12:00:00Z"))
                .setLastSuccess(Instant.parse(again + "T12:00:00Z"))
                .setStatus("OK")
                .setItems(1)
                .setRefused(0)
                .setImplausibleDates(0)
                .setJurisdictionId(US)
                .setRead(List.of(
                        new DaySpan(LocalDate.parse(first), LocalDate.parse(last)),
                        new DaySpan(LocalDate.parse(again), LocalDate.parse(again))))
                .build();
    }

    @Test
    void aMarkedFallIsReportedAsInformation() {
        pipeline.announce(fallAfter("2020-03-02", 30, 18));
        assertThat(pipeline.alerts()).filteredOn(LullAlertsTest::isLull).isEmpty();
        pipeline.announce(arrests("after", "2020-03-30", CA, 18));

        assertThat(pipeline.alerts())
                .filteredOn(LullAlertsTest::isLull)
                .filteredOn(alert -> alert.getJurisdictionId().equals(CA))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.getSeverity()).isEqualTo("INFO");
                    assertThat(alert.getFirstDay()).isEqualTo("2020-03-02");
                    assertThat(alert.getLastDay()).isEqualTo("2020-03-29");
                    assertThat(alert.getObserved()).isEqualTo(78);
                    assertThat(alert.getReason())
                            .startsWith("78 announced arrests in California from 2 March 2020 to 29 March 2020")
                            .endsWith("a lull in what is announced.");
                });
    }

    @Test
    void aFallByLessThanAThirdIsNone() {
        pipeline.announce(fallAfter("2020-03-02", 30, 25));
        pipeline.announce(arrests("after", "2020-03-30", CA, 25));
        assertThat(pipeline.alerts()).filteredOn(LullAlertsTest::isLull).isEmpty();
    }

    @Test
    void whereNothingIsHeardNothingIsQuiet() {
        ArrestAnnouncement[] all = fallAfter("2020-03-02", 30, 18);
        for (int i = 0; i < all.length - 4; i++) {
            pipeline.announce(all[i]);
        }
        pipeline.announce(arrests("after", "2020-03-30", CA, 18));
        assertThat(pipeline.alerts()).filteredOn(LullAlertsTest::isLull).isEmpty();
    }

    @Test
    void weeksThatWereNotReadAreNoLull() {
        pipeline.report(read("2019-01-01", "2020-03-10", "2020-03-30"));
        pipeline.announce(fallAfter("2020-03-02", 30, 18));
        pipeline.announce(arrests("after", "2020-03-30", CA, 18));
        assertThat(pipeline.alerts()).filteredOn(LullAlertsTest::isLull).isEmpty();

        pipeline.report(read("2019-01-01", "2020-03-29", "2020-03-30"));
        assertThat(pipeline.alerts())
                .filteredOn(LullAlertsTest::isLull)
                .extracting(Alert::getStatus)
                .contains("OPENED");
    }
}
