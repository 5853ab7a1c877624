package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the counting downstream relies on, each on a text of our own. */
class ExtractorTest {
    private static final String US = "ocd-division/country:us";

    private final Extractor extractor = Extractor.bundled();

    private Facts facts(String published, String text) {
        return extractor.extract(new Announcement("id", "ICE", LocalDate.parse(published), text));
    }

    private static @Nullable Long total(Facts facts) {
        Facts.Arrests arrests = facts.arrests();
        return arrests == null ? null : Long.valueOf(arrests.count().best());
    }

    private static List<String> places(Facts facts) {
        return facts.places().stream()
                .map(place -> {
                    Facts.Count count = place.count();
                    String id = place.jurisdictionId();
                    return (id == null ? place.name() : id.substring(US.length()))
                            + (count == null ? "" : "=" + count.best());
                })
                .toList();
    }

    @Test
    void aCountyReleaseCountsItsCountyAndKeepsTheDeclinedDetainersApart() {
        Facts facts = facts(
                "2020-09-28",
                "ICE arrests 12 in Mecklenburg County\nCHARLOTTE, N.C. - Officers arrested 12 people in Mecklenburg County, "
                        + "North Carolina, Sept. 21-25. Six of the 12 had been released locally after ICE detainers were declined.");
        assertThat(total(facts)).isEqualTo(12);
        assertThat(places(facts)).containsExactly("/state:nc/county:mecklenburg=12");
        assertThat(facts.period())
                .extracting(Facts.Period::start, Facts.Period::end)
                .containsExactly(LocalDate.of(2020, 9, 21), LocalDate.of(2020, 9, 25));
        assertThat(facts.breakdown()).isEmpty();
        assertThat(facts.others()).anySatisfy(other -> {
            assertThat(other.kind()).isEqualTo(Facts.OtherKind.SUBSET);
            assertThat(other.count().best()).isEqualTo(6);
            assertThat(other.category()).isEqualTo("declined_detainers");
        });
    }

    @Test
    void aStateWideFigureBesideALocalOneIsOfWiderScope() {
        Facts facts = facts(
                "2020-10-08",
                "ICE arrests 24 in San Diego during Operation Rise\nSAN DIEGO - Officers arrested 24 people as part of "
                        + "Operation Rise. Statewide, 128 people were arrested, nearly 100 of them in the Los Angeles area.");
        assertThat(total(facts)).isEqualTo(24);
        assertThat(facts.others()).anySatisfy(other -> {
            assertThat(other.kind()).isEqualTo(Facts.OtherKind.WIDER_SCOPE);
            assertThat(other.count().best()).isEqualTo(128);
        });
        assertThat(Objects.requireNonNull(facts.operation()).operationId()).isEqualTo("operation-rise");
    }

    @Test
    void tenAreasKeepTheirCountsAndAddUp() {
        Facts facts = facts(
                "2017-09-28",
                "ICE arrests over 450 during Operation 'Safe City'\nWASHINGTON - ICE officers arrested 498 individuals in a "
                        + "four-day operation. Arrests were made in Baltimore (28); Cook County, Illinois (30); Denver (63); Los "
                        + "Angeles (101); New York (45); Philadelphia (107); Portland, Oregon (33); Santa Clara County, "
                        + "California (27); Washington (14); and the state of Massachusetts (50).");
        assertThat(total(facts)).isEqualTo(498);
        assertThat(places(facts))
                .containsExactly(
                        "/state:md/place:baltimore=28",
                        "/state:il/county:cook=30",
                        "/state:co/county:denver=63",
                        "/state:ca/place:los_angeles=101",
                        "/state:ny/place:new_york=45",
                        "/state:pa/place:philadelphia=107",
                        "/state:or/place:portland=33",
                        "/state:ca/county:santa_clara=27",
                        "/district:dc=14",
                        "/state:ma=50");
        assertThat(facts.flags()).isEmpty();
        assertThat(Objects.requireNonNull(facts.operation()).operationId()).isEqualTo("operation-safe-city");
    }

