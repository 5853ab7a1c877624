package org.surgewire.ingest.extract;

import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Finds the figure that stands right behind a place's name, in the layouts that lists and sentences have for it. */
final class FigureBehind {
    private static final Phrases HAS = Wording.of("place-has-figure");
    private static final Phrases ACCOUNTED = Wording.of("accounted");
    private static final Phrases LINE = Wording.of("line-separator");
    private static final Phrases HAD = Wording.of("had-arrests");
    private static final Phrases CLAUSE_BREAK = Wording.of("clause-break");
    private static final Phrases ENDS = Wording.of("figure-ends");

    /** A table has so many rows at most. */
    private static final int LONGEST_TABLE = 60;

    private final Document document;
    private final PlaceText text;

    FigureBehind(PlaceText text) {
        this.document = text.document();
        this.text = text;
    }

    /** The figure behind the place's name; null when none of the layouts is there. */
    @Nullable
    NumberMention figure(PlaceMention mention, Sentence sentence) {
        if (mention.first() - sentence.first() <= 1 && document.is(mention.end(), "|")) {
            return inTable(mention, sentence);
        }
        for (NumberMention number : text.numbersIn(sentence)) {
            boolean near = number.count() && number.from() >= mention.end() && number.from() <= mention.end() + 4;
            if (near
                    && (inBrackets(mention, number)
                            || afterComma(mention, number, sentence)
                            || afterColon(mention, number, sentence)
                            || listed(mention, number, sentence)
                            || claimed(mention, number)
                            || dashed(mention, number, sentence)
                            || elided(mention, number, sentence)
                            || afterVerb(mention, number, sentence)
                            || afterTally(mention, number, sentence)
                            || inLine(mention, number, sentence))) {
                return number;
            }
        }
        return null;
    }

    /** A row of a table ("Georgia | 58 | 12" under "State | Arrests | Detainers"): the figure in the column of arrests. */
    private @Nullable NumberMention inTable(PlaceMention mention, Sentence row) {
        int column = 1;
        int index = document.sentenceIndex(row.first());
        for (int back = index - 1; back >= 0 && index - back <= LONGEST_TABLE; back--) {
            Sentence above = document.sentences().get(back);
            if (!text.contains(above.first(), above.end(), "|")) {
                break;
            }
            if (text.numbersIn(above).isEmpty()) {
                column = arrestColumn(above);
            }
        }
        int at = 0;
        for (int i = mention.end(); i < row.end(); i++) {
            at += document.is(i, "|") ? 1 : 0;
            if (at == column) {
                for (NumberMention number : text.numbersIn(row)) {
                    if (number.count() && number.from() == i + 1) {
                        return number;
                    }
                }
                return null;
            }
        }
        return null;
    }

    /** Which column of a table's head speaks of arrests, the first being 0; -1 when none does. */
    private int arrestColumn(Sentence head) {
        int column = 0;
        for (int i = head.first(); i < head.end(); i++) {
            column += document.is(i, "|") ? 1 : 0;
            if (document.in(i, Tag.ARREST_NOUN) || document.in(i, Tag.ARREST_VERB)) {
                return column;
            }
        }
        return -1;
    }

    /** "Buffalo, New York (92 arrests)". */
    private boolean inBrackets(PlaceMention mention, NumberMention number) {
        return document.is(mention.end(), "(")
                && number.from() == mention.end() + 1
                && (document.is(number.end(), ")") || number.unit() == Unit.ARREST || number.unit() == Unit.PERSON);
    }

    /** "arrests by county: Kern, 24; Tulare, 34." */
    private boolean afterComma(PlaceMention mention, NumberMention number, Sentence sentence) {
        boolean ends = document.is(number.end(), ";")
                || document.is(number.end(), ".")
                || (document.is(number.end(), ",") && document.is(number.end() + 1, "and"));
        return document.is(mention.end(), ",")
                && number.from() == mention.end() + 1
                && number.unit() == Unit.BARE
                && ends
                && (document.any(sentence.first(), mention.first(), Tag.ARREST_NOUN) || tallied(mention, sentence));
    }

    /** "Aurora: 11". */
    private boolean afterColon(PlaceMention mention, NumberMention number, Sentence sentence) {
        return document.is(mention.end(), ":")
                && number.from() == mention.end() + 1
                && number.unit() == Unit.BARE
                && (number.end() >= sentence.end()
                        || (ENDS.at(document, number.end()) && !document.is(number.end(), "and")));
    }

