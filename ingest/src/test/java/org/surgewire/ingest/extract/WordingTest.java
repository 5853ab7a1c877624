package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wordings that releases use for one and the same thing, each on a text of our own. */
class WordingTest {
    private final Extractor extractor = Extractor.bundled();

    private Facts facts(String text) {
        return extractor.extract(new Announcement("id", "ICE", LocalDate.of(2024, 6, 12), text));
    }

    private static String period(Facts facts) {
        Facts.Period period = facts.period();
        return period == null ? "" : period.start() + ".." + period.end();
    }

    private static List<String> places(Facts facts) {
        return facts.places().stream()
                .map(place -> place.name()
                        + (place.state() == null ? "" : " " + place.state())
                        + (place.count() == null ? "" : "=" + place.count().best()))
                .toList();
    }

    static Stream<Arguments> placesWithFigures() {
        return Stream.of(
                Arguments.of(
                        "Results by county:\nKern - 24 arrests (311 stops)\nTulare - 34 arrests (204 stops)",
                        List.of("Kern CA=24", "Tulare CA=34")),
                Arguments.of(
                        "By county, the numbers are as follows: Kern, 24; Tulare, 34.",
                        List.of("Kern CA=24", "Tulare CA=34")),
                Arguments.of(
                        "County | Detainers | Arrests\nKern | 80 | 24\nTulare | 91 | 34",
                        List.of("Kern CA=24", "Tulare CA=34")),
                Arguments.of("City by city: Delano: 24; Visalia: 34.", List.of("Delano CA=24", "Visalia CA=34")),
                Arguments.of(
                        "Kern County accounted for 24 of the arrests and Tulare County for 34.",
                        List.of("Kern County CA=24", "Tulare County CA=34")),
                Arguments.of(
                        "Twenty-four of the arrests were made in Delano and 34 in Visalia.",
                        List.of("Delano CA=24", "Visalia CA=34")),
                Arguments.of(
                        "The doors that officers went through were in Delano, Wasco and Visalia.",
                        List.of("Delano CA", "Wasco CA", "Visalia CA")),
                Arguments.of(
                        "Its plants stand in three towns: Delano, Wasco and Visalia. People were detained in each of them.",
                        List.of("Delano CA", "Wasco CA", "Visalia CA")),
                Arguments.of("Another group was found in a packing house in south Delano.", List.of("Delano CA")),
                Arguments.of("Twenty-two of the 58 arrests were made in Kern County.", List.of("Kern County CA=22")),
                Arguments.of("Kern County accounts for 22 of the 58 arrests.", List.of("Kern County CA=22")),
                Arguments.of("Kern County now stands at 22 of the 58 arrests.", List.of("Kern County CA=22")),
                Arguments.of("By city:\n- Delano, 24\n- Visalia, 34", List.of("Delano CA=24", "Visalia CA=34")),
                Arguments.of(
                        "Twenty-two people were arrested by ICE officers in Kern County.",
                        List.of("Kern County CA=22")));
    }

