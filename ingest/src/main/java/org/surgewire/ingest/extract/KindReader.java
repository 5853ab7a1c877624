package org.surgewire.ingest.extract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.Facts.Kind;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Tells what sort of release a text is. No single word decides: each sign that the text shows has points for and against
 * kinds ({@code kinds.txt}), and the kind with the most is taken.
 */
final class KindReader {
    /** The parts of a text in which a word is a sign of its own. */
    private enum Part {
        TITLE,
        HEAD,
        LEAD,
        NEXT,
        REST;

        private final String prefix = name().toLowerCase(Locale.ROOT) + " ";

        String sign(Tag tag) {
            return prefix + tag.name();
        }

        String sign(String word) {
            return prefix + word;
        }
    }

    /** A total in one of so many first sentences stands early. */
    private static final int EARLY = 4;

    private static final Phrases RULE_FOR_OFFICERS = Wording.of("rule-for-officers");
    private static final Phrases SINCE_WHAT = Wording.of("since-what");
    private static final Phrases ACTION_NOUN = Wording.of("action-noun");
    private static final Phrases LONG_SPAN = Wording.of("long-span");
    private static final Phrases AHEAD = Wording.of("ahead");
    private static final Phrases STATISTICS_WORD = Wording.of("statistics-word");
    private static final Phrases RETURNS = Wording.of("returns");
    private static final Phrases TO_BE_DONE = Wording.of("to-be-done");
    private static final Phrases LENGTH = Wording.of("length-unit");
    private static final Phrases RULE_GIVEN = Wording.of("rule-given");

    private final Document document;
    private final @Nullable Claim total;
    private final List<Claim> claims;
    private final boolean operation;
    private final List<Sentence> headlines;

    KindReader(Document document, List<Claim> claims, @Nullable Claim total, boolean operation) {
        this.document = document;
        this.headlines = document.headlines();
        this.claims = claims;
        this.total = total;
        this.operation = operation;
    }

    /** The kind for which the signs speak most; one arrest is always a single one. */
    Kind read(Set<String> signs) {
        if (total != null && total.value() == 1) {
            return Kind.SINGLE_ARREST;
        }
        return KindPoints.BUNDLED.best(signs);
    }

    /** What the text shows of its kind: words and phrases by the part of the text they stand in, and what rules found. */
    Set<String> signs() {
        Set<String> signs = new LinkedHashSet<>();
        int heads = 0;
        int bodies = 0;
        for (Sentence sentence : document.sentences()) {
            if (sentence.headline()) {
                words(heads++ == 0 ? Part.TITLE : Part.HEAD, sentence, signs);
            } else if (sentence.body()) {
                words(bodies == 0 ? Part.LEAD : bodies == 1 ? Part.NEXT : Part.REST, sentence, signs);
                bodies++;
            }
        }
        for (Claim claim : claims) {
            if (claim.main()) {
                signs.add("claim " + claim.sentence().role());
            }
        }
        figures(signs);
        boolean counted =
                claims.stream().anyMatch(claim -> claim.main() && claim.number().first() < head());
        boolean action = operation || ACTION_NOUN.within(document, 0, head());
        add(signs, counted, "top counts arrests");
        add(signs, !counted && (document.any(0, head(), Tag.PLANNED) || AHEAD.within(document, 0, head())), "plan");
        add(signs, !counted && RULE_FOR_OFFICERS.within(document, 0, head()), "rule");
        add(signs, !counted && removal(false), "removal, none counted");
        add(signs, !counted && headline(Tag.CHARGED), "charges, none counted");
        add(signs, !counted && headline(Tag.OFF_TOPIC), "off topic, none counted");
        add(signs, counted && !action, "counted without an action");
        add(signs, !action && LONG_SPAN.within(document, 0, head()), "long span without an action");
        add(signs, operation, "own operation");
        add(signs, infinitive(), "title to be done");
        add(signs, removal(false), "title removal");
        add(signs, removal(true), "title removes");
        add(signs, policy(), "rule for officers");
        add(signs, comparisons() >= 2, "figures compared");
        add(signs, toldArrests(), "lead tells arrests");
        add(signs, finiteArrest(), "lead has arrested");
        add(signs, attorneyCharges(), "attorney charges");
        add(signs, launched(), "launched");
        add(signs, concluded(), "concluded");
        add(signs, running(), "running");
        add(signs, cumulative(), "cumulative");
        add(
                signs,
                headline(Tag.ARREST_VERB) || headline(Tag.ARREST_NOUN) || headline(Tag.CUSTODY),
                "arrests in headlines");
        add(signs, statistics(), "head of statistics");
        return signs;
    }

    private void figures(Set<String> signs) {
        Claim whole = total;
        if (whole == null) {
            signs.add("no total");
            return;
        }
        int index = document.sentenceIndex(whole.number().first());
        signs.add("total");
        signs.add(whole.sentence().headline() ? "total in title" : index < EARLY ? "total early" : "total late");
        add(signs, whole.toDate(), "total to date");
        signs.add("total " + whole.role());
    }

