package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.extract.NumberMention.Use;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/** Finds numbers in digits and words, what hedges them and what they count. */
final class NumberFinder {
    private static final int LONGEST_NOUN_PHRASE = 9;

    private static final Phrases ENDS = Wording.of("figure-ends");
    private static final Phrases HAD = Wording.of("had-arrests");

    private final Set<String> notCountAfter;
    private final Set<String> notCountBefore;

    /**
     * @param notCountAfter words after which a number is no count ("Title 18")
     * @param notCountBefore words before which a number is no count ("8 U.S.C.")
     */
    NumberFinder(Set<String> notCountAfter, Set<String> notCountBefore) {
        this.notCountAfter = notCountAfter;
        this.notCountBefore = notCountBefore;
    }

    /**
     * The numbers of a document in the order of the text.
     *
     * @param taken tokens that belong to dates and names; no number is read there
     */
    List<NumberMention> find(Document document, boolean[] taken) {
        List<NumberMention> found = new ArrayList<>();
        for (Sentence sentence : document.sentences()) {
            int i = sentence.first();
            while (i < sentence.end()) {
                NumberMention number = taken[i] ? null : at(document, sentence, i);
                if (number != null) {
                    found.add(number);
                    i = number.end();
                } else {
                    i++;
                }
            }
        }
        return found;
    }

    private @Nullable NumberMention at(Document document, Sentence sentence, int i) {
        Token token = document.token(i);
        if (token.kind() == Token.Kind.DECIMAL) {
            return other(i, i + 1, Use.MEASURE);
        }
        if (token.kind() == Token.Kind.ORDINAL) {
            return new NumberMention(
                    i, i, i + 1, i + 1, token.number(), Qualifier.EXACT, Use.ORDINAL, Unit.UNKNOWN, false);
        }
        if (token.isNumber()) {
            return digits(document, sentence, i);
        }
        if (document.has(i, Tag.UNIT)) {
            return words(document, sentence, i);
        }
        return null;
    }

    private @Nullable NumberMention digits(Document document, Sentence sentence, int i) {
        Token token = document.token(i);
        long value = token.number();
        int end = i + 1;
        if (value < 0) {
            return other(i, end, Use.OTHER);
        }
        Lexicon.Hit multiple = document.hit(end, Tag.UNIT);
        if (multiple != null && multiple.value().startsWith("x")) {
            long times = Long.parseLong(multiple.value().substring(1));
            if (times >= 1_000_000) {
                return other(i, end + 1, Use.MEASURE);
            }
            value *= times;
            end++;
        }
        return classify(document, sentence, i, end, value, token);
    }

    private @Nullable NumberMention words(Document document, Sentence sentence, int i) {
        long total = 0;
        long current = 0;
        boolean any = false;
        int first = i;
        int end = i;
        long last = Long.MAX_VALUE;
        for (int k = i; k < sentence.end(); k++) {
            if (k > i && document.is(k, "-") && !document.token(k).spaced() && document.has(k + 1, Tag.UNIT)) {
                continue;
            }
            if (any
                    && document.is(k, "and")
                    && document.has(k + 1, Tag.UNIT)
                    && (last >= 100 || current >= 100)
                    && !multiplier(document, k + 1)) {
                continue;
            }
            Lexicon.Hit hit = document.hit(k, Tag.UNIT);
            if (hit == null) {
                break;
            }
            if (hit.value().startsWith("x")) {
                long times = Long.parseLong(hit.value().substring(1));
                if (!any) {
                    if (!document.is(k - 1, "a") && !document.is(k - 1, "one")) {
                        return null;
                    }
                    if (document.is(k - 2, "half")) {
                        first = k - 2;
                        current = times / 2;
                    } else {
                        first = k - 1;
                        current = times;
                    }
                } else if (times >= 1000) {
                    total += current * times;
                    current = 0;
                } else {
                    current *= times;
                }
                last = times;
            } else {
                long value = Long.parseLong(hit.value());
                boolean joins = !any || last >= 100 || (last >= 20 && last < 100 && value > 0 && value < 10);
                if (!joins) {
                    break;
                }
                current += value;
                last = value;
            }
            any = true;
            end = k + 1;
        }
        return classify(document, sentence, first, end, total + current, document.token(i));
    }

    private static boolean multiplier(Document document, int i) {
        Lexicon.Hit hit = document.hit(i, Tag.UNIT);
        return hit != null && hit.value().startsWith("x");
    }

