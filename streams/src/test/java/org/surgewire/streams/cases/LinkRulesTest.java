package org.surgewire.streams.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

class LinkRulesTest {
    private static final String TEXT = "Officers of the field office arrested foreign nationals during a targeted"
            + " enforcement action across the county this week, the agency announced on Monday";

    private final LinkRules rules = new LinkRules(Jurisdictions.bundled(), PublisherFamilies.bundled());

    // Operations

    @Test
    void twoReleasesOfOneOperationInTheSameDaysAreOneEvent() {
        assertLinked(
                Link.SAME_OPERATION,
                in("2020-09-28", "2020-10-02", inOperation(arrests("ice", "2020-10-07", CA, 128), "Rise", "CONCLUDED")),
                in(
                        "2020-09-18",
                        "2020-10-03",
                        inOperation(arrests("sd", "2020-10-08", LOS_ANGELES, 100), "Rise", "X")));
    }

    @Test
    void patriotAndPatriotTwoStayApartEvenInTheSamePlace() {
        assertApart(
                inOperation(arrests("a", "2025-06-02", CA, 1461), "Patriot", "CONCLUDED"),
                inOperation(arrests("b", "2025-06-09", CA, 1406), "Patriot 2.0", "CONCLUDED"));
    }

    @Test
    void oneEventUnderTwoNamesNeedsTheSamePlacePeriodAndNumber() {
        var one = in("2025-09-08", "2025-09-12", inOperation(arrests("a", "2025-09-15", CA, 87), "Swamp", "X"));
        var same = in("2025-09-08", "2025-09-12", inOperation(arrests("b", "2025-09-16", CA, 87), "Crunch", "X"));
        var other = in("2025-09-08", "2025-09-12", inOperation(arrests("c", "2025-09-16", CA, 88), "Crunch", "X"));
        assertLinked(Link.SAME_UNDER_TWO_NAMES, one, same);
        assertApart(one, other);
    }

    @Test
    void oneOperationNameUsedYearsApartIsTwoEvents() {
        assertApart(
                inOperation(arrests("a", "2007-05-30", CA, 62), "Return to Sender", "CONCLUDED"),
                inOperation(arrests("b", "2009-05-29", CA, 62), "Return to Sender", "CONCLUDED"));
    }

    @Test
    void thePhasesOfOneOperationAreTwoEvents() {
        assertApart(
                in("2020-09-28", "2020-10-02", inOperation(arrests("a", "2020-10-07", CA, 128), "Rise", "CONCLUDED")),
                in("2020-10-03", "2020-10-09", inOperation(arrests("b", "2020-10-15", US, 172), "Rise", "CONCLUDED")));
    }

    @Test
    void readingsOfAnOperationsRunningTotalAreOneEventWhateverTheirDays() {
        assertLinked(
                Link.SAME_OPERATION,
                inOperation(
                        announcement("a", "2025-11-16", total(MECKLENBURG, 81, "operation")), "Charlotte", "ONGOING"),
                inOperation(
                        announcement("b", "2025-12-05", total(MECKLENBURG, 425, "operation")), "Charlotte", "ONGOING"));
    }

    @Test
    void aTotalSinceTheTermBeganIsNoReadingOfTheOperationsClock() {
        assertApart(
                inOperation(announcement("a", "2026-01-12", total(MECKLENBURG, 2400, "operation")), "Metro", "ONGOING"),
                inOperation(
                        announcement("b", "2026-01-14", total(MECKLENBURG, 5000, "since:2025-01-20")),
                        "Metro",
                        "ONGOING"));
    }

    @Test
    void totalsSinceOneDateForOnePlaceAreOneRunningTotalAndOthersAreNot() {
        var one = announcement("a", "2025-06-01", total(CA, 5000, "since:2025-01-20"));
        assertLinked(
                Link.SAME_RUNNING_TOTAL, one, announcement("b", "2026-02-01", total(CA, 9000, "since:2025-01-20")));
        assertApart(one, announcement("c", "2025-06-08", total(CA, 9000, "since:2025-06-06")));
        assertApart(one, announcement("d", "2026-02-01", total(NC, 9000, "since:2025-01-20")));
    }

    // Place, period and number

    @Test
    void onePlaceAndPeriodIsOneEventWhenTheNumbersAreOfOneSize() {
        var one = in("2020-09-21", "2020-09-25", arrests("a", "2020-09-28", MECKLENBURG, 12));
        assertLinked(
                Link.SAME_PLACE_AND_PERIOD,
                one,
                in("2020-09-21", "2020-09-25", arrests("b", "2020-09-29", MECKLENBURG, 10)));
        assertApart(one, in("2020-09-21", "2020-09-25", arrests("c", "2020-09-29", MECKLENBURG, 40)));
        assertApart(one, in("2020-09-14", "2020-09-18", arrests("d", "2020-09-29", MECKLENBURG, 10)));
    }

