package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Releases that tell of several events, each on a text of our own. */
class EventsTest {
    private static final String WEEK =
            """
            Week in review: Florida
            TAMPA, Fla. - Officers were busy last week.
            - March 9: officers arrested 12 people at a work site in Tampa.
            - March 10: a joint team arrested nine people in Orange County.
            - March 12: one fugitive was arrested in Lakeland.
            """;

    private static Facts facts(String text) {
        return Extractor.bundled().extract(new Announcement("id", "ICE", LocalDate.of(2026, 3, 16), text));
    }

    /** Number, places by their last name, and first day of each event. */
    private static List<String> events(String text) {
        return facts(text).events().stream()
                .map(event -> {
                    Facts.Period period = event.period();
                    List<String> places = event.places().stream()
                            .map(place -> String.valueOf(place.jurisdictionId()).replaceAll(".*:", ""))
                            .toList();
                    return best(event) + " " + String.join("+", places) + " " + (period == null ? "" : period.start());
                })
                .toList();
    }

    private static long best(Facts facts) {
        return Objects.requireNonNull(facts.arrests()).count().best();
    }

    @Test
    void theDatedLinesOfARoundUpAreEventsOfTheirOwn() {
        assertThat(events(WEEK)).containsExactly("12 tampa 2026-03-09", "9 orange 2026-03-10", "1 lakeland 2026-03-12");
    }

    @Test
    void theNameOfAnOperationMayStandBeforeTheDaysOfItsLine() {
        assertThat(events(
                        "Two winter operations in Florida\nThe office reminds of two operations.\nOperation Long Pier, Feb. 2 to "
                                + "Feb. 5, 2026: 31 arrests in Tampa, Florida.\nOperation Long Pier II, March 9 to March 12, 2026: "
                                + "44 arrests in Orange County, Florida."))
                .containsExactly("31 tampa 2026-02-02", "44 orange 2026-03-09");
    }

    @Test
    void aDayMayBeTheHeadingOfItsLines() {
        assertThat(events(
                        "ICE Houston: the week in arrests\nMonday, March 9\nOfficers arrested 12 people at a car wash in "
                                + "Houston, Texas. Four had been removed before.\nThursday, March 12\nOfficers arrested seven people "
                                + "in Galveston County, Texas."))
                .containsExactly("12 houston 2026-03-09", "7 galveston 2026-03-12");
    }

    @Test
    void aTotalThatIsTheSumOfTheLinesStandsForNothingElse() {
        assertThat(events(
                        "21 arrested in Florida in two actions last week\nTAMPA, Fla. - Officers made 21 arrests in Florida "
                                + "last week:\n- March 9: 12 people arrested at a work site in Tampa.\n- March 10: nine people "
                                + "arrested in Orange County."))
                .containsExactly("12 tampa 2026-03-09", "9 orange 2026-03-10");
    }

    @Test
    void theDaysOfOneOperationThatItsTotalSumsAreOneEvent() {
        assertThat(events(
                        "ICE arrests 21 in two-day operation in Florida\nTAMPA, Fla. - Officers made 21 arrests in Florida:\n"
                                + "- March 9: 12 people arrested at a work site in Tampa.\n- March 10: nine people arrested in "
                                + "Orange County."))
                .isEmpty();
    }

    @Test
    void aLargerTotalIsOneEventWithTheLinesInside() {
        Facts facts = facts(
                "ICE arrests 58 people in Florida in one week\nTAMPA, Fla. - Officers arrested 58 people in Florida "
                        + "last week, among them:\n- March 9: 12 people arrested at a work site in Tampa.\n- March 10: nine people "
                        + "arrested in Orange County.");
        assertThat(facts.events()).isEmpty();
        assertThat(best(facts)).isEqualTo(58);
    }

    @Test
    void readingsOfARunningTotalAreNoEvents() {
        assertThat(events(
                        "Operation Long Night so far\nMarch 9: 81 people arrested to date in Mecklenburg County, North "
                                + "Carolina.\nMarch 10: 131 people arrested to date in Mecklenburg County."))
                .isEmpty();
    }

    @Test
    void linesOfOnePlaceAndDayAreOneEvent() {
        assertThat(events(
                        "The week of ICE in El Paso\nThe office looks back.\nMarch 9, 2026: one man arrested in El Paso, "
                                + "Texas, wanted for robbery.\nMarch 9, 2026: one man arrested in El Paso, Texas, a smuggler.\n"
                                + "March 11, 2026: six people arrested at a farm in El Paso, Texas."))
                .containsExactly("2 el_paso 2026-03-09", "6 el_paso 2026-03-11");
    }