    private NumberMention classify(Document document, Sentence sentence, int first, int end, long value, Token token) {
        int from = first;
        Qualifier qualifier = Qualifier.EXACT;
        for (int back = 1; back <= 4 && first - back >= sentence.first(); back++) {
            Lexicon.Hit hit = document.hit(first - back, Tag.QUALIFIER);
            if (hit != null && first - back + hit.length() == first) {
                from = first - back;
                qualifier = switch (hit.value()) {
                    case "AT_LEAST" -> Qualifier.AT_LEAST;
                    case "ALMOST" -> Qualifier.ALMOST;
                    case "AT_MOST" -> Qualifier.ABOUT;
                    default -> Qualifier.ABOUT;
                };
            }
        }
        Use use = use(document, first, end, value, token, from < first);
        boolean bracketed = document.is(first - 1, "(") || document.is(from - 1, "(");
        int after = end;
        if (use == Use.COUNT) {
            if (document.is(end, "+")) {
                qualifier = Qualifier.AT_LEAST;
                after = end + 1;
            } else if (document.is(end, "-") && document.is(end + 1, "plus")) {
                qualifier = Qualifier.AT_LEAST;
                after = end + 2;
            } else if (document.is(end, "plus")
                    && document.token(first).isNumber()
                    && !document.is(end + 1, "or")
                    && from == first
                    && document.has(end + 1, Tag.PERSON)) {
                qualifier = Qualifier.AT_LEAST;
                after = end + 1;
            } else if (document.is(end, "or") && document.is(end + 1, "more")) {
                qualifier = Qualifier.AT_LEAST;
                after = end + 2;
            }
        }
        if (use != Use.COUNT) {
            return new NumberMention(from, first, end, end, value, qualifier, use, Unit.UNKNOWN, bracketed);
        }
        return noun(document, sentence, from, first, after, value, qualifier, bracketed);
    }

    private Use use(Document document, int first, int end, long value, Token token, boolean hedged) {
        String before = document.lower(first - 1);
        String after = document.lower(end);
        if (before.equals("$") || before.equals("€") || before.equals("£")) {
            return Use.MONEY;
        }
        if (after.equals("%") || after.equals("percent") || (after.equals("per") && document.is(end + 1, "cent"))) {
            return Use.PERCENT;
        }
        int part = after.equals("-") && !document.token(end).spaced() ? end + 1 : end;
        if (document.is(part, "thirds")
                || document.is(part, "quarters")
                || document.is(part, "fifths")
                || document.is(part, "tenths")
                || document.is(part, "third")
                || document.is(part, "quarter")) {
            return Use.PERCENT;
        }
        boolean glued = after.equals("-")
                && end < document.size()
                && !document.token(end).spaced()
                && end + 1 < document.size()
                && !document.token(end + 1).spaced();
        if (glued) {
            if (document.has(end + 1, Tag.DURATION)) {
                return document.is(end + 3, "old") || document.is(end + 2, "old") ? Use.AGE : Use.DURATION;
            }
            if (document.token(end + 1).number() >= 0) {
                return document.in(end + 2, Tag.DURATION) ? Use.AGE : Use.OTHER;
            }
            if (!document.is(end + 1, "plus")) {
                return Use.MODIFIER;
            }
        }
        if (first > 0 && before.equals("-") && !document.token(first - 1).spaced() && !token.spaced()) {
            return Use.OTHER;
        }
        if ((before.equals(":") || before.equals("/")) && !token.spaced() && token.isNumber()) {
            return Use.OTHER;
        }
        if ((after.equals(":") || after.equals("/"))
                && end + 1 < document.size()
                && !document.token(end + 1).spaced()
                && document.token(end + 1).number() >= 0) {
            return Use.OTHER;
        }
        if (after.equals("(") && !document.token(end).spaced()) {
            return Use.OTHER;
        }
        if (document.has(end, Tag.DURATION)) {
            return (document.is(end + 1, "-") && document.is(end + 2, "old"))
                            || document.is(end + 1, "old")
                            || (document.is(end + 1, "of") && document.is(end + 2, "age"))
                    ? Use.AGE
                    : Use.DURATION;
        }
        if (document.has(end, Tag.MEASURE)) {
            return Use.MEASURE;
        }
        boolean closed = after.equals(",") || after.equals(".") || after.equals(";") || after.equals(")");
        if (closed
                && value >= 10
                && value <= 99
                && first > 1
                && (((before.equals("of") || before.equals(",")) && document.has(first - 2, Tag.SINGULAR))
                        || before.equals("age"))) {
            return Use.AGE;
        }
        boolean person = first > 1
                && before.equals(",")
                && after.equals(",")
                && document.token(first - 2).capital()
                && value >= 10
                && value <= 99
                && (document.in(end + 1, Tag.AUXILIARY)
                        || document.in(end + 1, Tag.ARREST_VERB)
                        || document.is(end + 1, "of")
                        || document.is(end + 1, "who")
                        || document.is(end + 1, "a")
                        || document.is(end + 1, "an")
                        || document.is(end + 1, "from")
                        || document.in(end + 1, Tag.FACE)
                        || document.in(end + 1, Tag.CHARGED));
        if (person) {
            return Use.AGE;
        }
        if (before.equals("aged") || before.equals("age") || before.equals("ages")) {
            return Use.AGE;
        }
        if (notCountAfter.contains(before) || notCountBefore.contains(after)) {
            return Use.OTHER;
        }
        boolean noun = false;
        for (int k = end; k < Math.min(document.size(), end + 3) && !noun && !before.equals("in"); k++) {
            if (document.in(k, Tag.AUXILIARY) || !document.token(k).isWord()) {
                break;
            }
            noun = document.has(k, Tag.PERSON) || document.has(k, Tag.ARREST_NOUN);
        }
        if (token.isNumber() && token.text().length() == 4 && value >= 1900 && value <= 2050 && !hedged && !noun) {
            return Use.OTHER;
        }
        if (first > 0 && token.isNumber()) {
            Token previous = document.token(first - 1);
            boolean named = previous.capital()
                    && !document.in(first - 1, Tag.ARREST_VERB)
                    && !document.in(first - 1, Tag.QUALIFIER)
                    && !document.in(first - 1, Tag.YIELD)
                    && !document.in(first - 1, Tag.TAKE)
                    && !document.in(first - 1, Tag.STOP)
                    && !document.in(first - 1, Tag.RISE)
                    && document.sentenceAt(first).body()
                    && document.sentenceAt(first).first() < first - 1;
            if (named && !noun && !gapped(document, first, end)) {
                return Use.OTHER;
            }
        }
        return Use.COUNT;
    }