    @Test
    void aSmallerFigureForTheSamePeriodMonthsLaterIsTheSameEvent() {
        assertLinked(
                Link.SAME_PLACE_AND_PERIOD,
                in("2025-02-23", "2025-03-02", arrests("a", "2025-03-05", CA, 646)),
                in("2025-02-23", "2025-03-02", arrests("b", "2025-07-15", CA, 543)));
    }

    @Test
    void onePlaceAndNumberWithinDaysIsOneEvent() {
        var one = arrests("a", "2020-09-28", MECKLENBURG, 12);
        assertLinked(Link.SAME_PLACE_AND_NUMBER, one, arrests("b", "2020-09-30", MECKLENBURG, 12));
        assertApart(one, arrests("c", "2020-09-30", MECKLENBURG, 13));
        assertApart(one, arrests("d", "2020-11-30", MECKLENBURG, 12));
        assertApart(one, arrests("e", "2020-09-30", CA, 12));
    }

    @Test
    void overOneHundredAndTwentyFiveIsOneHundredAndTwentyEightRounded() {
        assertLinked(
                Link.SAME_PLACE_AND_NUMBER,
                announcement("a", "2020-10-07", qualified(claim("c1", "TOTAL", CA, 125), "AT_LEAST")),
                arrests("b", "2020-10-07", CA, 128));
    }

    @Test
    void singleArrestsInOneCityOnDifferentDaysStayApart() {
        assertApart(arrests("a", "2020-09-28", LOS_ANGELES, 1), arrests("b", "2020-09-29", LOS_ANGELES, 1));
    }

    // Wholes and parts

    @Test
    void aReleaseForAPlaceThatARoundUpListsIsAPartOfIt() {
        var whole = announcement(
                "nc", "2020-09-28", placed(claim("c1", "TOTAL", NC, 24)), claim("c2", "PART", MECKLENBURG, 12));
        assertLinked(Link.PART_OF_THE_WHOLE, whole, arrests("m", "2020-09-28", MECKLENBURG, 12));
        assertApart(whole, arrests("later", "2020-12-28", MECKLENBURG, 12));
    }

    @Test
    void aReleaseInsideANationalPeriodIsAPartOfItEvenWhereItIsNotListed() {
        var whole = in("2019-09-21", "2019-09-25", arrests("us", "2019-09-26", US, 1300));
        assertLinked(
                Link.PART_OF_THE_WHOLE, whole, in("2019-09-21", "2019-09-25", arrests("ca", "2019-09-27", CA, 45)));
        assertApart(whole, arrests("without a period", "2019-09-27", CA, 45));
    }

    @Test
    void sixAndEighteenAreNotTwentyFourByCoincidence() {
        var state = arrests("nc", "2020-09-28", NC, 24);
        assertApart(state, arrests("a", "2020-09-28", MECKLENBURG, 6));
        assertApart(state, arrests("b", "2020-09-29", NC + "/county:wake", 18));
    }

    @Test
    void oneDayOfAWeekIsAPartOfItWhereTheWeekTellsTheSamePart() {
        var week = in(
                "2026-03-09",
                "2026-03-15",
                announcement(
                        "week",
                        "2026-03-16",
                        placed(claim("c1", "TOTAL", NC, 58)),
                        claim("c2", "PART", MECKLENBURG, 12)));
        assertLinked(
                Link.PART_OF_THE_WHOLE,
                week,
                in("2026-03-09", "2026-03-09", arrests("day", "2026-03-10", MECKLENBURG, 12)));
        assertApart(week, in("2026-03-02", "2026-03-02", arrests("before", "2026-03-03", MECKLENBURG, 12)));
    }

    // Round-ups

    @Test
    void aFewPersonsToldAgainInARoundUpAreTheSame() {
        var man = in("2026-03-09", "2026-03-09", arrests("man", "2026-03-10", MECKLENBURG, 1));
        var again = in("2026-03-09", "2026-03-09", arrests("again", "2026-03-16", MECKLENBURG, 1));
        assertApart(man, again);
        assertLinked(Link.TOLD_AGAIN, man, inARoundUp(again));
        assertLinked(
                Link.TOLD_AGAIN,
                man,
                inARoundUp(in("2026-03-09", "2026-03-09", arrests("both", "2026-03-16", MECKLENBURG, 2))));
        assertApart(man, inARoundUp(in("2026-03-10", "2026-03-10", arrests("next", "2026-03-16", MECKLENBURG, 1))));
    }

