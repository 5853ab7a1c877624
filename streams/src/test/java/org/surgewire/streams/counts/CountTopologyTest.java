package org.surgewire.streams.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.streams.runtime.Pipeline;

class CountTopologyTest {
    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static WindowCounts window(JurisdictionCounts counts, int days) {
        return counts.getWindows().stream()
                .filter(window -> window.getDays() == days)
                .findFirst()
                .orElseThrow();
    }

    private long arrestsOf(String jurisdictionId) {
        return DailyCounts.sum(LocalDate.EPOCH, pipeline.daily().days(jurisdictionId))
                .arrests();
    }

    @Test
    void anAnnouncementCountsInItsJurisdictionAndInEverythingThatContainsIt() {
        pipeline.announce(arrests("r1", "2020-09-28", MECKLENBURG, 12));

        var counts = pipeline.counts();
        assertThat(counts).containsOnlyKeys(MECKLENBURG, NC, US);
        assertThat(counts.values()).allSatisfy(each -> {
            assertThat(each.getAsOf()).isEqualTo("2020-09-28");
            assertThat(window(each, 1)).isEqualTo(new WindowCounts(1, 1L, 1L, 12L, 12L, 12L));
            assertThat(window(each, 0)).isEqualTo(new WindowCounts(0, 1L, 1L, 12L, 12L, 12L));
        });
    }

    @Test
    void windowsAreSumsOfDays() {
        pipeline.announce(
                arrests("r1", "2019-12-30", CA, 1),
                arrests("r2", "2020-01-05", CA, 10),
                arrests("r3", "2020-01-20", CA, 100),
                arrests("r4", "2020-01-26", CA, 1000));

        JurisdictionCounts counts = pipeline.counts().get(CA);
        assertThat(window(counts, 1).getArrests()).isEqualTo(1000);
        assertThat(window(counts, 7).getArrests()).isEqualTo(1100);
        assertThat(window(counts, 28).getArrests()).isEqualTo(1111);
        assertThat(window(counts, 365).getArrests()).isEqualTo(1111);
    }

    @Test
    void aParentIsTheLargerOfItsOwnNumberAndTheSumOfItsParts() {
        pipeline.announce(
                announcement("r1", "2020-10-07", claim("c1", "TOTAL", CA, 128), claim("c2", "PART", LOS_ANGELES, 100)));
        assertThat(arrestsOf(LOS_ANGELES)).isEqualTo(100);
        assertThat(arrestsOf(CA)).isEqualTo(128);
        assertThat(arrestsOf(US)).isEqualTo(128);

        pipeline.announce(announcement(
                "r2",
                "2020-10-08",
                claim("c1", "TOTAL", CA, 20),
                claim("c2", "PART", LOS_ANGELES, 15),
                claim("c3", "PART", CA + "/county:san_diego", 15)));
        assertThat(arrestsOf(CA)).isEqualTo(128 + 30);
    }

    @Test
    void aLateAnnouncementCountsOnItsOwnDay() {
        pipeline.announce(arrests("r1", "2020-10-07", CA, 5), arrests("r2", "2011-03-01", CA, 7));

        assertThat(pipeline.daily().days(CA))
                .extracting(DayCount::day, DayCount::arrests)
                .containsExactly(tuple(LocalDate.parse("2011-03-01"), 7L), tuple(LocalDate.parse("2020-10-07"), 5L));
        assertThat(window(pipeline.counts().get(CA), 28).getArrests()).isEqualTo(5);
    }

    @Test
    void anOlderRevisionThatArrivesLateChangesNothing() {
        var first = arrests("r1", "2020-10-07", CA, 5);
        pipeline.announce(revised(first, 2, claim("c1", "TOTAL", CA, 9)), first);
        assertThat(arrestsOf(CA)).isEqualTo(9);
    }

    @Test
    void aDuplicateChangesNothingAndWritesNothing() {
        pipeline.announce(arrests("r1", "2020-10-07", CA, 5));
        pipeline.counts();
        pipeline.announce(arrests("r1", "2020-10-07", CA, 5));
        assertThat(pipeline.countsWritten()).isZero();
        assertThat(arrestsOf(CA)).isEqualTo(5);
    }

    @Test
    void aCorrectionMovesTheNumberToTheOtherJurisdiction() {
        var first = arrests("r1", "2020-10-07", MECKLENBURG, 5);
        pipeline.announce(first, revised(first, 2, claim("c1", "TOTAL", CA, 6)));
        assertThat(pipeline.daily().days(MECKLENBURG)).isEmpty();
        assertThat(pipeline.daily().days(NC)).isEmpty();
        assertThat(arrestsOf(CA)).isEqualTo(6);
        assertThat(arrestsOf(US)).isEqualTo(6);
    }

