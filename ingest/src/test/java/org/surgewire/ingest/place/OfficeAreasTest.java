package org.surgewire.ingest.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Reader;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Areas that are no jurisdiction, against a list of facts of our own: every office, sector and district, and regions. */
class OfficeAreasTest {
    private static final Reader READER = new Reader(new Lexicon()
            .with(PlaceFinder.class, "places.txt")
            .with(org.surgewire.ingest.extract.Facts.class, "dates.txt"));
    private static final PlaceFinder FINDER = new PlaceFinder(Jurisdictions.bundled());

    private static List<PlaceMention> places(String text) {
        Document document = READER.read(text);
        return FINDER.find(document, new boolean[document.size()]);
    }

    static Stream<String> fieldOffices() {
        return Stream.of(
                "Atlanta GA;NC;SC",
                "Baltimore MD",
                "Boston CT;MA;ME;NH;RI;VT",
                "Buffalo NY",
                "Chicago IL;IN;KS;KY;MO;WI",
                "Dallas OK;TX",
                "Denver CO;WY",
                "Detroit MI;OH",
                "El Paso NM;TX",
                "Harlingen TX",
                "Houston TX",
                "Los Angeles CA",
                "Miami FL;PR;VI",
                "New Orleans AL;AR;LA;MS;TN",
                "New York City NY",
                "Newark NJ",
                "Philadelphia DE;PA;WV",
                "Phoenix AZ",
                "Salt Lake City ID;MT;NV;UT",
                "San Antonio TX",
                "San Diego CA",
                "San Francisco CA;GU;HI;MP",
                "Seattle AK;OR;WA",
                "St. Paul IA;MN;ND;NE;SD",
                "Washington DC;VA");
    }