    @Test
    void anOperationToldAgainInTheReviewOfAYearIsTheSame() {
        var ended = in("2025-03-03", "2025-03-07", inOperation(arrests("a", "2025-03-10", CA, 62), "Low Tide", "X"));
        var recalled = inOperation(arrests("b", "2025-12-29", CA, 62), "Low Tide", "X");
        assertApart(ended, recalled);
        assertLinked(Link.SAME_OPERATION, ended, inARoundUp(recalled));
        assertApart(ended, inARoundUp(inOperation(arrests("c", "2025-12-29", CA, 63), "Low Tide", "X")));
    }

    private static ArrestAnnouncement inARoundUp(ArrestAnnouncement first) {
        var other = arrests("other", "2020-01-01", LOS_ANGELES, 30);
        return ArrestAnnouncement.newBuilder(first)
                .setFurtherEvents(List.of(new FurtherEvent(other.getKind(), null, null, other.getClaims())))
                .build();
    }

    // Likeness of text

    @Test
    void aReprintWithAnotherTitleIsTheSameEvent() {
        var one = worded(TEXT, announcement("a", "2020-09-28"));
        assertLinked(Link.NEAR_DUPLICATE, one, worded(TEXT + " again", announcement("b", "2020-10-05")));
        assertApart(one, worded(TEXT, announcement("c", "2020-12-05")));
    }

    @Test
    void oneTemplateWithOtherNumbersOrPlacesOrDaysIsAnotherEvent() {
        var one = worded(TEXT, in("2020-09-21", "2020-09-25", arrests("a", "2020-09-28", MECKLENBURG, 12)));
        assertApart(one, worded(TEXT, in("2020-09-28", "2020-10-02", arrests("b", "2020-10-05", MECKLENBURG, 12))));
        assertApart(one, worded(TEXT, in("2020-09-21", "2020-09-25", arrests("c", "2020-09-28", CA, 12))));
    }

    @Test
    void weeklyListsOfChargesThatFollowATemplateStayApart() {
        var monday = "This week the office charged individuals in cases related to immigration " + words(40, 0);
        var nextMonday = "This week the office charged individuals in cases related to immigration " + words(40, 24);
        assertApart(
                worded(monday, charges("a", "2025-03-03", 389)), worded(nextMonday, charges("b", "2025-03-10", 295)));
    }

    private void assertLinked(Link why, ArrestAnnouncement one, ArrestAnnouncement other) {
        assertThat(between(one, other)).isEqualTo(why);
        assertThat(between(other, one)).isEqualTo(why);
    }

    private void assertApart(ArrestAnnouncement one, ArrestAnnouncement other) {
        assertThat(between(one, other)).isNull();
        assertThat(between(other, one)).isNull();
    }

    private @Nullable Link between(ArrestAnnouncement one, ArrestAnnouncement other) {
        return rules.between(Telling.of(one).get(0), Telling.of(other).get(0)).orElse(null);
    }

    private static ArrestAnnouncement in(String start, String end, ArrestAnnouncement announcement) {
        return ArrestAnnouncement.newBuilder(announcement)
                .setPeriod(new Period(LocalDate.parse(start), LocalDate.parse(end), null))
                .build();
    }

    private static ArrestAnnouncement worded(String text, ArrestAnnouncement announcement) {
        ByteBuffer signature = MinHash.signature(text);
        return ArrestAnnouncement.newBuilder(announcement)
                .setFingerprint(signature)
                .build();
    }

    private static ArrestAnnouncement charges(String id, String day, long count) {
        Claim charged = Claim.newBuilder(claim("c1", "TOTAL", CA, count))
                .setUnit("charges")
                .build();
        return ArrestAnnouncement.newBuilder(announcement(id, day, charged))
                .setKind("PROSECUTION")
                .build();
    }

    private static Claim total(String jurisdictionId, long count, String clock) {
        return Claim.newBuilder(claim("c1", "TOTAL", jurisdictionId, count))
                .setKind("CUMULATIVE")
                .setClock(clock)
                .build();
    }

    private static Claim placed(Claim claim) {
        return Claim.newBuilder(claim).setPlace("North Carolina").build();
    }

    private static Claim qualified(Claim claim, String qualifier) {
        return Claim.newBuilder(claim).setQualifier(qualifier).build();
    }

    private static String words(int count, int from) {
        var words = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            words.append("word").append(i).append(' ');
        }
        return words.toString();
    }
}
