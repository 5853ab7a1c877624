package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustnessTest {
    private final Extractor extractor = Extractor.bundled();

    private Facts extract(String text) {
        return extractor.extract(new Announcement("id", "publisher", LocalDate.of(2020, 10, 7), text));
    }

    @Test
    void anyTextIsAccepted() {
        for (String text : List.of(
                "",
                " ",
                "\n\n",
                "\u0000",
                "-",
                "\"",
                "(",
                "1",
                "Operation",
                "Operation \"",
                "in",
                "\ud800",
                "9,999,999,999,999,999,999 arrested",
                "a hundred thousand million billion arrested",
                "Of the",
                "….",
                "Feb. 31, 2020",
                "from Sept. 31 to Feb. 30",
                "0000-00-00 arrests",
                "County",
                "District of")) {
            assertThatCode(() -> FactsJson.line(extract(text))).as(text).doesNotThrowAnyException();
        }
    }

    @Test
    void mutationsOfRealReleasesNeverThrowAndKeepTheirSpansInsideTheText() {
        long seed = 42;
        Random random = new Random(seed);
        List<String> lines = Corpus.lines();
        for (int round = 0; round < 2000; round++) {
            String text = lines.get(random.nextInt(lines.size()));
            StringBuilder mutated = new StringBuilder(text);
            for (int edit = random.nextInt(20); edit >= 0; edit--) {
                int at = random.nextInt(mutated.length());
                switch (random.nextInt(5)) {
                    case 0 -> mutated.deleteCharAt(at);
                    case 1 -> mutated.insert(at, (char) random.nextInt(0x2100));
                    case 2 -> mutated.insert(at, "\n");
                    case 3 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(200)));
                    default -> mutated.insert(at, text, 0, random.nextInt(Math.min(100, text.length())));
                }
                if (mutated.length() == 0) {
                    mutated.append('x');
                }
            }
            String input = mutated.toString();
            Facts facts;
            try {
                facts = extract(input);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + input, e);
            }
            Facts.Arrests arrests = facts.arrests();
            if (arrests != null) {
                assertThat(arrests.evidence().start())
                        .isBetween(0, arrests.evidence().end());
                assertThat(arrests.evidence().end()).isLessThanOrEqualTo(input.length());
            }
            facts.places()
                    .forEach(place ->
                            assertThat(place.evidence().sentence().length()).isLessThanOrEqualTo(Evidence.LONGEST));
        }
    }

    @Test
    void anyByteSequenceIsAccepted() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThatCode(() -> extract(text))
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aVeryLongTextIsCutAndFlagged() {
        String text = "ICE arrests 12 in Mecklenburg County\n"
                + "Officers arrested 12 people in Charlotte, N.C. ".repeat(120_000);
        long before = System.nanoTime();
        Facts facts = extract(text);
        assertThat(facts.flags()).contains(Facts.Flag.TRUNCATED);
        assertThat(facts.arrests()).isNotNull();
        assertThat((System.nanoTime() - before) / 1_000_000)
                .as("milliseconds for 5 MB")
                .isLessThan(20_000);
    }
}