    @Test
    void thePartsOfTwoStatesBeatATitleThatGivesOneOfThem() {
        Facts facts = facts(
                "2017-04-06",
                "ICE arrests 21 in Colorado\nDENVER - Agents arrested 21 people in Colorado and five in Wyoming. All 26 people "
                        + "arrested had criminal convictions.");
        assertThat(total(facts)).isEqualTo(26);
        assertThat(places(facts)).contains("/state:co=21", "/state:wy=5");
    }

    @Test
    void aRunningOperationHasAClockAndARunningTotal() {
        Facts facts = facts(
                "2026-01-14",
                "Metro Surge tops 2,000 arrests in Minnesota\nMINNEAPOLIS - Officers have made more than 2,000 arrests in "
                        + "Minnesota since Operation Metro Surge began on Dec. 1. Since the term began they have arrested "
                        + "3,400 people in the state. The goal is 5,000 arrests.");
        Facts.Arrests arrests = Objects.requireNonNull(facts.arrests());
        assertThat(facts.kind()).isEqualTo(Facts.Kind.OPERATION_ONGOING);
        assertThat(arrests.cumulative()).isTrue();
        assertThat(arrests.count()).isEqualTo(new Facts.Count(2000, 2000, null, Qualifier.AT_LEAST));
        assertThat(facts.others())
                .anySatisfy(other -> {
                    assertThat(other.kind()).isEqualTo(Facts.OtherKind.CUMULATIVE);
                    assertThat(other.count().best()).isEqualTo(3400);
                    assertThat(other.clock()).isEqualTo("since:2025-01-20");
                })
                .anySatisfy(other -> {
                    assertThat(other.kind()).isEqualTo(Facts.OtherKind.GOAL);
                    assertThat(other.count().best()).isEqualTo(5000);
                });
    }

    @Test
    void theArrestsAndNotTheirCriminalShareAreTheTotal() {
        Facts facts = facts(
                "2025-03-06",
                "ICE arrests 646 in weeklong Houston operation\nHOUSTON - ICE arrested 646 illegal aliens in the Houston area, "
                        + "including 543 with criminal convictions.");
        assertThat(total(facts)).isEqualTo(646);
        assertThat(facts.breakdown()).extracting(Facts.Share::category).containsExactly("criminal_convictions");
    }

    @Test
    void aShareLargerThanTheTotalIsDroppedAndFlagged() {
        Facts facts = facts(
                "2015-08-10",
                "ICE arrests 422 in sweep\nOfficers arrested 422 people in Texas. Of those arrested, 2296 had criminal convictions.");
        assertThat(total(facts)).isEqualTo(422);
        assertThat(facts.breakdown()).isEmpty();
        assertThat(facts.flags()).contains(Facts.Flag.SUBSET_LARGER_THAN_TOTAL);
    }

    @Test
    void partsThatDoNotAddUpAreFlagged() {
        Facts facts = facts(
                "2018-04-17",
                "ICE arrests 50 in Iowa\nOfficers arrested 50 people in these cities: Ames (10), Waterloo (20) and Dubuque (15).");
        assertThat(facts.flags()).contains(Facts.Flag.PARTS_DO_NOT_ADD_UP);
    }

    @Test
    void countsOfPlacesAddUpToATotalThatIsNotStated() {
        Facts facts = facts(
                "2016-09-16",
                "ICE sweep in the South\nOfficers arrested 12 people in Alabama, eight in Arkansas and five in Tennessee.");
        assertThat(total(facts)).isEqualTo(25);
        assertThat(facts.flags()).contains(Facts.Flag.SUM_OF_PARTS);
    }

