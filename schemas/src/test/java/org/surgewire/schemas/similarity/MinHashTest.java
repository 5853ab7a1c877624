package org.surgewire.schemas.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinHashTest {
    private static final String TEXT =
            IntStream.range(0, 150).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

    private static double similarity(String one, String other) {
        return MinHash.similarity(MinHash.signature(one), MinHash.signature(other));
    }

    @Test
    void caseAndPunctuationMakeNoDifference() {
        assertThat(similarity("ICE arrested 12 in Mecklenburg County.", "ice ARRESTED 12, in mecklenburg county"))
                .isEqualTo(1);
    }

    @Test
    void theShareOfEqualPositionsEstimatesTheJaccardSimilarity() {
        // 149 words of 150 shared at one end and 75 dropped: 73 of 223 three-word sequences are common.
        String half = IntStream.range(75, 225).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        assertThat(similarity(TEXT, half)).isCloseTo(73.0 / 223, within(0.19));
        assertThat(similarity(TEXT, TEXT.replace("word77 ", ""))).isGreaterThan(0.9);
    }

    @Test
    void textsWithNothingInCommonShareNoBand() {
        String other = TEXT.replace("word", "other");
        assertThat(similarity(TEXT, other)).isLessThan(0.1);
        int[] bands = MinHash.bands(MinHash.signature(TEXT));
        int[] others = MinHash.bands(MinHash.signature(other));
        assertThat(IntStream.range(0, MinHash.BANDS)
                        .filter(i -> bands[i] == others[i])
                        .count())
                .isZero();
    }

    @Test
    void aTextOfTwoWordsHasNoSignature() {
        ByteBuffer none = MinHash.signature("two words");
        assertThat(none.remaining()).isZero();
        assertThat(MinHash.bands(none)).isEmpty();
        assertThat(MinHash.similarity(none, none)).isZero();
    }

    /** Records written in other years are compared with today's: the functions must not change. */
    @Test
    void theSignatureOfAKnownTextStaysTheSame() {
        assertThat(Arrays.hashCode(MinHash.signature(TEXT).array())).isEqualTo(-1111976610);
        String accents =
                "“Operación” in San José, Peñasco — 12 arrested; ÉTÉ Straße ΣΊΣΥΦΟΣ İstanbul ½ mile, Ⅻ chapters,"
                        + " \uD835\uDC00 letter e\u0301 don’t 3rd x_y \uD83D\uDE00 end";
        assertThat(Arrays.hashCode(MinHash.signature(accents).array())).isEqualTo(-267619743);
    }
}