    private static void add(Set<String> signs, boolean shown, String sign) {
        if (shown) {
            signs.add(sign);
        }
    }

    private void words(Part part, Sentence sentence, Set<String> signs) {
        for (Tag tag : KindPoints.BUNDLED.tags()) {
            if (document.any(sentence.first(), sentence.end(), tag)) {
                signs.add(part.sign(tag));
            }
        }
        for (int i = sentence.first(); i < sentence.end(); i++) {
            String word = document.lower(i);
            if (KindPoints.BUNDLED.word(word)) {
                signs.add(part.sign(word));
            }
        }
    }

    /** Whether headline and first sentence tell of a rule for officers, and no sentence of the head counts or tells arrests. */
    private boolean policy() {
        boolean rule = RULE_FOR_OFFICERS.within(document, 0, head());
        boolean told = RULE_GIVEN.within(document, 0, head());
        boolean arrested = claims.stream().anyMatch(claim -> claim.number().first() < head() && claim.main());
        return rule && told && !arrested && !finiteArrest();
    }

    /** Whether the first sentence tells arrests that were made, though nobody counts them. */
    private boolean toldArrests() {
        for (Sentence sentence : document.sentences()) {
            if (!sentence.body()) {
                continue;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                boolean made = document.is(i, "made") || document.is(i, "making");
                boolean passive = document.has(i, Tag.ARREST_VERB)
                        && (document.is(i - 1, "were") || document.in(i - 1, Tag.OFFICER));
                if (passive || (made && document.any(i, Math.min(sentence.end(), i + 6), Tag.ARREST_NOUN))) {
                    return true;
                }
            }
            return false;
        }
        return false;
    }

    /** How many sentences compare the figures of two periods. */
    private int comparisons() {
        int found = 0;
        for (Sentence sentence : document.sentences()) {
            if (document.any(sentence.first(), sentence.end(), Tag.COMPARISON) && numbers(sentence) >= 2) {
                found++;
            }
        }
        return found;
    }

    private int numbers(Sentence sentence) {
        int found = 0;
        for (int i = sentence.first(); i < sentence.end(); i++) {
            if (document.token(i).number() >= 100 && document.token(i).text().length() != 4) {
                found++;
            }
        }
        return found;
    }

