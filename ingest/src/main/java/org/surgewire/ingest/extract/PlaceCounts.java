package org.surgewire.ingest.extract;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Finds the figure that the text states for a place. */
final class PlaceCounts {
    private static final Phrases AT_WORK = Wording.of("officers-at-work");
    private static final Phrases THERE = Wording.of("there");
    private static final Phrases RELEASED = Wording.of("released");
    private static final Phrases HAD = Wording.of("had-arrests");
    private static final Phrases GOES_ON = Wording.of("goes-on");
    private static final Phrases CLAUSE_BREAK = Wording.of("clause-break");
    private static final Phrases AND_OTHERS = Wording.of("and-others");

    /** Tokens between the noun of a figure and the preposition of its place. */
    private static final int NEAR = 7;

    /** Tokens of a line of a list of places, at most. */
    private static final int LONGEST_LINE = 12;

    /** The same where sentence and figure have no other place and no other figure. */
    private static final int FAR = 24;

    private final Document document;
    private final PlaceText text;
    private final List<PlaceMention> mentions;
    private final List<Claim> claims;
    private final @Nullable Claim total;
    private final FigureBehind behindName;

    /** @param total the release's total; null when it states none */
    PlaceCounts(PlaceText text, @Nullable Claim total) {
        this.total = total;
        this.document = text.document();
        this.text = text;
        this.mentions = text.mentions();
        this.claims = text.claims();
        this.behindName = new FigureBehind(text);
    }

