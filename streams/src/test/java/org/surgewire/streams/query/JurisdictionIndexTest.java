package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

class JurisdictionIndexTest {
    private static final String US = "ocd-division/country:us";
    private static final JurisdictionIndex INDEX = new JurisdictionIndex(Jurisdictions.bundled());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    california                     | /state:ca
                    Mecklenburg                    | /state:nc/county:mecklenburg
                    mecklenburg county, va         | /state:va/county:mecklenburg
                    Boston                         | /state:ma/place:boston
                    boston, georgia                | /state:ga/place:boston
                    juana diaz                     | /territory:pr/municipio:juana_díaz
                    LA CANADA flintridge           | /state:ca/place:la_cañada_flintridge
                    los ange                       | /state:ca/county:los_angeles
                    """)
    void theBestMatchComesFirst(String query, String id) {
        assertThat(INDEX.search(query)).first().extracting(Jurisdiction::id).isEqualTo(US + id);
    }

    @Test
    void exactNamesComeBeforeBeginningsAndBeginningsBeforePartsOfAName() {
        List<String> names =
                INDEX.search("orange").stream().map(Jurisdiction::name).toList();
        assertThat(names.get(0)).isEqualTo("Orange County");
        assertThat(names.indexOf("Orange Beach city")).isBetween(1, names.indexOf("West Orange township"));
    }

    @Test
    void anIdFindsItself() {
        assertThat(INDEX.search(" " + US + "/state:nc "))
                .extracting(Jurisdiction::name)
                .containsExactly("North Carolina");
    }

    @Test
    void nothingMatchesAnEmptyOrSenselessQuery() {
        assertThat(INDEX.search(" ., ")).isEmpty();
        assertThat(INDEX.search("zzzzzz")).isEmpty();
        assertThat(INDEX.search("'; drop table --")).isEmpty();
    }

    @Test
    void anUnknownIdIsNearTheOneInTheSameState() {
        assertThat(INDEX.nearest(US + "/state:nc/county:meklenburg", 2))
                .extracting(Jurisdiction::id)
                .containsExactly(US + "/state:nc/county:mecklenburg", US + "/state:va/county:mecklenburg");
        assertThat(INDEX.nearest("Californa", 1)).extracting(Jurisdiction::id).containsExactly(US + "/state:ca");
        assertThat(INDEX.nearest("", 3)).isEmpty();
        assertThat(INDEX.nearest("x".repeat(5000), 3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "abc,abc,0", "abc,,3", "abcdef,uvwxyz,-1"})
    void distancesAreLevenshteins(String one, String other, int distance) {
        assertThat(EditDistance.within(4, one, other == null ? "" : other)).isEqualTo(distance);
    }
}