    @ParameterizedTest
    @MethodSource("fieldOffices")
    void theAreaOfEveryFieldOfficeIsKnown(String fact) {
        int space = fact.lastIndexOf(' ');
        String office = fact.substring(0, space);
        List<String> states = List.of(fact.substring(space + 1).split(";", -1));
        for (String text : List.of(
                "Officers arrested 12 people in the " + office + " area of responsibility.",
                "Officers arrested 12 people across the " + office + " Field Office area of responsibility.",
                "Officers arrested 12 people in the " + office + " AOR.")) {
            assertThat(places(text)).as(text).singleElement().satisfies(place -> {
                assertThat(place.type()).isEqualTo(NameType.AREA);
                assertThat(place.states()).containsExactlyInAnyOrderElementsOf(states);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Big Bend", "Blaine", "Buffalo", "Del Rio", "Detroit", "El Centro", "El Paso", "Grand Forks", "Havre",
                        "Houlton",
                "Laredo", "Miami", "New Orleans", "Ramey", "Rio Grande Valley", "San Diego", "Spokane", "Swanton",
                        "Tucson", "Yuma"
            })
    void everySectorIsAnAreaOnlyWhereSomethingHappenedInIt(String sector) {
        assertThat(places("Agents arrested 12 people in the " + sector + " Sector."))
                .singleElement()
                .satisfies(place -> {
                    assertThat(place.type()).isEqualTo(NameType.AREA);
                    assertThat(place.name()).isEqualTo(sector + " Sector");
                    assertThat(place.states()).isNotEmpty();
                });
        assertThat(places("Agents of the " + sector + " Sector arrested 12 people."))
                .allMatch(place -> place.office()
                        || (place.type() == NameType.AREA && place.name().equals(sector)));
    }

    static Stream<String> judicialDistricts() {
        List<String> names = new ArrayList<>();
        for (String whole : List.of(
                "Alaska",
                "Arizona",
                "Colorado",
                "Connecticut",
                "Delaware",
                "Columbia",
                "Guam",
                "Hawaii",
                "Idaho",
                "Kansas",
                "Maine",
                "Maryland",
                "Massachusetts",
                "Minnesota",
                "Montana",
                "Nebraska",
                "Nevada",
                "New Hampshire",
                "New Jersey",
                "New Mexico",
                "North Dakota",
                "Oregon",
                "Puerto Rico",
                "Rhode Island",
                "South Carolina",
                "South Dakota",
                "Utah",
                "Vermont",
                "Wyoming")) {
            names.add("District of " + whole);
        }
        names.add("District of the Northern Mariana Islands");
        names.add("District of the Virgin Islands");
        for (String parts : List.of(
                "Alabama:Northern,Middle,Southern",
                "Arkansas:Eastern,Western",
                "California:Northern,Eastern,Central,Southern",
                "Florida:Northern,Middle,Southern",
                "Georgia:Northern,Middle,Southern",
                "Illinois:Northern,Central,Southern",
                "Indiana:Northern,Southern",
                "Iowa:Northern,Southern",
                "Kentucky:Eastern,Western",
                "Louisiana:Eastern,Middle,Western",
                "Michigan:Eastern,Western",
                "Mississippi:Northern,Southern",
                "Missouri:Eastern,Western",
                "New York:Northern,Southern,Eastern,Western",
                "North Carolina:Eastern,Middle,Western",
                "Ohio:Northern,Southern",
                "Oklahoma:Northern,Eastern,Western",
                "Pennsylvania:Eastern,Middle,Western",
                "Tennessee:Eastern,Middle,Western",
                "Texas:Northern,Southern,Eastern,Western",
                "Virginia:Eastern,Western",
                "Washington:Eastern,Western",
                "West Virginia:Northern,Southern",
                "Wisconsin:Eastern,Western")) {
            String[] sides = parts.split(":", -1);
            for (String part : sides[1].split(",", -1)) {
                names.add(part + " District of " + sides[0]);
            }
        }
        return names.stream();
    }

    @Test
    void thereAreNinetyFourJudicialDistricts() {
        assertThat(judicialDistricts()).hasSize(94).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("judicialDistricts")
    void everyJudicialDistrictIsReadByItsName(String district) {
        assertThat(places("The U.S. Attorney for the " + district + " charged 12 people."))
                .singleElement()
                .satisfies(place -> {
                    assertThat(place.type()).isEqualTo(NameType.DISTRICT);
                    assertThat(place.name()).isEqualTo(district);
                    assertThat(place.state()).isNotNull();
                });
    }

    @Test
    void aDistrictThatDoesNotExistIsNone() {
        assertThat(places("The U.S. Attorney for the Eastern District of Ohio charged 12 people."))
                .noneMatch(place -> place.type() == NameType.DISTRICT);
    }

    static Stream<String> regions() {
        return Stream.of(
                "New England CT;MA;ME;NH;RI;VT",
                "Long Island NY",
                "the Hudson Valley NY",
                "upstate New York NY",
                "the Capital Region NY",
                "the Bay Area CA",
                "the Inland Empire CA",
                "the Central Valley CA",
                "Southern California CA",
                "the Imperial Valley CA",
                "the Rio Grande Valley TX",
                "South Texas TX",
                "the Permian Basin TX",
                "the Texas Panhandle TX",
                "the Twin Cities MN",
                "the Upper Peninsula MI",
                "the Quad Cities IA;IL",
                "Northern Virginia VA",
                "Hampton Roads VA",
                "the Eastern Shore MD",
                "the Lehigh Valley PA",
                "the Treasure Coast FL",
                "the Florida Keys FL",
                "South Florida FL",
                "Tampa Bay FL",
                "Cape Cod MA",
                "the Merrimack Valley MA",
                "the Pacific Northwest ID;OR;WA",
                "the Willamette Valley OR",
                "the Yakima Valley WA",
                "Puget Sound WA",
                "the Wasatch Front UT",
                "the Front Range CO",
                "the Western Slope CO",
                "the Treasure Valley ID",
                "the Outer Banks NC",
                "the Lowcountry SC",
                "the Mississippi Delta MS",
                "Acadiana LA",
                "Green Country OK",
                "the Four Corners AZ;CO;NM;UT",
                "the Midwest IA;IL;IN;KS;MI;MN;MO;ND;NE;OH;SD;WI",
                "eastern Washington WA",
                "southwest Georgia GA",
                "northwest Arkansas AR",
                "central Ohio OH",
                "West Tennessee TN");
    }

    @ParameterizedTest
    @MethodSource("regions")
    void regionsLieInTheirStates(String fact) {
        int space = fact.lastIndexOf(' ');
        String region = fact.substring(0, space);
        assertThat(places("Officers arrested 12 people in " + region + "."))
                .singleElement()
                .satisfies(place -> {
                    assertThat(place.type()).isEqualTo(NameType.AREA);
                    assertThat(place.states())
                            .containsExactlyInAnyOrder(fact.substring(space + 1).split(";", -1));
                });
    }

    static Stream<String> unincorporatedPlaces() {
        return Stream.of(
                "Hyannis MA",
                "Brentwood NY",
                "Central Islip NY",
                "Hempstead NY",
                "Silver Spring MD",
                "Wheaton MD",
                "Langley Park MD",
                "Annandale VA",
                "Herndon VA",
                "Chantilly VA",
                "Lehigh Acres FL",
                "Kendall FL",
                "Immokalee FL",
                "Brandon FL",
                "East Los Angeles CA",
                "San Ysidro CA",
                "Arden-Arcade CA",
                "Spring TX",
                "The Woodlands TX",
                "Channelview TX",
                "Metairie LA",
                "Kenner LA",
                "Sunrise Manor NV",
                "Paradise NV",
                "Sun City AZ",
                "San Tan Valley AZ",
                "Anthem AZ",
                "Highlands Ranch CO",
                "White Center WA",
                "Aloha OR",
                "Kailua HI",
                "Waipahu HI",
                "Hilo HI",
                "Lakewood NJ",
                "Toms River NJ",
                "Levittown PA");
    }

    @ParameterizedTest
    @MethodSource("unincorporatedPlaces")
    void placesThatAreNoMunicipalityAreKnownInTheirState(String fact) {
        int space = fact.lastIndexOf(' ');
        String state = fact.substring(space + 1);
        assertThat(places("Officers arrested 12 people in " + fact.substring(0, space) + ", " + state + ", on Friday."))
                .singleElement()
                .satisfies(place -> assertThat(place.candidates())
                        .anyMatch(candidate -> candidate.state().equals(state)));
    }
}