    /** Whether the headline's news is a removal; {@code removed} before a noun only describes somebody. */
    private boolean removal(boolean active) {
        for (Sentence sentence : headlines) {
            if (sentence.headline() && returned(sentence)) {
                return true;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                if (!document.has(i, Tag.REMOVED)) {
                    continue;
                }
                String word = document.lower(i);
                boolean adjective =
                        (word.equals("removed") || word.equals("deported")) && document.has(i + 1, Tag.PERSON);
                boolean verb = word.endsWith("s") && !word.endsWith("ions") && !word.endsWith("als");
                if (!adjective && (verb || !active)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "San Antonio office returns four fugitives to Mexico". */
    private boolean returned(Sentence headline) {
        int verb = RETURNS.next(document, headline.first(), headline.end());
        for (int i = verb + 1; verb >= 0 && i < Math.min(headline.end(), verb + 7); i++) {
            if (document.is(i, "to") && i + 1 < headline.end() && Vocabulary.BUNDLED.country(document.lower(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the total runs on: it is said to be to date, or the operation is said to go on. */
    boolean cumulative(Kind kind) {
        return kind == Kind.STATISTICS ? since() || cumulative() : cumulative();
    }

    /** Whether the opening, or a sentence of the total, says since when it is counted. */
    private boolean since() {
        Claim whole = total;
        boolean opening = document.sentences().stream().limit(3).anyMatch(this::since);
        return opening
                || (whole != null
                        && claims.stream()
                                .filter(claim -> claim.value() == whole.value())
                                .map(Claim::sentence)
                                .anyMatch(this::since));
    }

    private boolean since(Sentence sentence) {
        for (int i = sentence.first(); i < sentence.end(); i++) {
            boolean then = document.has(i + 1, Tag.MONTH)
                    || document.has(i + 1, Tag.WEEKDAY)
                    || SINCE_WHAT.at(document, i + 1)
                    || (i + 1 < document.size() && document.token(i + 1).isNumber());
            if (document.is(i, "since") && then) {
                return true;
            }
        }
        return false;
    }

    private boolean cumulative() {
        if (total == null) {
            return false;
        }
        boolean closed = concluded();
        for (Claim claim : claims) {
            boolean same = claim.value() == total.value()
                    || (claim.number().qualifier() != Qualifier.EXACT
                            && Math.abs(claim.value() - total.value()) < 0.1 * total.value());
            if (same && claim.toDate() && !closed) {
                return true;
            }
        }
        if (total.toDate() && !closed) {
            return true;
        }
        Sentence sentence = total.sentence();
        boolean going = document.any(sentence.first(), sentence.end(), Tag.ONGOING);
        boolean launched = operation && launched();
        return (going || launched || (operation && (lead(Tag.ONGOING) || running()))) && !closed;
    }

    /**
     * Whether headlines or first sentences tell a launch, and not only since when something else is counted, nor when an action of
     * a stated length began.
     */
    private boolean launched() {
        for (int i = 0; i < head(); i++) {
            if (document.has(i, Tag.LAUNCHED)
                    && !document.is(i - 1, "since")
                    && !document.is(i - 2, "since")
                    && !LENGTH.within(document, i - 6, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether headlines or first sentences say that the action is over; "ends its third week" does not. */
    private boolean concluded() {
        for (int i = 0; i < head(); i++) {
            Lexicon.Hit hit = document.hit(i, Tag.CONCLUDED);
            if (hit == null) {
                continue;
            }
            int next = i + hit.length();
            boolean stage = (document.is(next, "its") || document.is(next, "the") || document.is(next, "a"))
                    && (document.has(next + 1, Tag.ORDINAL) || document.is(next + 1, "opening"))
                    && document.has(next + 2, Tag.DURATION);
            // "a new total every Monday until the operation ends"
            boolean ahead = false;
            for (int back = 1; back <= 4; back++) {
                ahead |= document.is(i - back, "until")
                        || document.is(i - back, "before")
                        || document.is(i - back, "through");
            }
            if (!stage && !ahead) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text says when the operation was launched, counts with "has" or "have", and never says that it ended. */
    private boolean running() {
        boolean launched = false;
        boolean perfect = false;
        for (Sentence sentence : document.sentences()) {
            if (!sentence.body()) {
                continue;
            }
            if (document.any(sentence.first(), sentence.end(), Tag.CONCLUDED)) {
                return false;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                launched |= document.is(i, "launched");
                perfect |= (document.is(i, "have") || document.is(i, "has"))
                        && (document.in(i + 1, Tag.ARREST_VERB)
                                || document.is(i + 1, "resulted")
                                || document.is(i + 1, "led"));
            }
        }
        return launched && perfect;
    }

    /** Whether headlines or first sentences speak of figures and not of an action. */
    private boolean statistics() {
        return STATISTICS_WORD.within(document, 0, head());
    }

    private boolean headline(Tag tag) {
        for (Sentence sentence : headlines) {
            for (int i = sentence.first(); i < sentence.end(); i++) {
                // "special agent in charge" charges nobody.
                if (document.has(i, tag) && !(tag == Tag.CHARGED && document.is(i - 1, "in"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the headline says what somebody is to do ("directs ICE to round up families", "agents to run checkpoint"). */
    private boolean infinitive() {
        if (headlines.isEmpty() || !headlines.get(0).headline()) {
            return false;
        }
        if (TO_BE_DONE.within(
                document, headlines.get(0).first(), headlines.get(0).end())) {
            return true;
        }
        int verb = document.next(headlines.get(0).first(), headlines.get(0).end(), Tag.ARREST_VERB);
        return verb > 0 && document.is(verb - 1, "to");
    }

    /** Whether the first sentences tell charges by an attorney's office. */
    private boolean attorneyCharges() {
        boolean attorney = false;
        boolean charged = false;
        for (int i = 0; i < document.size() && document.sentenceIndex(i) < 5; i++) {
            attorney |= (document.is(i, "attorney") && document.is(i - 1, "u.s")) || document.is(i, "prosecutors");
            charged |= document.is(i, "charged") || document.is(i, "indicted") || document.is(i, "sentenced");
        }
        return attorney && charged;
    }

    /** Whether the first sentence tells an arrest, and not only one that somebody means to make ("plan to arrest"). */
    private boolean finiteArrest() {
        for (Sentence sentence : document.sentences()) {
            if (!sentence.body()) {
                continue;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                boolean meant = document.is(i - 1, "to")
                        || document.is(i - 1, "will")
                        || document.is(i - 1, "would")
                        || document.is(i - 1, "could");
                if (document.has(i, Tag.ARREST_VERB) && !meant) {
                    return true;
                }
            }
            return false;
        }
        return false;
    }

    private boolean lead(Tag tag) {
        for (Sentence sentence : document.sentences()) {
            if (sentence.body()) {
                return document.any(sentence.first(), sentence.end(), tag);
            }
        }
        return false;
    }

    /** Index behind headlines and the first two sentences of the body. */
    private int head() {
        int body = 0;
        int end = 0;
        for (Sentence sentence : document.sentences()) {
            if (sentence.body() && ++body > 2) {
                break;
            }
            end = sentence.end();
        }
        return end;
    }
}