    /** The figure that the text states for a place, whatever it counts; null when it states none. */
    @Nullable
    NumberMention count(int m) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        NumberMention behind = behindName.figure(mention, sentence);
        if (behind != null) {
            return behind;
        }
        if (sentence.bullet() && mention.first() - sentence.first() == 1 && sentence.end() == mention.end()) {
            return headingCount(sentence);
        }
        if (enumerated(m)) {
            return each(m);
        }
        NumberMention before = before(mention, sentence);
        if (before != null) {
            NumberMention share = shareOf(before, mention);
            return share == null ? before : share;
        }
        NumberMention ahead = ahead(mention, sentence);
        NumberMention there = ahead == null ? there(mention, sentence) : ahead;
        return there == null ? nextSentence(mention, sentence) : there;
    }

    /** "In Champlain, 71 of the 217 were found": a share of the total. */
    private boolean ofTotal(NumberMention number) {
        return number.unit() == Unit.PART
                && document.is(number.end(), "of")
                && text.numbersIn(document.sentenceAt(number.first())).stream()
                        .anyMatch(other ->
                                isTotal(other) && other.first() > number.end() && other.first() - number.end() <= 3);
    }

    /** "A raid in Lawrence turned up a pill press; four people were arrested there". */
    private @Nullable NumberMention there(PlaceMention mention, Sentence sentence) {
        for (Claim claim : text.claimsIn(sentence)) {
            int end = claim.number().nounEnd();
            boolean there = claim.number().first() >= mention.end()
                    && THERE.within(document, end, Math.min(sentence.end(), end + NEAR))
                    && !text.placeBetween(mention.end(), claim.number().first());
            if (there) {
                return claim.number();
            }
        }
        return null;
    }

    /** "Agents went to a house in Laredo. Inside were 38 people, who were arrested": the figure is in the next sentence. */
    private @Nullable NumberMention nextSentence(PlaceMention mention, Sentence sentence) {
        int next = document.sentenceIndex(sentence.first()) + 1;
        boolean located = document.is(mention.first() - 1, "in") || document.in(mention.first() - 1, Tag.BETWEEN);
        boolean here = sentence.body()
                && located
                && mention.type() == NameType.CITY
                && AT_WORK.within(document, sentence.first(), mention.first())
                && text.claimsIn(sentence).isEmpty()
                && text.placesIn(sentence).stream().allMatch(other -> other.equals(mention) || other.office());
        if (!here || next >= document.sentences().size()) {
            return null;
        }
        Sentence behind = document.sentences().get(next);
        List<Claim> there =
                claims.stream().filter(claim -> claim.sentence().equals(behind)).toList();
        return there.size() == 1
                        && there.get(0).main()
                        && !behind.bullet()
                        && text.placesIn(behind).isEmpty()
                ? there.get(0).number()
                : null;
    }

    /** "one each in Sun City and Anthem": the figure before an enumeration is that of each of its places. */
    private @Nullable NumberMention each(int m) {
        PlaceMention head = mentions.get(text.groupFirst(m));
        for (NumberMention number : text.numbersIn(document.sentenceAt(head.first()))) {
            boolean each = document.is(number.nounEnd(), "each") || document.is(number.nounEnd(), "apiece");
            if (each && document.in(head.first() - 1, Tag.PREPOSITION) && number.nounEnd() == head.first() - 2) {
                return number;
            }
        }
        return null;
    }

    /** The figure left of a place, when nothing between them says that it is of something else: "12 arrests in Maryland". */
    private @Nullable NumberMention before(PlaceMention mention, Sentence sentence) {
        NumberMention before = null;
        for (NumberMention number : text.numbersIn(sentence)) {
            if (number.end() <= mention.first() && number.first() >= sentence.first() && number.count()) {
                before = number;
            }
        }
        return before != null && before.personal() && attached(before, mention) ? before : null;
    }

    /** "In Colorado, officers arrested 21", "Detroit had 10 children and 18 pimps arrested", "near Blythe and took six into custody". */
    private @Nullable NumberMention ahead(PlaceMention mention, Sentence sentence) {
        int end = mention.end();
        boolean subject = mention.first() == sentence.first() || CLAUSE_BREAK.endsAt(document, mention.first() - 1);
        boolean had = subject && HAD.at(document, end);
        int preposition = document.is(mention.first() - 1, "the") ? mention.first() - 2 : mention.first() - 1;
        if (!document.in(preposition, Tag.PREPOSITION) && !had) {
            return null;
        }
        for (NumberMention number : text.numbersIn(sentence)) {
            if (number.first() < end || number.first() >= sentence.end()) {
                continue;
            }
            if (text.placeBetween(end, number.first()) || document.is(number.from() - 1, ";")) {
                return null;
            }
            Claim claim = text.claimOf(number);
            if (claim != null) {
                boolean opening = claim.rule().equals(ArrestReader.RISE)
                        || had
                        || mention.first() - sentence.first() <= 2
                        || document.is(preposition - 1, ";");
                boolean goesOn = alone(number, mention) && (GOES_ON.at(document, end) || GOES_ON.at(document, end + 1));
                return opening || goesOn ? number : null;
            }
            if (mention.first() - sentence.first() <= 2 && ofTotal(number)) {
                return number;
            }
            if (!document.is(end, ",") && number.count() && number.unit() == Unit.BARE) {
                return null;
            }
        }
        return null;
    }

    /** Whether a number counts arrests: by its own words, or as a short form in a sentence or list that counts them. */
    boolean claimsCount(NumberMention number) {
        Claim claim = text.claimOf(number);
        if (claim != null) {
            return claim.role() != Claim.Role.EARLIER
                    && claim.role() != Claim.Role.GOAL
                    && claim.role() != Claim.Role.RATE;
        }
        if (number.unit() != Unit.BARE
                && number.unit() != Unit.ARREST
                && number.unit() != Unit.PART
                && !number.bracketed()) {
            return false;
        }
        Sentence sentence = document.sentenceAt(number.first());
        if (ofThings(number, sentence) || RELEASED.within(document, sentence.first(), number.first())) {
            return false;
        }
        if (text.arrests(sentence) || document.any(sentence.first(), number.first(), Tag.TALLY)) {
            return true;
        }
        int index = document.sentenceIndex(number.first());
        for (int back = index - 1; back >= 0 && index - back <= 60; back--) {
            Sentence before = document.sentences().get(back);
            if (text.contains(before.first(), before.end(), "|")
                    && text.numbersIn(before).isEmpty()) {
                return text.arrests(before);
            }
            if (document.is(before.end() - 1, ":")) {
                return text.arrests(before) || document.any(before.first(), before.end(), Tag.TALLY);
            }
            if (!before.bullet() && before.end() - before.first() > 6 && !placeLine(before)) {
                // "Of these, 33 were in New Hampshire": the sentence before counts arrests.
                return text.arrests(before)
                        && (index - back == 1 || placeLine(document.sentences().get(back + 1)));
            }
        }
        return false;
    }

    /** "at eleven homes in Muncie and four in Anderson": a short form behind a number of things counts things. */
    private boolean ofThings(NumberMention number, Sentence sentence) {
        if (number.unit() != Unit.BARE || number.bracketed() || !document.in(number.end(), Tag.PREPOSITION)) {
            return false;
        }
        NumberMention last = null;
        for (NumberMention other : text.numbersIn(sentence)) {
            boolean named = other.count() && other.unit() != Unit.BARE;
            last = other.first() < number.first() && named ? other : last;
        }
        return last != null && text.claimOf(last) == null && (last.unit() == Unit.THING || last.unit() == Unit.UNKNOWN);
    }

    /** A line that is a place's name and a figure. */
    private boolean placeLine(Sentence line) {
        List<PlaceMention> places = text.placesIn(line);
        return !places.isEmpty()
                && places.get(0).first() - line.first() <= 1
                && line.end() - line.first() <= LONGEST_LINE
                && !text.numbersIn(line).isEmpty();
    }

    /** Whether a figure is the release's total. */
    boolean isTotal(NumberMention number) {
        return total != null && number.value() == total.value();
    }

    boolean goal(NumberMention number) {
        Claim claim = text.claimOf(number);
        return claim != null && claim.role() == Claim.Role.GOAL;
    }

    /** The arrests of the line behind a line that is only a place's name. */
    @Nullable
    NumberMention headingCount(Sentence heading) {
        int next = document.sentenceIndex(heading.first()) + 1;
        if (next >= document.sentences().size()) {
            return null;
        }
        Sentence below = document.sentences().get(next);
        List<Claim> there = text.claimsIn(below);
        return there.isEmpty() ? null : there.get(0).number();
    }

    /** "two of its sites, one in Sandusky and one in Castalia": places are counted, and no persons. */
    boolean ofSites(NumberMention number) {
        if (number.value() != 1 || number.unit() != Unit.BARE || !document.is(number.end(), "in")) {
            return false;
        }
        NumberMention whole = null;
        for (NumberMention other : text.numbersIn(document.sentenceAt(number.first()))) {
            if (other.first() < number.first() && other.count() && other.value() > 1) {
                whole = other;
            }
        }
        return whole != null
                && (whole.unit() == Unit.THING
                        || (whole.unit() == Unit.PART && document.any(whole.end(), whole.end() + 4, Tag.THING)));
    }

    private boolean enumerated(int m) {
        int list = mentions.get(m).list();
        return (m > 0
                        && mentions.get(m - 1).list() == list
                        && !text.numberBetween(
                                mentions.get(m - 1).end(), mentions.get(m).first()))
                || (m + 1 < mentions.size()
                        && mentions.get(m + 1).list() == list
                        && !text.numberBetween(
                                mentions.get(m).end(), mentions.get(m + 1).first()));
    }

    /**
     * The smaller figure of "22 of the 40 arrests were made in Milwaukee County"; null for "22 of the 40 arrested in Milwaukee
     * County had …", where the place belongs to the 40.
     */
    private @Nullable NumberMention shareOf(NumberMention whole, PlaceMention mention) {
        boolean told = false;
        for (int i = whole.end(); i < mention.first(); i++) {
            told |= document.in(i, Tag.AUXILIARY) || document.in(i, Tag.HAPPENED);
        }
        for (NumberMention number : text.numbersIn(document.sentenceAt(mention.first()))) {
            int between = whole.from() - number.end();
            if (told
                    && number.unit() == Unit.PART
                    && document.is(number.end(), "of")
                    && between >= 1
                    && between <= 3
                    && number.value() <= whole.value()) {
                return number;
            }
        }
        return null;
    }

    /** "12 arrests in Maryland", "nine arrests took place in metro New Orleans", "12 in Alabama". */
    private boolean attached(NumberMention number, PlaceMention mention) {
        int p = mention.first() - 1;
        while (document.is(p, "the")
                || document.is(p, "downtown")
                || (document.is(p, "in") && document.is(p - 1, "across"))) {
            p--;
        }
        Lexicon.Hit preposition = document.hit(p, Tag.PREPOSITION);
        if (AND_OTHERS.at(document, text.listEnd(mention)) || ofTheSameElsewhere(number)) {
            return false;
        }
        boolean onIsland = document.is(p, "on") && island(mention);
        if (!onIsland && (preposition == null || !preposition.value().isEmpty())) {
            return false;
        }
        boolean ofThem = number.unit() == Unit.PART
                && (document.is(number.nounEnd(), "them")
                        || document.is(number.nounEnd(), "whom")
                        || document.is(number.nounEnd(), "those"));
        if (text.claimOf(number) == null && number.unit() != Unit.BARE && number.unit() != Unit.PERSON && !ofThem) {
            return false;
        }
        int gap = p - number.nounEnd();
        // "The five arrests in Wyoming were all made in Jackson"
        boolean all = document.is(p - 1, "all") || (document.is(p - 1, "made") && document.is(p - 2, "all"));
        if (gap > (alone(number, mention) ? FAR : NEAR) || (!all && text.placeBetween(number.end(), mention.first()))) {
            return false;
        }
        for (int i = number.nounEnd(); i < p; i++) {
            // "128 arrested, most in Houston": the figure is of all of them.
            boolean some = document.is(i, "most") || document.is(i, "mostly") || document.is(i, "many");
            if (some || (document.is(i, "those") && document.is(i - 1, "and"))) {
                return false;
            }
            if (document.is(i, ";")
                    || document.is(i, ".")
                    || (document.in(i, Tag.NOT_PLACE) && !document.in(i, Tag.ARREST_VERB) && !text.arrestedBy(i))
                    || document.is(i, "office")
                    || stolen(i)
                    || document.in(i, Tag.CATEGORY)) {
                return false;
            }
        }
        return true;
    }

    /** "Two of them were wanted in Onslow County, one in Maryland": the short form takes up what was said of the first. */
    private boolean ofTheSameElsewhere(NumberMention number) {
        Sentence sentence = document.sentenceAt(number.first());
        return number.unit() == Unit.BARE
                && CLAUSE_BREAK.endsAt(document, number.from() - 1)
                && document.any(sentence.first(), number.from(), Tag.NOT_PLACE)
                && !document.any(sentence.first(), number.from(), Tag.ARREST_VERB)
                && !document.any(sentence.first(), number.from(), Tag.ARREST_NOUN)
                && !document.any(sentence.first(), number.from(), Tag.CUSTODY);
    }

    /** "guns, one of them stolen in Tulsa": the words before the place are of a home or a thing. */
    private boolean stolen(int i) {
        Lexicon.Hit hit = document.hit(i, Tag.ELSEWHERE);
        return hit != null && hit.value().isEmpty() && !document.in(i, Tag.ARREST_VERB);
    }

    /** Whether a claim and a place are the only ones of their sentence, so that one belongs to the other also from afar. */
    private boolean alone(NumberMention number, PlaceMention mention) {
        Sentence sentence = document.sentenceAt(number.first());
        boolean otherPlace = text.placesIn(sentence).stream()
                .anyMatch(
                        other -> other.list() != mention.list() && !other.office() && other.type() != NameType.COUNTRY);
        long inSentence = claims.stream()
                .filter(claim -> claim.sentence().equals(sentence))
                .count();
        return text.claimOf(number) != null && inSentence == 1 && !otherPlace;
    }

    private static boolean island(PlaceMention mention) {
        String name = mention.name().toLowerCase(Locale.ROOT);
        return name.endsWith(" island") || name.endsWith(" islands");
    }
}