    @ParameterizedTest
    @MethodSource("placesWithFigures")
    void figuresByPlaceAreReadInEveryLayout(String tail, List<String> expected) {
        Facts facts = facts(
                "ICE arrests 58 in California sweep\nBAKERSFIELD, Calif. - Officers arrested 58 people.\n" + tail);
        assertThat(places(facts))
                .filteredOn(place -> !place.startsWith("California"))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("placesOfSomethingElse")
    void placesOfSomethingElseAreNone(String tail) {
        Facts facts = facts(
                "ICE arrests 58 in California sweep\nBAKERSFIELD, Calif. - Officers arrested 58 people.\n" + tail);
        assertThat(places(facts)).containsExactly("California CA=58");
    }

    static Stream<String> placesOfSomethingElse() {
        return Stream.of(
                "Those arrested were taken to a detention center in Adelanto.",
                "No arrests were made in Delano or Visalia.",
                "The last raid in Delano was in the spring, and a judge in Fresno had called it unlawful.",
                "Border Patrol had met him near Calexico in 2019.",
                "Two men thought to be in Visalia got away.",
                "The station in Indio dealt with all of them.",
                "A rally in Delano drew 300 people.");
    }

    static Stream<Arguments> periods() {
        return Stream.of(
                Arguments.of("spent the whole of May 2024 on it and arrested 58 people", "2024-05-01..2024-05-31"),
                Arguments.of("arrested 58 people in May", "2024-05-01..2024-05-31"),
                Arguments.of("arrested 58 people before sunrise today", "2024-06-12..2024-06-12"),
                Arguments.of("took 58 people into custody Tuesday morning", "2024-06-11..2024-06-11"),
                Arguments.of("arrested 58 people last Thursday", "2024-06-06..2024-06-06"),
                Arguments.of("arrested 58 people in an effort that covered April and May", "2024-04-01..2024-05-31"),
                Arguments.of("arrested 58 people on Tuesday after a 19-month inquiry", "2024-06-11..2024-06-11"));
    }

    @ParameterizedTest
    @MethodSource("periods")
    void daysAreReadFromEveryWording(String words, String expected) {
        Facts facts = facts("ICE arrests 58 in California sweep\nBAKERSFIELD, Calif. - Officers " + words + ".");
        assertThat(period(facts)).isEqualTo(expected);
    }

    static Stream<Arguments> shares() {
        return Stream.of(
                Arguments.of("Of the 58, a total of 44 had criminal convictions.", "criminal_convictions", 44L),
                Arguments.of("All but 11, 47 in all, had been convicted of crimes.", "criminal_convictions", 47L),
                Arguments.of("Each of the 58 is charged with conspiracy.", "charged", 58L),
                Arguments.of("A judge had issued final orders of removal against 12 of them.", "final_orders", 12L),
                Arguments.of("Fourteen of the 58 belong to two gangs of the valley.", "gang_members", 14L),
                Arguments.of("Sixteen of the criminal aliens had been deported before.", "prior_removals", 16L));
    }

    @ParameterizedTest
    @MethodSource("shares")
    void sharesAreReadFromEveryWording(String sentence, String category, long value) {
        Facts facts = facts(
                "ICE arrests 58 in California sweep\nBAKERSFIELD, Calif. - Officers arrested 58 people.\n" + sentence);
        assertThat(facts.breakdown()).singleElement().satisfies(share -> {
            assertThat(share.category()).isEqualTo(category);
            assertThat(share.count().best()).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @MethodSource("otherYears")
    void figuresOfOtherYearsAreNoTotal(String tail) {
        Facts facts =
                facts("ERO Houston removes Guatemalan wanted for murder\nHOUSTON - Officers removed a man on June 4.\n"
                        + tail);
        assertThat(facts.kind()).isEqualTo(Facts.Kind.REMOVAL);
        assertThat(facts.arrests()).isNull();
    }

    static Stream<String> otherYears() {
        return Stream.of(
                "In fiscal year 2023 ERO made 170,590 arrests.",
                "In 2022 the office arrested 8,902 people.",
                "ERO removed 142,580 people in fiscal year 2023. It arrested 73,822 people in the same year.");
    }

    @Test
    void aFigureOfSeveralPlacesThatAddsUpIsTheTotal() {
        Facts facts = facts("ICE arrests 33 in Utah\nSALT LAKE CITY - Officers arrested 33 people in Utah and eight in"
                + " Montana.\nOf the 41 people arrested in the two states, 30 had criminal convictions.");
        assertThat(facts.arrests().count().best()).isEqualTo(41);
    }

    @Test
    void arrestsSinceAnOperationBeganRunByItsClock() {
        Facts facts = facts(
                "48 arrests since June 3 in Operation Quiet Bay\nPROVIDENCE, R.I. - Since June 3, 2024, ICE has"
                        + " made 48 arrests in Operation Quiet Bay. A new total is given every week until the operation ends.");
        assertThat(facts.arrests().clock()).isEqualTo("operation");
    }

    @Test
    void aGoalIsNoFigureOfAPlace() {
        Facts facts =
                facts("State sets goal of 500 arrests for Operation Quiet Bay\nOKLAHOMA CITY - The department wants"
                        + " Operation Quiet Bay to reach its goal of 500 arrests in Oklahoma by the end of July.");
        assertThat(facts.arrests()).isNull();
        assertThat(facts.places()).allMatch(place -> place.count() == null);
    }
}
