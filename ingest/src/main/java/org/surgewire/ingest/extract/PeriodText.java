package org.surgewire.ingest.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Use;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** What the words around a date say of it: whether they speak of the action, its begin, its end or its length. */
final class PeriodText {
    private final Document document;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final @Nullable Claim total;

    PeriodText(Document document, List<NumberMention> numbers, List<Claim> claims, @Nullable Claim total) {
        this.document = document;
        this.numbers = numbers;
        this.claims = claims;
        this.total = total;
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
        for (Claim claim : claims) {
            if (claim.sentence().equals(sentence) && claim.role() != Claim.Role.SUBSET) {
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
        int before = document.is(date.first() - 1, "-") ? date.first() - 2 : date.first() - 1;
        return date.from().month() > 0
                && date.from().day() == 0
                && (document.is(before, "late") || document.is(before, "early") || document.is(before, "mid"));
    }

    /** Whether a phrase with this tag stands right before the date ("ended late on Sept. 25"). */
    boolean cue(int first, Tag tag) {
        for (int back = 1; back <= 4; back++) {
            int i = first - back;
            if (i < 0) {
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
                    || document.is(number.from() - 1, "last")
                    || document.is(number.from() - 1, "within")) {
                continue;
            }
            int days = (int) number.value() * factor;
            if (number.first() >= sentence.first() && number.first() < sentence.end()) {
                return days;
            }
            Sentence where = document.sentenceAt(number.first());
            if (other == 0 && where.role() != Sentence.Role.ASIDE && document.is(number.end(), "-")) {
                other = days;
            }
        }
        return other;
    }

    boolean anyLength() {
        for (NumberMention number : numbers) {
            if (number.use() == Use.DURATION && document.is(number.end(), "-") && !inquiry(number.end() + 2)) {
                return true;
            }
        }
        for (int i = 0; i < document.size(); i++) {
            String word = document.lower(i);
            if (word.equals("weeklong")
                    || word.equals("monthlong")
                    || ((word.equals("week") || word.equals("month") || word.equals("year"))
                            && document.is(i + 1, "-")
                            && document.is(i + 2, "long"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an inquiry, and not the action at its end, is said to have been that long. */
    private boolean inquiry(int from) {
        for (int i = from; i < from + 4; i++) {
            if (document.is(i, "inquiry")
                    || document.is(i, "investigation")
                    || document.is(i, "probe")
                    || document.is(i, "look")
                    || document.is(i, "case")) {
                return true;
            }
        }
        return false;
    }

    boolean dateline(Sentence sentence, DateMention date) {
        for (int i = date.end(); i < Math.min(sentence.end(), date.end() + 3); i++) {
            if (document.is(i, "–") || (document.is(i, "-") && document.token(i).spaced())) {
                return date.first() - sentence.first() < 12;
            }
        }
        return false;
    }
}
