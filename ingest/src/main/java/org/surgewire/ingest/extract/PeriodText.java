package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Use;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** What the words around a date say of it: whether they speak of the action, its begin, its end or its length. */
final class PeriodText {
    private static final Phrases LONG = Wording.of("long");
    private static final Phrases INQUIRY = Wording.of("inquiry");
    private static final Phrases LASTING_FOR = Wording.of("lasting-for");
    private static final Phrases PART_OF_MONTH = Wording.of("part-of-month");
    private static final Phrases LASTED = Wording.of("lasted");
    private static final Phrases PART_OF = Wording.of("part-of");
    private static final Phrases OPEN_LENGTH = Wording.of("open-length");

    /** A cue stands within so many tokens before its date, and farther only where a place's name is between. */
    private static final int CUE_NEAR = 4;

    private static final int CUE_REACH = 9;

    private final Document document;
    private final List<NumberMention> numbers;
    private final Map<Sentence, List<Claim>> claimsBySentence = new HashMap<>();
    private final @Nullable Claim total;

    PeriodText(Document document, List<NumberMention> numbers, List<Claim> claims, @Nullable Claim total) {
        this.document = document;
        this.numbers = numbers;
        for (Claim claim : claims) {
            claimsBySentence
                    .computeIfAbsent(claim.sentence(), key -> new ArrayList<>())
                    .add(claim);
        }
        this.total = total;
    }

    private List<Claim> claimsIn(Sentence sentence) {
        return claimsBySentence.getOrDefault(sentence, List.of());
    }

