package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The evidence of each kind of fact: the words it covers, its rule and its confidence. */
class EvidenceTest {
    private static final String TEXT =
            """
            ICE arrests 58 in Operation Quiet Bay
            PROVIDENCE, R.I. - Officers arrested 58 people in Rhode Island from June 3 to June 7, 2024, in Operation Quiet Bay. \
            Nine arrests were made in Cranston.
            Of the 58, a total of 44 had criminal convictions.
            Nationwide, officers arrested 1,200 people in the same week.""";

    private final Extractor extractor = Extractor.bundled();
    private final Facts facts = extractor.extract(new Announcement("id", "ICE", LocalDate.of(2024, 6, 12), TEXT));

    private static String words(Evidence evidence) {
        return TEXT.substring(evidence.start(), evidence.end());
    }

    @Test
    void aTotalCoversItsNumberAndWhatItCounts() {
        Evidence evidence = Objects.requireNonNull(facts.arrests()).evidence();
        assertThat(words(evidence)).isEqualTo("58");
        assertThat(evidence.rule()).isEqualTo("arrested-number");
        assertThat(evidence.sentence()).isEqualTo("ICE arrests 58 in Operation Quiet Bay");
    }

    @Test
    void anOperationCoversItsWholeName() {
        Evidence evidence = Objects.requireNonNull(facts.operation()).evidence();
        assertThat(words(evidence)).isEqualTo("Operation Quiet Bay");
        assertThat(evidence.rule()).isEqualTo("operation-named");
    }

    @Test
    void aPeriodCoversBothItsDates() {
        Evidence evidence = Objects.requireNonNull(facts.period()).evidence();
        assertThat(words(evidence)).isEqualTo("June 3 to June 7, 2024");
        assertThat(evidence.rule()).isEqualTo("period-span");
    }

    @Test
    void aPlaceCoversItsName() {
        assertThat(facts.places())
                .extracting(place -> words(place.evidence()), place -> place.evidence()
                        .rule())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Rhode Island", "place-with-count"),
                        org.assertj.core.groups.Tuple.tuple("Cranston", "place-with-count"));
    }

    @Test
    void aPlannedPlaceCoversItsName() {
        String text =
                "ICE to launch Operation Quiet Bay\nPROVIDENCE, R.I. - Officers will begin an operation in Rhode Island"
                        + " on June 20.";
        Facts planned = extractor.extract(new Announcement("id", "ICE", LocalDate.of(2024, 6, 12), text));
        assertThat(planned.planned()).singleElement().satisfies(place -> assertThat(text.substring(
                        place.evidence().start(), place.evidence().end()))
                .isEqualTo("Rhode Island"));
    }

    @Test
    void aShareAndAFigureOfAWiderScopeCoverTheirNumbers() {
        assertThat(facts.breakdown()).singleElement().satisfies(share -> {
            assertThat(words(share.evidence())).isEqualTo("44");
            assertThat(share.evidence().rule()).isEqualTo("breakdown-behind");
        });
        assertThat(facts.others())
                .anySatisfy(other -> assertThat(words(other.evidence())).isEqualTo("1,200 people"));
    }

    @Test
    void everyPieceOfEvidenceHasASpanARuleOfTheTableAndAConfidence() throws JsonProcessingException {
        Set<String> used = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>(Corpus.lines());
        lines.addAll(Corpus.further());
        lines.addAll(Corpus.later());
        for (String line : lines) {
            Announcement announcement = Evaluation.announcement(new ObjectMapper().readTree(line));
            for (Evidence evidence : all(extractor.extract(announcement))) {
                String text = announcement.text();
                assertThat(evidence.start()).as(line).isBetween(0, text.length() - 1);
                assertThat(evidence.end()).as(line).isBetween(evidence.start() + 1, text.length());
                assertThat(text.substring(evidence.start(), evidence.end()))
                        .as("%s of %s", evidence.rule(), announcement.id())
                        .isEqualTo(
                                text.substring(evidence.start(), evidence.end()).strip());
                assertThat(evidence.confidence()).as(line).isGreaterThan(0).isLessThanOrEqualTo(1);
                assertThat(evidence.sentence()).as(line).isNotBlank();
                assertThat(Rules.ids()).as(announcement.id()).contains(evidence.rule());
                used.add(evidence.rule());
            }
        }
        assertThat(used).hasSizeGreaterThan(40);
    }

    @Test
    void anExplanationMarksEverySpanAndSaysWhatEachRuleMeans() {
        String explained = Explain.render(TEXT, facts);
        assertThat(explained)
                .contains("[[58 = total 58]]")
                .contains("[[Operation Quiet Bay = operation-quiet-bay CONCLUDED]]")
                .contains("[[June 3 to June 7, 2024 = period 2024-06-03..2024-06-07]]")
                .contains("[[Rhode Island = state /state:ri 58]]")
                .contains("[[Cranston = city /state:ri/place:cranston 9]]")
                .contains("[[44 = criminal_convictions 44]]")
                .contains("[[1,200 people = WIDER_SCOPE 1200]]");
        for (Evidence evidence : all(facts)) {
            assertThat(Rules.meaning(evidence.rule())).as(evidence.rule()).isNotEmpty();
            assertThat(explained).contains(evidence.rule()).contains(Rules.meaning(evidence.rule()));
        }
        assertThat(explained.replaceAll("\\[\\[(.*?) = [^\\]]*\\]\\]", "$1"))
                .as("the text itself is unchanged")
                .contains(TEXT);
    }

    private static List<Evidence> all(Facts facts) {
        List<Evidence> all = new ArrayList<>();
        if (facts.arrests() != null) {
            all.add(facts.arrests().evidence());
        }
        if (facts.operation() != null) {
            all.add(facts.operation().evidence());
        }
        if (facts.period() != null) {
            all.add(facts.period().evidence());
        }
        facts.places().forEach(place -> all.add(place.evidence()));
        facts.planned().forEach(place -> all.add(place.evidence()));
        facts.breakdown().forEach(share -> all.add(share.evidence()));
        facts.others().forEach(other -> all.add(other.evidence()));
        return all;
    }
}