    /** "… in California 436; in Illinois 141": a figure behind its place, the noun left out. */
    private static boolean gapped(Document document, int first, int end) {
        Sentence sentence = document.sentenceAt(first);
        boolean closed = ENDS.at(document, end) || end >= sentence.end();
        // "The arrests by county: Essex 19, Middlesex 17", "Utah saw 21 arrests, Nevada 16 and Idaho 10"
        boolean colon = false;
        for (int i = sentence.first(); i < first; i++) {
            colon |= document.is(i, ":");
        }
        boolean listed = document.any(sentence.first(), first, Tag.TALLY)
                || (colon && document.any(sentence.first(), first, Tag.ARREST_NOUN))
                || (HAD.within(document, sentence.first(), first)
                        && document.any(sentence.first(), first, Tag.ARREST_NOUN));
        if (closed && listed) {
            return true;
        }
        for (int back = 2; closed && back <= 4; back++) {
            if (document.is(first - back, "in")) {
                return true;
            }
        }
        return false;
    }

    private static NumberMention other(int first, int end, Use use) {
        return new NumberMention(first, first, end, end, -1, Qualifier.EXACT, use, Unit.UNKNOWN, false);
    }

    private static NumberMention noun(
            Document document,
            Sentence sentence,
            int from,
            int first,
            int end,
            long value,
            Qualifier qualifier,
            boolean bracketed) {
        Unit unit = Unit.BARE;
        int nounEnd = end;
        boolean words = false;
        int limit = Math.min(sentence.end(), end + LONGEST_NOUN_PHRASE);
        if (document.is(end, "of")) {
            return new NumberMention(from, first, end, end + 1, value, qualifier, Use.COUNT, Unit.PART, bracketed);
        }
        for (int k = end; k < limit; k++) {
            Token token = document.token(k);
            Unit here = unitAt(document, k);
            if (here != null) {
                unit = here;
                nounEnd = k + length(document, k);
                k = nounEnd - 1;
                if (unitAt(document, k + 1) == null
                        && !(document.is(k + 1, "-") && !document.token(k + 1).spaced())) {
                    break;
                }
                continue;
            }
            if (nounEnd > end && !document.is(k, "-")) {
                break;
            }
            boolean compound = document.is(k + 1, "-") && !document.token(k + 1).spaced();
            if ((document.has(k, Tag.STOP) && !compound)
                    || (document.has(k, Tag.UNIT) && words)
                    || token.number() >= 0) {
                break;
            }
            if (document.in(k, Tag.ARREST_VERB) || document.in(k, Tag.AUXILIARY)) {
                break;
            }
            if (!token.isWord() && !token.is("-") && !token.is("\"") && !token.is("'") && !token.is("/")) {
                break;
            }
            words = true;
        }
        if (unit == Unit.BARE && words) {
            unit = Unit.UNKNOWN;
        }
        return new NumberMention(from, first, end, nounEnd, value, qualifier, Use.COUNT, unit, bracketed);
    }

    private static int length(Document document, int k) {
        Lexicon.Hit arrest = document.hit(k, Tag.ARREST_NOUN);
        return arrest == null || (document.has(k, Tag.PERSON) && arrest.length() == 1) ? 1 : arrest.length();
    }

    private static @Nullable Unit unitAt(Document document, int k) {
        if (document.has(k, Tag.ARREST_NOUN)) {
            return Unit.ARREST;
        }
        if (document.has(k, Tag.PERSON)) {
            return Unit.PERSON;
        }
        if (document.has(k, Tag.OFFICER)) {
            return Unit.OFFICER;
        }
        if (document.has(k, Tag.VICTIM)) {
            return Unit.VICTIM;
        }
        return document.has(k, Tag.THING) ? Unit.THING : null;
    }
}