    @Test
    void chargesAreNoArrests() {
        Facts facts = facts(
                "2025-05-02",
                "Southern District of Texas charges 389 in border security cases\nHOUSTON - A total of 389 individuals have been "
                        + "charged in 23 cases, the U.S. Attorney's Office announced.");
        assertThat(facts.kind()).isEqualTo(Facts.Kind.PROSECUTION);
        assertThat(facts.arrests()).isNull();
        assertThat(facts.breakdown())
                .extracting(Facts.Share::category, share -> share.count().best())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("charged", 389L));
    }

    @Test
    void aPlannedOperationHasPlannedPlacesAndNoCount() {
        Facts facts = facts(
                "2020-09-30",
                "U.S. plans immigration raids in 'sanctuary' cities\nThe administration is preparing an enforcement operation, known "
                        + "as \"Operation Rise,\" that could begin in California as soon as later this week.");
        assertThat(facts.kind()).isEqualTo(Facts.Kind.OPERATION_PLANNED);
        assertThat(facts.arrests()).isNull();
        assertThat(facts.places()).isEmpty();
        assertThat(facts.planned()).extracting(Facts.Place::jurisdictionId).contains(US + "/state:ca");
        assertThat(Objects.requireNonNull(facts.operation()).phase()).isEqualTo(Facts.Phase.PLANNED);
    }

    @Test
    void versionsOfAnOperationStayApartAndSpellingsDoNot() {
        for (String spelling : List.of("Operation Patriot 2.0", "Operation \"Patriot 2.0\"", "operation Patriot 2.0")) {
            Facts facts = facts(
                    "2025-10-03",
                    "ICE arrests 14 in Boston\nOfficers arrested 14 people in Boston during " + spelling + ".");
            assertThat(Objects.requireNonNull(facts.operation()).operationId())
                    .as(spelling)
                    .isEqualTo("operation-patriot-2-0");
        }
        Facts facts =
                facts("2025-06-02", "ICE arrests 14 in Boston\nOfficers arrested 14 people during Operation Patriot.");
        assertThat(Objects.requireNonNull(facts.operation()).operationId()).isEqualTo("operation-patriot");
    }

    @Test
    void anAreaCountsAtTheLowestJurisdictionThatContainsIt() {
        Facts facts = facts(
                "2019-09-30",
                "ICE arrests 80 in New England\nOfficers arrested 80 people in New England and the Boston area.");
        assertThat(facts.places()).extracting(Facts.Place::containedIn).containsExactly(US, US + "/state:ma");
    }

    @Test
    void anAmbiguousPlaceListsItsCandidatesAndIsNotGuessed() {
        Facts facts = facts("2019-09-30", "Deputies arrest 9 in Franklin\nDeputies arrested nine people in Franklin.");
        assertThat(facts.places()).singleElement().satisfies(place -> {
            assertThat(place.jurisdictionId()).isNull();
            assertThat(place.candidates()).hasSizeGreaterThan(1);
        });
    }

    @Test
    void evidencePointsAtTheWordsItWasReadFrom() {
        String text = "ICE arrests 128 in California\nOfficers arrested 128 people in California.";
        Facts facts = facts("2020-10-07", text);
        Evidence evidence = Objects.requireNonNull(facts.arrests()).evidence();
        assertThat(text.substring(evidence.start(), evidence.end())).isEqualTo("128");
        assertThat(evidence.sentence()).isEqualTo("ICE arrests 128 in California");
        assertThat(Explain.render(text, facts))
                .contains("[[128 = total 128]]")
                .contains("[[California = state /state:ca 128]]");
    }

    @Test
    void oneThreadOrManyReadTheSame() {
        String text = Corpus.lines().get(0);
        Facts alone = facts("2019-09-30", text);
        assertThat(java.util.stream.IntStream.range(0, 64).parallel().mapToObj(i -> facts("2019-09-30", text)))
                .allMatch(alone::equals);
    }

    @Test
    void theCountyOfAnArrestIsTheOneNamedBefore() {
        assertThat(places(facts(
                        "2023-08-28",
                        "Agents worked in Knox County, Tennessee, from Aug. 21 to Aug. 24, 2023. The joint effort led to "
                                + "24 arrests in the county.")))
                .containsExactly("/state:tn/county:knox=24");
        assertThat(places(facts(
                        "2023-08-28",
                        "Agents worked in Knox County, Tennessee, and in Polk County, Tennessee. The joint effort led to "
                                + "24 arrests in the county.")))
                .isEmpty();
    }

    @Test
    void whoArrestedStandsBetweenAnArrestAndItsPlace() {
        assertThat(facts(
                                "2025-04-20",
                                "Nine people were charged last week. Among the defendants is a man who had been arrested by ICE in Toledo, "
                                        + "Ohio, on April 7, 2025; a grand jury indicted him.")
                        .about())
                .extracting(Facts.Place::jurisdictionId)
                .containsExactly(US + "/state:oh/place:toledo");
    }
}