    /** "State by state: Nebraska 61, Minnesota 52". */
    private boolean listed(PlaceMention mention, NumberMention number, Sentence sentence) {
        boolean list = (tallied(mention, sentence) || document.any(sentence.first(), mention.first(), Tag.ARREST_NOUN))
                && text.contains(sentence.first(), mention.first(), ":");
        int behind = document.is(mention.end(), ",") ? mention.end() + 1 : mention.end();
        return (document.is(mention.first() - 1, "in") || list)
                && number.from() == behind
                && number.unit() == Unit.BARE
                && ends(number, sentence)
                && (text.arrests(sentence) || list);
    }

    /** "By state: Illinois – 27; Indiana – 18". */
    private boolean dashed(PlaceMention mention, NumberMention number, Sentence sentence) {
        return LINE.at(document, mention.end())
                && number.from() == mention.end() + 1
                && number.unit() == Unit.BARE
                && ends(number, sentence)
                && tallied(mention, sentence);
    }

    /** "Fairfax County had nine arrests, Prince William County seven, Alexandria six": the verb is said once. */
    private boolean elided(PlaceMention mention, NumberMention number, Sentence sentence) {
        int before = document.is(mention.first() - 1, "the") ? mention.first() - 2 : mention.first() - 1;
        return number.from() == mention.end()
                && number.unit() == Unit.BARE
                && ends(number, sentence)
                && CLAUSE_BREAK.endsAt(document, before)
                && HAD.within(document, sentence.first(), before)
                && text.arrests(sentence);
    }

    private boolean ends(NumberMention number, Sentence sentence) {
        return number.end() >= sentence.end() || ENDS.at(document, number.end());
    }

    /** "and in Sioux City 12 people were arrested". */
    private boolean claimed(PlaceMention mention, NumberMention number) {
        int behind = document.is(mention.end(), ",") ? mention.end() + 1 : mention.end();
        boolean located = document.is(mention.first() - 1, "in")
                || (document.is(mention.first() - 1, "the") && document.is(mention.first() - 2, "in"));
        return located && number.from() == behind && text.claimOf(number) != null;
    }

    /** "Mesa had 11", "Greenville County accounts for 71 of the 365 arrests", "Tulsa now stands at 77 of the 184". */
    private boolean afterVerb(PlaceMention mention, NumberMention number, Sentence sentence) {
        int length = HAS.length(document, mention.end());
        // "Denver County accounted for 17 of the arrests, Adams County for 10"
        boolean elided =
                document.is(mention.end(), "for") && ACCOUNTED.within(document, sentence.first(), mention.first());
        if (elided) {
            return number.from() == mention.end() + 1 && number.unit() == Unit.BARE;
        }
        boolean shared = number.unit() == Unit.PART;
        return length > 0
                && number.from() == mention.end() + length
                && (number.unit() == Unit.BARE || number.unit() == Unit.ARREST || shared)
                && (shared || length > 1 || text.arrests(sentence));
    }

    /** "The total to date for Milwaukee County is 117". */
    private boolean afterTally(PlaceMention mention, NumberMention number, Sentence sentence) {
        int end = mention.end();
        return number.unit() == Unit.BARE
                && number.from() == end + 1
                && (document.is(end, "is") || document.is(end, "was") || document.is(end, "reached"))
                && tallied(mention, sentence);
    }

    /** A line of a list: "Kern - 24 arrests (311 stops)". */
    private boolean inLine(PlaceMention mention, NumberMention number, Sentence sentence) {
        boolean separator = LINE.at(document, mention.end()) || (document.is(mention.end(), ",") && sentence.bullet());
        boolean arrests = number.unit() == Unit.ARREST
                && (document.is(number.nounEnd(), "(") || document.is(number.nounEnd(), ","));
        return mention.first() - sentence.first() <= 1
                && number.from() == mention.end() + 1
                && separator
                && (sentence.end() - number.end() <= 3 || arrests);
    }

    /** Whether words before the place say that figures by place follow. */
    private boolean tallied(PlaceMention mention, Sentence sentence) {
        return document.any(sentence.first(), mention.first(), Tag.TALLY);
    }
}