    @Test
    void whatIsToldOfASeparateOperationIsAnEventBesideTheReleasesOwn() {
        assertThat(
                        events(
                                "ICE arrests 24 in Mobile County\nMOBILE, Ala. - ICE officers arrested 24 people in Mobile County, "
                                        + "Alabama, from March 2 to March 6, 2026.\nIn a separate operation on March 5, officers arrested 11 "
                                        + "people in Baldwin County. Seven of the 11 had criminal convictions.\nAll are in custody."))
                .containsExactly("24 mobile 2026-03-02", "11 baldwin 2026-03-05");
    }

    @Test
    void aTitleThatAddsTwoOperationsUpStandsForNothingElse() {
        assertThat(events(
                        "ICE arrests 35 in two operations in Alabama\nMOBILE, Ala. - ICE officers arrested 24 people in "
                                + "Mobile County, Alabama, from March 2 to March 6, 2026.\nIn a second operation on March 5, "
                                + "officers arrested 11 people in Baldwin County."))
                .containsExactly("24 mobile 2026-03-02", "11 baldwin 2026-03-05");
    }

    @Test
    void twoNamedOperationsAreTwoEvents() {
        List<Facts> events = facts(
                        "Operations Night Heron and Gray Owl lead to 65 arrests\nATLANTA - Operation Night Heron, from "
                                + "March 2 to March 6, 2026, resulted in 40 arrests in Georgia.\nOperation Gray Owl, carried out from "
                                + "March 3 to March 5, 2026, led to 25 arrests in Charleston County, South Carolina.")
                .events();
        assertThat(events).extracting(EventsTest::best).containsExactly(40L, 25L);
        assertThat(events)
                .extracting(event -> Objects.requireNonNull(event.operation()).operationId())
                .containsExactly("operation-night-heron", "operation-gray-owl");
    }

    @Test
    void anOperationInsideAnotherIsNoEventOfItsOwn() {
        assertThat(events(
                        "120 arrested in Florida in Operation Wide Net\nMIAMI - Operation Wide Net resulted in 120 arrests in "
                                + "Florida from March 2 to March 6, 2026.\nOperation Small Hook, part of Operation Wide Net, led to 30 "
                                + "arrests in Polk County."))
                .isEmpty();
    }

    @Test
    void anOperationThatAStatisticNamesIsAnEventAndTheStatisticIsNone() {
        List<Facts> events = facts(
                        "ICE arrests in South Carolina doubled in fiscal year 2025\nCOLUMBIA, S.C. - ICE made 4,100 "
                                + "arrests in South Carolina in fiscal year 2025, statistics show.\nOperation Crescent Shield, from "
                                + "Aug. 4 to Aug. 31, 2025, accounted for 402 arrests in South Carolina, 71 of them in Greenville "
                                + "County.")
                .events();
        assertThat(events).extracting(Facts::kind).containsExactly(Facts.Kind.STATISTICS, Facts.Kind.ARREST_RESULTS);
        assertThat(best(events.get(1))).isEqualTo(402);
    }

    @Test
    void theHistoryOfAnArrestedPersonIsNoRoundUp() {
        assertThat(events(
                        "ICE arrests man wanted for murder\nHOUSTON - Officers arrested a fugitive in Houston on March 12, 2026.\n"
                                + "On Feb. 3, 2026, local police arrested him for driving while intoxicated.\nOn Feb. 10, 2026, he was "
                                + "arrested again and released."))
                .isEmpty();
    }

    @Test
    void evidenceOfAnEventPointsIntoTheWholeText() {
        assertThat(facts(WEEK).events())
                .extracting(event -> {
                    Evidence evidence = Objects.requireNonNull(event.arrests()).evidence();
                    return WEEK.substring(evidence.start(), evidence.end());
                })
                .containsExactly("12 people", "nine people", "one fugitive");
    }

    @Test
    void aNameThatGoesFromTheWholeGoesFromItsEventsToo() {
        Facts facts = facts(
                "ICE arrests this week\n- March 9: officers arrested 12 people in Tampa, Fla., one of them Zebulon "
                        + "Quarrington.\n- March 10: officers arrested two men in Orlando, Fla., one of them Ivan Grozdanovich.");
        assertThat(facts.events()).hasSize(2);
        assertThat(FactsJson.line(facts)).doesNotContain("Quarrington", "Zebulon", "Grozdanovich");
    }
}
