package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names in here are invented. */
class PrivacyTest {
    private static final List<String> PLANTED = List.of(
            "Zebulon Quarrington",
            "Juan Peregrino-Vasquez",
            "Oluwaseun Adeyinka",
            "Thi Nguyen",
            "Mary-Kate O'Dowdle",
            "Ivan Grozdanovich",
            "JOSE MARTINEZ LOPEZ",
            "Abdul al-Hamdani",
            "Maria de la Cruz Tellez",
            "Mark Young");

    private final Extractor extractor = Extractor.bundled();

    private String facts(String text) {
        return FactsJson.line(extractor.extract(new Announcement("planted", "ICE", null, text)));
    }

    private static void assertUnnamed(String output, String name) {
        for (String part : name.split("[ -]", -1)) {
            if (part.length() > 3) {
                assertThat(output).doesNotContainIgnoringCase(part);
            }
        }
        assertThat(output).doesNotContain(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ICE arrests 12 in Houston\nHOUSTON - Officers arrested 12 people, including %s, 34, of Pasadena, Texas.",
                "ICE arrests %s in Boston\nBOSTON - Officers arrested %s, a 41-year-old Salvadoran national, in Lynn, Massachusetts.",
                "Operation Long Night nets 30 arrests\nAmong the 30 people arrested in Travis County were %s and two others.",
                "Marshals arrest 5\n- %s, 29, was arrested in Dallas, Texas, on May 3.\n- %s, 55, was arrested in Plano, Texas.",
                "Sheriff %s announces 40 arrests in Polk County\nSheriff %s said deputies arrested 40 suspects in Polk County, Fla.",
                "Agents arrest 9 in Yuma\n%s was taken into custody with eight others in Yuma, Arizona, said Director %s."
            })
    void aPlantedNameIsNowhereInTheFacts(String template) {
        for (String name : PLANTED) {
            assertUnnamed(facts(template.replace("%s", name)), name);
        }
    }

    @Test
    void aNameInsertedAnywhereInARealReleaseDoesNotLeave() {
        long seed = 20200928L;
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (String line : Corpus.lines()) {
            texts.add(line);
        }
        for (String line : texts) {
            Announcement announcement = announcement(line);
            List<Integer> gaps = new ArrayList<>();
            String text = announcement.text();
            for (int i = 1; i + 1 < text.length(); i++) {
                boolean words = text.charAt(i) == ' '
                        && Character.isLowerCase(text.charAt(i - 1))
                        && Character.isLowerCase(text.charAt(i + 1));
                if (words) {
                    gaps.add(i);
                }
            }
            if (gaps.isEmpty()) {
                continue;
            }
            String name = PLANTED.get(random.nextInt(PLANTED.size() - 1));
            int at = gaps.get(random.nextInt(gaps.size()));
            String planted = text.substring(0, at) + " " + name + text.substring(at);
            String output = FactsJson.line(extractor.extract(
                    new Announcement(announcement.id(), announcement.publisher(), announcement.published(), planted)));
            assertThat(output)
                    .as("seed %d, %s at %d of %s", seed, name, at, announcement.id())
                    .doesNotContain(name);
            String last = name.substring(name.lastIndexOf(' ') + 1);
            assertThat(output)
                    .as("seed %d, %s at %d of %s", seed, name, at, announcement.id())
                    .doesNotContain(last);
        }
    }

    private static Announcement announcement(String line) {
        try {
            return Evaluation.announcement(new com.fasterxml.jackson.databind.ObjectMapper().readTree(line));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    @Test
    void agesAndHomeTownsOfPersonsAreLeftOut() {
        String output =
                facts("ICE arrests 3 in Salem\nOfficers arrested 3 people in Salem, Oregon, including a 34-year-old "
                        + "man of Keizer, Oregon, and a resident of Woodburn, Oregon, 51.");
        assertThat(output)
                .doesNotContain("34")
                .doesNotContain("Keizer")
                .doesNotContain("Woodburn")
                .contains("Salem");
    }

    @Test
    void aTitleLosesNamesAndKeepsWhatItIsAbout() {
        assertThat(Redaction.title("ICE arrests Zebulon Quarrington in Boston during Operation Patriot 2.0"))
                .isEqualTo("ICE arrests […] in Boston during Operation Patriot 2.0");
        assertThat(Redaction.title("ICE arrests 128 in California")).isEqualTo("ICE arrests 128 in California");
    }
}