    /** How much a sentence speaks of the action and not of something else. */
    double context(Sentence sentence, int at) {
        double weight = -0.04 * document.sentenceIndex(sentence.first());
        if (document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN)) {
            weight += 1;
        }
        if (document.any(sentence.first(), sentence.end(), Tag.ACTION)) {
            weight += 0.5;
        }
        if (document.any(sentence.first(), sentence.end(), Tag.EARLIER)) {
            weight -= 1;
        }
        if (sentence.bullet()) {
            weight -= 2;
        }
        if (otherClaim(sentence)) {
            weight -= 9;
        }
        if (document.is(at - 1, "announced")
                || document.is(at - 2, "announced")
                || document.is(at - 2, "said")
                || document.is(at - 1, "said")) {
            weight -= 4;
        }
        return weight;
    }

    /** Whether the sentence counts arrests that are far from the release's total, and the total in no way. */
    private boolean otherClaim(Sentence sentence) {
        Claim whole = total;
        if (whole == null) {
            return false;
        }
        boolean other = false;
        for (Claim claim : claimsIn(sentence)) {
            if (claim.role() != Claim.Role.SUBSET) {
                if (Math.abs(claim.value() - whole.value()) <= 0.35 * whole.value()) {
                    return false;
                }
                other |= claim.main() || claim.role() == Claim.Role.EARLIER;
            }
        }
        return other
                && document.sentenceIndex(sentence.first())
                        > document.sentenceIndex(whole.number().first());
    }

    /** "late September", "mid-November": a month that is not meant as a whole. */
    boolean vague(DateMention date) {
        return date.from().month() > 0 && date.from().day() == 0 && PART_OF_MONTH.endsAt(document, date.first() - 1);
    }

    /** Whether a phrase with this tag stands right before the date ("ended late on Sept. 25"). */
    boolean cue(int first, Tag tag) {
        for (int back = 1; back <= CUE_REACH; back++) {
            int i = first - back;
            if (i < 0 || (back > CUE_NEAR && !inPlace(i) && !document.in(i, tag))) {
                return false;
            }
            if (document.in(i, tag)) {
                return true;
            }
            String word = document.lower(i);
            if (word.equals(",") || word.equals(".") || word.equals("and")) {
                if (!(word.equals(",") && back == 1)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** "launched in Kansas City on July 8": a place may stand between a verb and its day. */
    private boolean inPlace(int i) {
        return document.token(i).capital() || document.is(i, "in") || document.is(i, "the") || document.is(i, "across");
    }

    /** The value of the number, in digits or words, whose last token stands before {@code end}; 0 when none does. */
    long numberBefore(int end) {
        for (NumberMention number : numbers) {
            if (number.end() == end) {
                return number.value();
            }
        }
        return 0;
    }

    /** Index of the first token of the number that ends before {@code end}; {@code end} when none does. */
    int startOfNumberBefore(int end) {
        for (NumberMention number : numbers) {
            if (number.end() == end) {
                return number.first();
            }
        }
        return end;
    }

    boolean contains(int from, int to, String word) {
        for (int i = from; i < to; i++) {
            if (document.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    boolean reaches(int from, int to) {
        return contains(from, to, "to") || contains(from, to, "through") || contains(from, to, "until");
    }

    boolean tellsArrests(Sentence sentence) {
        return document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN)
                || document.any(sentence.first(), sentence.end(), Tag.CUSTODY);
    }

    /**
     * Whether the sentence behind this one tells arrests ("Agents searched the plant Wednesday. They detained 280"), or the one
     * before it counts the total.
     */
    boolean arrestsBeside(Sentence sentence) {
        int index = document.sentenceIndex(sentence.first());
        boolean behind = index + 1 < document.sentences().size()
                && tellsArrests(document.sentences().get(index + 1));
        boolean before = index > 0
                && document.sentences().get(index - 1).body()
                && countsTotal(document.sentences().get(index - 1));
        return behind || before;
    }

    /** Whether the sentence says what is going to be done. */
    boolean tellsPlan(Sentence sentence) {
        boolean future = document.any(sentence.first(), sentence.end(), Tag.PLANNED)
                || contains(sentence.first(), sentence.end(), "will");
        return future && !document.any(sentence.first(), sentence.end(), Tag.EARLIER);
    }

    /** Whether the sentence counts the release's total. */
    boolean countsTotal(Sentence sentence) {
        Claim whole = total;
        return whole != null && claimsIn(sentence).stream().anyMatch(claim -> claim.value() == whole.value());
    }

    /** Whether the sentence counts arrests, but only a share of the total. */
    boolean onlyShares(Sentence sentence) {
        return total != null
                && !countsTotal(sentence)
                && claimsIn(sentence).stream().anyMatch(claim -> claim.role() == Claim.Role.SUBSET);
    }

    /** The length of the action in days: stated in this sentence, else in the first sentence that states one; 0 for none. */
    int length(Sentence sentence) {
        int other = 0;
        for (NumberMention number : numbers) {
            if (number.use() != Use.DURATION || number.value() <= 0 || number.value() > 400) {
                continue;
            }
            int unit = document.is(number.end(), "-") ? number.end() + 1 : number.end();
            String word = document.lower(unit);
            int factor = word.startsWith("day") ? 1 : word.startsWith("week") && !word.startsWith("weekend") ? 7 : 0;
            if (factor == 0
                    || document.is(unit + 1, "ago")
                    || document.has(number.from() - 1, Tag.EARLIER)
                    || OPEN_LENGTH.endsAt(document, number.from() - 1)
                    || document.is(number.from() - 1, "within")) {
                continue;
            }
            int days = (int) number.value() * factor;
            if (number.first() >= sentence.first() && number.first() < sentence.end()) {
                return days;
            }
            Sentence where = document.sentenceAt(number.first());
            boolean ofTotal = LASTED.endsAt(document, number.first() - 1)
                    || (LASTING_FOR.endsAt(document, number.first() - 1) && countsTotal(where));
            if (other == 0 && where.role() != Sentence.Role.ASIDE && (document.is(number.end(), "-") || ofTotal)) {
                other = days;
            }
        }
        return other;
    }

    boolean anyLength() {
        for (NumberMention number : numbers) {
            if (number.use() == Use.DURATION
                    && document.is(number.end(), "-")
                    && !(number.value() == 1 && document.is(number.end() + 1, "day"))
                    && !inquiry(number.end() + 2)
                    && !ofSomethingWider(document.sentenceAt(number.first()), number.first())) {
                return true;
            }
        }
        for (int i = 0; i < document.size(); i++) {
            int length = LONG.length(document, i);
            if (length > 0 && !inquiry(i + length)) {
                return true;
            }
        }
        return false;
    }

    /** "The raids are part of Operation Restore, a 90-day effort". */
    private boolean ofSomethingWider(Sentence sentence, int before) {
        return PART_OF.within(document, sentence.first(), before);
    }

    /** Whether an inquiry, and not the action at its end, is said to have been that long. */
    private boolean inquiry(int from) {
        return INQUIRY.within(document, from, from + 4);
    }

    boolean dateline(Sentence sentence, DateMention date) {
        for (int i = date.end(); i < Math.min(sentence.end(), date.end() + 3); i++) {
            if (document.is(i, "–")
                    || document.is(i, "|")
                    || (document.is(i, "-") && document.token(i).spaced())) {
                return date.first() - sentence.first() < 12;
            }
        }
        return false;
    }
}
