package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.bySource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.streams.runtime.Pipeline;

/** What a source must be before its releases can be a surge, and what is told of one that is not fit to count on. */
class SourceGuardsTest {
    private static final String START = "2020-08-01";
    private static final String SHERIFF = "sheriff-mecklenburg";

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private List<Alert> surgesOf(String jurisdictionId) {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getKind().equals("SURGE"))
                .filter(alert -> alert.getJurisdictionId().equals(jurisdictionId))
                .toList();
    }

    private List<Alert> sourceNews() {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getKind().startsWith("SOURCE_"))
                .toList();
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static SourceHealth report(String sourceId, String at, DaySpan... read) {
        return SourceHealth.newBuilder()
                .setSourceId(sourceId)
                .setAt(at(at))
                .setLastSuccess(at(at))
                .setStatus("OK")
                .setItems(1)
                .setRefused(0)
                .setImplausibleDates(0)
                .setPublisher("ICE")
                .setJurisdictionId(US)
                .setRead(List.of(read))
                .build();
    }

    private static Instant at(String day) {
        return day(day).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    private static DaySpan days(String first, String last) {
        return new DaySpan(day(first), day(last));
    }

    @Test
    void aNewSourceWithItsBackCatalogueIsNoSurge() {
        pipeline.announce(arrests("r0", START, CA, 1));
        for (int i = 0; i < 14; i++) {
            pipeline.announce(bySource(
                    SHERIFF, arrests("s" + i, day("2020-09-28").plusDays(i).toString(), MECKLENBURG, 12 + i)));
        }
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void onceItHasWarmedUpItIsJudgedByItsOwnDays() {
        pipeline.announce(arrests("r0", START, CA, 1));
        for (int i = 0; i < 12; i++) {
            pipeline.announce(bySource(
                    SHERIFF, arrests("s" + i, day("2020-09-28").plusDays(4L * i).toString(), MECKLENBURG, 12)));
        }
        assertThat(surgesOf(MECKLENBURG)).isEmpty();

        pipeline.announce(bySource(SHERIFF, arrests("large", "2020-11-18", MECKLENBURG, 400)));
        assertThat(surgesOf(MECKLENBURG)).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("OPENED");
            assertThat(alert.getBaselineDays()).isEqualTo(51);
        });
    }

    @Test
    void theFirstAnnouncementOfAPlaceFromASourceLongReadIsASurge() {
        pipeline.announce(
                bySource(SHERIFF, arrests("s0", START, LOS_ANGELES, 1)),
                bySource(SHERIFF, arrests("s1", "2020-09-28", MECKLENBURG, 12)));
        assertThat(surgesOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED");
    }

    @Test
    void whatASourceLongReadTellsOfTooIsJudged() {
        var own = bySource(SHERIFF, arrests("s1", "2020-09-28", MECKLENBURG, 12));
        pipeline.announce(arrests("r0", START, CA, 1), own);
        assertThat(surgesOf(MECKLENBURG)).isEmpty();

        pipeline.announce(ArrestAnnouncement.newBuilder(arrests("r1", "2020-09-28", MECKLENBURG, 12))
                .setUrl(own.getUrl())
                .setTitle(own.getTitle())
                .build());
        List<Alert> surges = surgesOf(MECKLENBURG);
        assertThat(surges).extracting(Alert::getStatus).containsExactly("OPENED");
        assertThat(surges.get(0).getObserved()).isEqualTo(12);
    }

    @Test
    void aNewSourceTakesNoAlertAwayFromTheOthers() {
        pipeline.announce(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                bySource(SHERIFF, arrests("s1", "2020-09-28", MECKLENBURG, 45)));
        assertThat(surgesOf(MECKLENBURG)).extracting(Alert::getStatus).doesNotContain("CANCELLED");
    }

    @Test
    void aSourceThatWasNeverReadToItsEndIsNotJudged() {
        pipeline.report(report("ice-newsroom", "2020-09-28"));
        pipeline.announce(arrests("r0", START, CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 12));
        assertThat(surgesOf(MECKLENBURG)).isEmpty();

        pipeline.report(report("ice-newsroom", "2020-09-29", days("2020-08-02", "2020-09-29")));
        assertThat(surgesOf(MECKLENBURG)).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("OPENED");
            assertThat(alert.getBaselineDays()).isEqualTo(58);
        });
    }

    @Test
    void whatAFileToldIsJudgedThoughTheSourceIsReadSince() {
        SourceHealth never = SourceHealth.newBuilder(report("ice-newsroom", "2026-11-01"))
                .setStatus("NEVER_READ")
                .setLastSuccess(null)
                .build();
        pipeline.report(never);
        pipeline.announce(arrests("r0", START, CA, 1), arrests("r1", "2020-09-28", MECKLENBURG, 12));
        assertThat(surgesOf(MECKLENBURG)).extracting(Alert::getStatus).containsExactly("OPENED");

        pipeline.report(report("ice-newsroom", "2026-11-02", days("2026-10-20", "2026-11-02")));
        assertThat(surgesOf(MECKLENBURG)).isEmpty();

        pipeline.announce(arrests("r2", "2026-10-21", LOS_ANGELES, 40));
        assertThat(surgesOf(LOS_ANGELES)).isEmpty();
    }

    @Test
    void aDayThatWasNotReadIsUnknownAndNoQuietDay() {
        List<ArrestAnnouncement> weekly = new ArrayList<>();
        for (int week = 0; week < 12; week++) {
            weekly.add(arrests("r" + week, day("2020-06-01").plusWeeks(week).toString(), MECKLENBURG, 5));
        }
        weekly.add(arrests("last", "2021-03-15", MECKLENBURG, 25));
        pipeline.announce(weekly.toArray(new ArrestAnnouncement[0]));
        double asIfReadThroughout = surgesOf(MECKLENBURG).get(0).getExpected();

        pipeline.report(report(
                "ice-newsroom", "2021-03-15", days("2020-06-01", "2020-08-17"), days("2021-03-15", "2021-03-15")));
        pipeline.announce(arrests("more", "2021-03-16", MECKLENBURG, 60));
        Alert last = surgesOf(MECKLENBURG).stream()
                .filter(alert -> !alert.getStatus().equals("CANCELLED"))
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(last.getBaselineDays()).isEqualTo(last.getFirstDay().equals(day("2021-03-15")) ? 78 : 79);
        assertThat(last.getExpected() / last.getWindowDays()).isGreaterThan(2 * asIfReadThroughout);
    }

    @Test
    void whatIsKnownOfSourcesEndsInTheSameAlertsInAnyOrder() {
        long seed = Long.getLong("surgewire.seed", 17);
        List<Object> events = new ArrayList<>(List.of(
                arrests("r0", START, CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                bySource(SHERIFF, arrests("s0", "2020-08-20", NC, 1)),
                bySource(SHERIFF, arrests("s1", "2020-09-30", LOS_ANGELES, 40)),
                bySource("news", arrests("n1", "2020-09-30", LOS_ANGELES, 90)),
                bySource("news", arrests("n2", "2020-10-30", CA, 70)),
                report(SHERIFF, "2020-09-30", days("2020-08-20", "2020-09-30"))));
        play(pipeline, events);
        List<String> expected = last(pipeline.alerts());
        assertThat(expected).hasSizeGreaterThan(3);
        var random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            Collections.shuffle(events, random);
            try (var other = new Pipeline()) {
                play(other, events);
                assertThat(last(other.alerts()))
                        .as("seed %d, order %d", seed, i)
                        .isEqualTo(expected);
            }
        }
    }

    private static void play(Pipeline pipeline, List<Object> events) {
        for (Object event : events) {
            if (event instanceof SourceHealth report) {
                pipeline.report(report);
            } else {
                pipeline.announce((ArrestAnnouncement) event);
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
                        .setStatus("")
                        .build()
                        .toString())
                .toList();
    }

    private static SourceHealth rhythm(String at, String status, String silentFrom, long items, String... published) {
        return SourceHealth.newBuilder(report("ice-newsroom", at, days(START, at)))
                .setStatus(status)
                .setItems(items)
                .setPublicationDays(
                        Arrays.stream(published).map(LocalDate::parse).toList())
                .setSilentFrom(day(silentFrom))
                .build();
    }

    @Test
    void aSourceGoneSilentIsToldAndClosedWhenItPublishesAgain() {
        pipeline.report(rhythm("2020-09-10", "OK", "2020-09-16", 9, "2020-09-07", "2020-09-10"));
        assertThat(sourceNews()).isEmpty();

        pipeline.report(rhythm("2020-09-16", "SILENT", "2020-09-16", 9, "2020-09-07", "2020-09-10"));
        pipeline.report(rhythm("2020-09-17", "SILENT", "2020-09-16", 9, "2020-09-07", "2020-09-10"));
        assertThat(sourceNews()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("source/silent/2020-09-11/ice-newsroom");
            assertThat(alert.getStatus()).isEqualTo("OPENED");
            assertThat(alert.getKind()).isEqualTo("SOURCE_SILENT");
            assertThat(alert.getSourceId()).isEqualTo("ice-newsroom");
            assertThat(alert.getJurisdictionId()).isEqualTo(US);
            assertThat(alert.getSeverity()).isEqualTo("INFO");
            assertThat(alert.getReason())
                    .isEqualTo(
                            "ICE's source ice-newsroom has published nothing since 10 September 2020; its rhythm"
                                    + " explains a break until 15 September 2020. What happened since is unknown, and no lull.");
        });

        pipeline.report(rhythm("2020-09-21", "OK", "2020-10-13", 10, "2020-09-07", "2020-09-10", "2020-09-21"));
        assertThat(sourceNews()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("source/silent/2020-09-11/ice-newsroom");
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getVersion()).isEqualTo(2);
            assertThat(alert.getSupersedes()).isEqualTo(1);
            assertThat(alert.getClosedDay()).isEqualTo("2020-09-21");
            assertThat(alert.getLastDay()).isEqualTo("2020-09-20");
            assertThat(alert.getReason())
                    .isEqualTo(
                            "ICE's source ice-newsroom published nothing from 11 September 2020 to 20 September 2020,"
                                    + " longer than its rhythm explains, and does again.");
        });
    }

    @Test
    void whenNoFurtherReportComesTheClockTellsThatASourceIsSilent() {
        pipeline.report(rhythm("2020-09-10", "OK", "2020-09-16", 9, "2020-09-07", "2020-09-10"));
        pipeline.announce(bySource("other", arrests("r0", "2020-09-15", CA, 1)));
        assertThat(sourceNews()).isEmpty();
        pipeline.announce(bySource("other", arrests("r1", "2020-09-16", CA, 1)));
        assertThat(sourceNews()).extracting(Alert::getKind).containsExactly("SOURCE_SILENT");
    }

    @Test
    void aSilenceThatIsFilledLaterIsTakenBack() {
        pipeline.report(rhythm("2020-09-16", "SILENT", "2020-09-16", 9, "2020-09-07", "2020-09-10"));
        sourceNews();
        pipeline.report(rhythm("2020-09-17", "OK", "2020-09-20", 11, "2020-09-07", "2020-09-10", "2020-09-14"));
        assertThat(sourceNews()).extracting(Alert::getStatus).containsExactly("CANCELLED");
    }

    private static SourceHealth stamped(String at, long items, String... problems) {
        return SourceHealth.newBuilder(report("ice-newsroom", at, days(START, at)))
                .setItems(items)
                .setProblems(List.of(problems))
                .build();
    }

    @Test
    void aSourceThatStampsEverythingAgainIsToldAndNoSurge() {
        pipeline.announce(arrests("r0", START, CA, 1), arrests("r1", "2020-09-14", CA, 1));
        pipeline.report(stamped("2020-09-14", 9));
        pipeline.report(stamped("2020-09-15", 9, "MASS_UPDATED", "TRUNCATED"));
        pipeline.report(stamped("2020-09-16", 9, "MASS_UPDATED"));
        // Nothing new on the page, which says nothing of its dates.
        pipeline.report(stamped("2020-09-17", 9));
        List<Alert> alerts = pipeline.alerts();
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("source/restamped/2020-09-15/ice-newsroom");
            assertThat(alert.getKind()).isEqualTo("SOURCE_RESTAMPED");
            assertThat(alert.getStatus()).isEqualTo("OPENED");
            assertThat(alert.getReason())
                    .isEqualTo(
                            "Nearly everything that ICE's source ice-newsroom lists was stamped with a new date at once,"
                                    + " seen on 15 September 2020: the stamp is passed over, and nothing is counted by it.");
        });

        pipeline.report(stamped("2020-09-18", 10));
        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo("CLOSED");
            assertThat(alert.getClosedDay()).isEqualTo("2020-09-18");
        });
    }

    @Test
    void aSourceWithOneDateOnEverythingIsTold() {
        pipeline.report(stamped("2020-09-15", 9, "CONSTANT_DATE"));
        assertThat(sourceNews()).singleElement().satisfies(alert -> assertThat(alert.getReason())
                .isEqualTo(
                        "Everything that ICE's source ice-newsroom lists has carried one date since 15 September 2020:"
                                + " no such date is believed, and nothing is counted by it."));
    }
}
