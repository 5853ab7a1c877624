package org.surgewire.schemas.similarity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * MinHash signatures of texts: the share of equal positions of two signatures estimates the Jaccard similarity of the
 * texts' sets of three-word sequences, with a standard error of at most 0.0625. A signature holds no text.
 *
 * <p>Signatures are written into records and compared by other processes and years later: the hash functions never
 * change. Source: Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences
 * 1997. Locality-sensitive bands: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3.
 */
public final class MinHash {
    /** Positions of a signature. */
    public static final int POSITIONS = 64;

    /** Bands of four positions: two texts of similarity 0.6 share one with probability 0.89, of 0.8 with 0.9998. */
    public static final int BANDS = 16;

    private static final int SHINGLE_WORDS = 3;
    private static final int ROWS = POSITIONS / BANDS;
    private static final int MOST_CHARS = 200_000;
    private static final long FIRST_HASH = 1125899906842597L;
    private static final long[] MULTIPLIERS = new long[POSITIONS];
    private static final long[] ADDENDS = new long[POSITIONS];

    static {
        var random = new SplittableRandom(20200928);
        for (int i = 0; i < POSITIONS; i++) {
            MULTIPLIERS[i] = random.nextLong() | 1;
            ADDENDS[i] = random.nextLong();
        }
    }

    private MinHash() {}

    /** The signature of a text, 256 bytes; empty for a text of fewer than three words. */
    public static ByteBuffer signature(String text) {
        int[] least = new int[POSITIONS];
        Arrays.fill(least, -1);
        long[] window = new long[SHINGLE_WORDS];
        int words = 0;
        String read = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
        for (int from = wordFrom(read, 0); from < read.length(); ) {
            int to = wordTo(read, from);
            window[words % SHINGLE_WORDS] = wordHash(read, from, to);
            from = wordFrom(read, to);
            words++;
            if (words >= SHINGLE_WORDS) {
                long shingle = 0;
                for (int i = 0; i < SHINGLE_WORDS; i++) {
                    shingle = mix(shingle * 31 + window[(words + i) % SHINGLE_WORDS]);
                }
                for (int i = 0; i < POSITIONS; i++) {
                    int value = (int) ((shingle * MULTIPLIERS[i] + ADDENDS[i]) >>> 32);
                    if (Integer.compareUnsigned(value, least[i]) < 0) {
                        least[i] = value;
                    }
                }
            }
        }
        if (words < SHINGLE_WORDS) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer signature = ByteBuffer.allocate(POSITIONS * Integer.BYTES);
        signature.asIntBuffer().put(least);
        return signature;
    }

    /** Estimated similarity of two texts, 0 to 1; 0 when either signature is empty. */
    public static double similarity(ByteBuffer one, ByteBuffer other) {
        if (one.remaining() != other.remaining() || one.remaining() == 0) {
            return 0;
        }
        int equal = 0;
        for (int i = 0; i < POSITIONS; i++) {
            if (one.getInt(one.position() + i * Integer.BYTES) == other.getInt(other.position() + i * Integer.BYTES)) {
                equal++;
            }
        }
        return equal / (double) POSITIONS;
    }

    /** One hash for each band; none for an empty signature. Two texts that share none are hardly alike. */
    public static int[] bands(ByteBuffer signature) {
        if (signature.remaining() == 0) {
            return new int[0];
        }
        int[] bands = new int[BANDS];
        for (int band = 0; band < BANDS; band++) {
            long hash = band;
            for (int row = 0; row < ROWS; row++) {
                hash = mix(hash * 31 + signature.getInt(signature.position() + (band * ROWS + row) * Integer.BYTES));
            }
            bands[band] = (int) hash;
        }
        return bands;
    }

    /** Whether two texts share a band, so that each is found by the bands of the other. */
    public static boolean shareBand(ByteBuffer one, ByteBuffer other) {
        return !Collections.disjoint(
                Arrays.stream(bands(one)).boxed().toList(),
                Arrays.stream(bands(other)).boxed().toList());
    }

    /** Where the next word begins; the end when there is none. */
    private static int wordFrom(String text, int from) {
        int at = from;
        while (at < text.length() && !isOfWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static int wordTo(String text, int from) {
        int at = from;
        while (at < text.length() && isOfWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean isOfWord(int codePoint) {
        if (codePoint < 128) {
            return (codePoint >= 'a' && codePoint <= 'z')
                    || (codePoint >= 'A' && codePoint <= 'Z')
                    || (codePoint >= '0' && codePoint <= '9');
        }
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** Of the word in lower case. */
    private static long wordHash(String text, int from, int to) {
        long hash = FIRST_HASH;
        for (int i = from; i < to; i++) {
            char each = text.charAt(i);
            if (each >= 128) {
                return hash(text.substring(from, to).toLowerCase(Locale.ROOT));
            }
            hash = 31 * hash + (each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each);
        }
        return mix(hash);
    }

    private static long hash(String word) {
        long hash = FIRST_HASH;
        for (int i = 0; i < word.length(); i++) {
            hash = 31 * hash + word.charAt(i);
        }
        return mix(hash);
    }

    /** The finalizer of MurmurHash3: each input bit changes each output bit with probability one half. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
