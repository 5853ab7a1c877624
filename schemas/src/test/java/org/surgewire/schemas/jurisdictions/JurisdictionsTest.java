package org.surgewire.schemas.jurisdictions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JurisdictionsTest {
    private static final String US = "ocd-division/country:us";
    private final Jurisdictions jurisdictions = Jurisdictions.bundled();

    private List<String> lineage(String id) {
        return jurisdictions.lineage(id).stream().map(Jurisdiction::id).toList();
    }

    @Test
    void aPlaceInOneCountyRollsUpThroughItToStateAndCountry() {
        assertThat(lineage(US + "/state:nc/place:charlotte"))
                .containsExactly(
                        US + "/state:nc/place:charlotte", US + "/state:nc/county:mecklenburg", US + "/state:nc", US);
    }

    @Test
    void aPlaceThatSpansCountiesRollsUpToItsState() {
        assertThat(lineage(US + "/state:co/place:aurora"))
                .containsExactly(US + "/state:co/place:aurora", US + "/state:co", US);
    }

    @Test
    void boroughsLieInNewYorkCity() {
        assertThat(lineage(US + "/state:ny/county:kings"))
                .containsExactly(US + "/state:ny/county:kings", US + "/state:ny/place:new_york", US + "/state:ny", US);
    }

    @Test
    void anIndependentCityLiesInItsStateOnly() {
        assertThat(lineage(US + "/state:md/place:baltimore"))
                .containsExactly(US + "/state:md/place:baltimore", US + "/state:md", US);
    }

    @Test
    void aSecondNameIsCountedUnderTheFirst() {
        assertThat(jurisdictions.canonical(US + "/state:co/place:denver")).isEqualTo(US + "/state:co/county:denver");
        assertThat(jurisdictions.get(US + "/state:co/place:denver").level()).isEqualTo("county");
    }

    @Test
    void everyJurisdictionRollsUpToTheCountry() {
        assertThat(jurisdictions.all())
                .hasSizeGreaterThan(26_000)
                .allSatisfy(jurisdiction ->
                        assertThat(lineage(jurisdiction.id())).last().isEqualTo(US));
    }

    @Test
    void theLowestJurisdictionContainingSeveralIsFound() {
        assertThat(jurisdictions
                        .lowestContaining(
                                List.of(US + "/state:ca/place:los_angeles", US + "/state:ca/county:san_diego"))
                        .id())
                .isEqualTo(US + "/state:ca");
        assertThat(jurisdictions.lowestContaining(List.of()).id()).isEqualTo(US);
    }
}