    @Test
    void aWithdrawalTakesEverythingBack() {
        var first = arrests("r1", "2020-10-07", MECKLENBURG, 5);
        pipeline.announce(first, withdrawn(first, 2));
        assertThat(pipeline.daily().days(US)).isEmpty();
        assertThat(pipeline.daily().span(US)).isEmpty();
        assertThat(window(pipeline.counts().get(US), 0)).isEqualTo(new WindowCounts(0, 0L, 0L, 0L, 0L, 0L));
    }

    @Test
    void poisonChangesNothingAndTheRestGoesOn() {
        pipeline.announceRaw("r0", "not avro".getBytes(StandardCharsets.UTF_8));
        pipeline.announce(arrests("r1", "2020-10-07", CA, 5));
        assertThat(arrestsOf(CA)).isEqualTo(5);
    }

    @Test
    void chargesAndGoalsAreNoArrests() {
        var charges = claim("c1", "TOTAL", CA, 389);
        charges.setUnit("charges");
        var goal = claim("c2", "TOTAL", CA, 5000);
        goal.setKind("GOAL");
        pipeline.announce(announcement("r1", "2020-10-07", charges, goal));
        assertThat(arrestsOf(CA)).isZero();
        assertThat(window(pipeline.counts().get(CA), 1).getAnnouncements()).isEqualTo(1);
    }

    @Test
    void aReleaseFromBeforeTheCountedDaysIsParkedWithItsCauseAndMovesNothing() {
        pipeline.announce(arrests("old", "1989-12-31", MECKLENBURG, 12), arrests("first", "1990-01-01", CA, 3));

        assertThat(pipeline.parked()).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo("BEYOND_RETENTION");
            assertThat(letter.getDetail())
                    .isEqualTo("published on 1989-12-31, before 1990-01-01, the first day that is counted");
            assertThat(letter.getSourceId()).isEqualTo("ice-newsroom");
            assertThat(letter.getRaw().remaining()).isPositive();
        });
        assertThat(pipeline.counts()).containsOnlyKeys(CA, US);
    }

    @Test
    void whatCannotBeCountedIsParkedWithItsCauseAndTheRestGoesOn() {
        var nowhere = claim("c1", "TOTAL", US + "/state:atlantis", 5);
        var negative = claim("c1", "TOTAL", CA, 5);
        negative.setLow(-5L);
        var endless = claim("c1", "TOTAL", CA, Long.MAX_VALUE);
        var half = claim("c1", "TOTAL", CA, 5);
        half.setHigh(null);
        var future = arrests("future", "2020-10-07", CA, 5);
        future.setPublishedDay(LocalDate.parse("2999-01-01"));
        var giant = arrests("giant", "2020-10-07", CA, 5);
        giant.setTitle("x".repeat(600_000));

        pipeline.announce(
                announcement("nowhere", "2020-10-07", nowhere),
                announcement("negative", "2020-10-07", negative),
                announcement("endless", "2020-10-07", endless),
                announcement("half", "2020-10-07", half),
                future,
                giant);
        pipeline.announceUnder(null, arrests("no-key", "2020-10-07", CA, 5));
        pipeline.announceUnder("another", arrests("wrong-key", "2020-10-07", CA, 5));
        pipeline.announceRaw("tombstone", null);
        pipeline.announce(arrests("good", "2020-10-07", CA, 5));

        List<DeadLetter> parked = pipeline.parked();
        assertThat(parked)
                .extracting(DeadLetter::getCause)
                .containsExactly(
                        "UNKNOWN_JURISDICTION",
                        "BAD_COUNT",
                        "BAD_COUNT",
                        "BAD_COUNT",
                        "FUTURE_DAY",
                        "TOO_LARGE",
                        "WRONG_KEY",
                        "WRONG_KEY",
                        "NO_RECORD");
        assertThat(parked)
                .allSatisfy(letter -> assertThat(letter.getRaw().remaining()).isLessThanOrEqualTo(64 * 1024));
        assertThat(arrestsOf(CA)).isEqualTo(5);
    }

    @Test
    void lateReleasesLandInTheirOwnDayAndAreCountedAsLate() {
        pipeline.announce(arrests("new", "2020-09-28", CA, 3), arrests("late", "2015-03-01", CA, 5));
        pipeline.announce(arrests("late", "2015-03-01", CA, 5));

        assertThat(pipeline.daily().days(CA))
                .extracting(DayCount::day, DayCount::arrests)
                .containsExactly(tuple(LocalDate.parse("2015-03-01"), 5L), tuple(LocalDate.parse("2020-09-28"), 3L));
        assertThat(pipeline.metric("late-releases-total")).isEqualTo(1);
    }
}
