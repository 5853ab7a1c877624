package org.surgewire.ingest.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Decides for each name of a place whether arrests happened there, and by which words that is known. */
final class PlaceRoles {
    private static final Phrases NO_ARRESTS = Wording.of("no-arrests");
    private static final Phrases THERE = Wording.of("there");
    private static final Phrases PLACES_OF_ARRESTS = Wording.of("places-of-arrests");
    private static final Phrases AT_WORK = Wording.of("officers-at-work");

    private final Document document;
    private final PlaceText text;
    private final List<PlaceMention> mentions;
    private final PlaceCounts counts;
    private final EventScene scene;
    private final boolean planned;

    /** @param planned whether the release announces what is to be done */
    PlaceRoles(PlaceText text, PlaceCounts counts, EventScene scene, boolean planned) {
        this.document = text.document();
        this.text = text;
        this.mentions = text.mentions();
        this.counts = counts;
        this.scene = scene;
        this.planned = planned;
    }

    @Nullable
    String role(int m, @Nullable NumberMention count) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        if (sentence.role() == Sentence.Role.FURNITURE
                || sentence.role() == Sentence.Role.ASIDE
                || (unknown(mention) && !certain(sentence, mention))
                || mention.office()
                || mention.type() == NameType.DISTRICT
                || (count == null && text.dateline(mention, sentence))) {
            return null;
        }
        if (denied(sentence, mention.first())
                || deniedThere(sentence, mention.end())
                || (mention.type() == NameType.STATE && describesTowns(mention))) {
            return null;
        }
        boolean whole = count != null && counts.isTotal(count);
        if (!whole && (scene.anotherEvent(sentence, mention) || scene.onlyCovered(sentence, mention.first()))) {
            return null;
        }
        if (count != null && counts.claimsCount(count) && !nationality(m)) {
            return "place-with-count";
        }
        if (mention.type() == NameType.COUNTRY) {
            return null;
        }
        int first = text.groupFirst(m);
        PlaceMention head = mentions.get(first);
        boolean takesIn = document.is(head.first() - 1, "in")
                && (document.is(head.first() - 2, "takes") || document.is(head.first() - 2, "taking"));
        if (planned && expected(head, sentence)) {
            return "place-expected";
        }
        if (planned && arrestsTold(sentence, head.first())) {
            return null;
        }
        if (head.office() || nationality(m) || takesIn || listsOffices(sentence, head.first())) {
            return null;
        }
        for (int k = first; k < mentions.size() && mentions.get(k).list() == mention.list(); k++) {
            NumberMention other = k == m ? null : counts.count(k);
            if (other != null && counts.claimsCount(other) && bracket(mentions.get(k), other)) {
                return "place-beside-counts";
            }
        }
        int p = head.first() - 1;
        while (p >= sentence.first() && passedOver(p)) {
            p--;
        }
        if ((document.is(p, "a") || document.is(p, "an"))
                && document.is(p - 1, "at")
                && mention.end() < sentence.end()
                && document.token(mention.end()).isWord()
                && !document.token(mention.end()).capital()) {
            p--;
        }
        if (otherPhase(p)) {
            return null;
        }
        if (happenedBefore(sentence, head.first())
                || arrestsInEach(sentence, mention)
                || PLACES_OF_ARRESTS.within(
                        document, text.listEnd(mention), Math.min(sentence.end(), text.listEnd(mention) + 6))) {
            return "place-list";
        }
        if (document.is(p, "from") && head.type() == NameType.STATE && custodyFrom(p, mention)) {
            return "place-from";
        }
        if (scene.negative(sentence, head.first(), p)) {
            return null;
        }
        Lexicon.Hit preposition = p >= sentence.first() ? document.hit(p, Tag.PREPOSITION) : null;
        boolean locative = (preposition != null && preposition.value().isEmpty())
                || (document.is(p, "on") && (head.type() == NameType.AREA || onIsland(head)));
        if (including(p, first, sentence)) {
            return "place-including";
        }
        if (sentence.headline()) {
            return headline(sentence, mention, p, locative);
        }
        if (sentence.bullet() && mention.first() - sentence.first() == 1 && sentence.end() == mention.end()) {
            return counts.headingCount(sentence) == null ? null : "place-heading";
        }
        if (!locative) {
            return null;
        }
        if (example(sentence, p)) {
            return "place-opening";
        }
        if (p == sentence.first() || (p == sentence.first() + 1 && sentence.bullet())) {
            boolean arrests = document.any(head.end(), sentence.end(), Tag.ARREST_VERB)
                    || document.any(head.end(), sentence.end(), Tag.ARREST_NOUN);
            return arrests || sentence.bullet() ? "place-opening" : null;
        }
        return scene.event(sentence, p, mention) ? "place-of-event" : null;
    }

    /** "Among those arrested: in Elgin, a man with …; in Cicero, a member of …": each place opens an example. */
    private boolean example(Sentence sentence, int p) {
        int before = document.is(p - 1, "and") ? p - 2 : p - 1;
        int colon = p;
        while (colon > sentence.first() && !document.is(colon, ":")) {
            colon--;
        }
        boolean opens = document.is(before, ";") || document.is(before, ":");
        return opens
                && document.is(p, "in")
                && document.is(colon, ":")
                && (document.any(sentence.first(), colon, Tag.ARREST_VERB)
                        || document.any(sentence.first(), colon, Tag.ARREST_NOUN));
    }

    /** "on Grosse Ile", "on St. Thomas": a town's name behind "on", no street's. */
    private boolean onIsland(PlaceMention mention) {
        return (mention.type() == NameType.CITY || mention.type() == NameType.COUNTY)
                && (mention.end() >= document.sentenceAt(mention.first()).end()
                        || !document.token(mention.end()).isWord()
                        || document.has(mention.end(), Tag.PREPOSITION)
                        || document.is(mention.end(), "after"));
    }

    private boolean unknown(PlaceMention mention) {
        return mention.type() == NameType.CITY
                && mention.candidates().isEmpty()
                && mention.state() == null
                && text.listOf(mention).size() == 1;
    }

    /** Whether a name that no list knows can only be a town: a name, not a word, behind an arrest in the same sentence. */
    private boolean certain(Sentence sentence, PlaceMention mention) {
        String word = document.lower(mention.first());
        return sentence.body()
                && !Vocabulary.BUNDLED.word(word)
                && !Vocabulary.BUNDLED.name(word)
                && !Vocabulary.BUNDLED.acronym(word)
                && (document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                        || document.any(sentence.first(), sentence.end(), Tag.CUSTODY)
                        || AT_WORK.within(document, sentence.first(), mention.first()));
    }

    /** "The plants stand in six towns: A, B and C. People were detained in each of them". */
    private boolean arrestsInEach(Sentence sentence, PlaceMention mention) {
        int next = document.sentenceIndex(sentence.first()) + 1;
        if (text.listOf(mention).size() < 2 || next >= document.sentences().size()) {
            return false;
        }
        Sentence behind = document.sentences().get(next);
        boolean all = false;
        for (int i = behind.first(); i + 1 < behind.end(); i++) {
            boolean each = document.is(i, "each") || document.is(i, "all") || document.is(i, "both");
            all |= each
                    && document.is(i - 1, "in")
                    && (i + 1 == behind.end() - 1
                            || document.is(i + 1, "of")
                            || document.is(i + 1, ",")
                            || document.is(i + 1, "places")
                            || document.is(i + 1, "towns"));
        }
        return all && text.arrests(behind);
    }

    /** "in six Missouri cities": the state only says which cities are meant. */
    private boolean describesTowns(PlaceMention mention) {
        return document.is(mention.end(), "cities")
                || document.is(mention.end(), "towns")
                || document.is(mention.end(), "communities")
                || (document.is(mention.end(), "counties") && document.is(mention.end() + 1, "of"));
    }

    /** "No arrests were made in Kentucky", "nobody was arrested in Forest". */
    private boolean denied(Sentence sentence, int before) {
        for (int i = sentence.first(); i < before; i++) {
            boolean none = (document.is(i, "no") && document.in(i + 1, Tag.ARREST_NOUN))
                    || document.is(i, "nobody")
                    || (document.is(i, "no") && document.is(i + 1, "one"))
                    || (document.is(i, "none") && document.any(i, before, Tag.ARREST_VERB));
            if (none
                    && (document.any(i, sentence.end(), Tag.ARREST_VERB) || document.any(i, before, Tag.ARREST_NOUN))) {
                return true;
            }
        }
        return false;
    }

    /** "knocked on doors in Adams County, but no arrests were made there". */
    private boolean deniedThere(Sentence sentence, int end) {
        return NO_ARRESTS.within(document, end, sentence.end()) && THERE.within(document, end, sentence.end());
    }

    /** "were taken into custody, primarily from Georgia, Texas and North Carolina". */
    private boolean custodyFrom(int p, PlaceMention mention) {
        boolean several = text.listOf(mention).stream()
                .anyMatch(other ->
                        other.list() == mention.list() && !other.equals(mention) && other.type() == NameType.STATE);
        return several
                && (document.in(p - 1, Tag.CUSTODY)
                        || document.in(p - 3, Tag.CUSTODY)
                        || document.in(p - 2, Tag.CUSTODY)
                        || (document.in(p - 3, Tag.ARREST_VERB) && document.is(p - 1, "primarily")));
    }

    /** "across metro Atlanta, including Cobb, Gwinnett and DeKalb counties": places within a place of arrest. */
    private boolean including(int p, int first, Sentence sentence) {
        boolean word = document.is(p, "including")
                || document.is(p, "mainly")
                || document.is(p, "mostly")
                || document.is(p, "notably")
                || document.is(p, "particularly");
        if (!word || first == 0) {
            return false;
        }
        PlaceMention outer = mentions.get(first - 1);
        int gap = p - outer.end();
        return gap <= 1 && outer.first() >= sentence.first() && role(first - 1, counts.count(first - 1)) != null;
    }

    private @Nullable String headline(Sentence sentence, PlaceMention mention, int p, boolean locative) {
        boolean arrests = document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN)
                || document.any(sentence.first(), sentence.end(), Tag.ACTION);
        if (p < sentence.first() && document.is(mention.end(), ":")) {
            return "place-headline";
        }
        if (document.is(p, "at") && mention.type() == NameType.STATE) {
            return null;
        }
        if (locative && arrests) {
            for (int i = scene.consumed(p) ? -1 : p - 1; i >= sentence.first(); i--) {
                if (scene.elsewhere(i, p) && !onlyPlaceAndDateline(sentence, mention)) {
                    return null;
                }
                if (document.in(i, Tag.ARREST_VERB) || document.in(i, Tag.ARREST_NOUN) || document.in(i, Tag.ACTION)) {
                    break;
                }
            }
            return "place-headline";
        }
        boolean verb = document.in(mention.end(), Tag.YIELD);
        boolean actors = document.has(mention.end(), Tag.OFFICER)
                || document.has(mention.end(), Tag.PERSON)
                || document.is(mention.end(), "partners")
                || document.is(mention.end(), "authorities");
        boolean adjective = !verb
                && !actors
                && (document.has(mention.end(), Tag.ACTION)
                        || document.has(mention.end() + 1, Tag.ACTION)
                        || document.has(mention.end(), Tag.ARREST_NOUN)
                        || document.has(mention.end() + 1, Tag.ARREST_NOUN));
        return adjective && arrests ? "place-headline-adjective" : null;
    }

    /** "124 arrests in two weeks of work against crime in Memphis" above the dateline MEMPHIS, and no other place. */
    private boolean onlyPlaceAndDateline(Sentence headline, PlaceMention mention) {
        return text.placesIn(headline).size() == 1
                && !text.claimsIn(headline).isEmpty()
                && mentions.stream()
                        .anyMatch(other -> other.name().equalsIgnoreCase(mention.name())
                                && text.dateline(other, document.sentenceAt(other.first())));
    }

    /** Words between a preposition and a name. */
    private boolean passedOver(int p) {
        return (document.has(p, Tag.BETWEEN) && !document.token(p).shouted())
                || (document.is(p, "around") && document.is(p - 1, "and"))
                || (document.is(p, "and") && document.is(p + 1, "around"))
                || (document.is(p, "of")
                        && (document.is(p - 1, "towns")
                                || document.is(p - 1, "cities")
                                || document.is(p - 1, "communities")
                                || document.is(p - 1, "city")
                                || document.is(p - 1, "town")
                                || document.is(p - 1, "counties")
                                || document.is(p - 1, "state")
                                || document.is(p - 1, "parts")));
    }

    /** Whether the name stands among countries: a list of nationalities. */
    private boolean nationality(int m) {
        int countries = 0;
        for (int k = text.groupFirst(m);
                k < mentions.size() && mentions.get(k).list() == mentions.get(m).list();
                k++) {
            if (mentions.get(k).type() == NameType.COUNTRY) {
                countries++;
            }
        }
        if (countries == 0) {
            return false;
        }
        // "Arrests in Europe: 75 people in Sweden": a country counts only when arrests are counted in it.
        PlaceMention mention = mentions.get(m);
        boolean counted = document.is(mention.first() - 1, "in")
                || (document.is(mention.first() - 1, "the") && document.is(mention.first() - 2, "in"));
        return !counted || (countries > 1 && !document.in(mention.first() - 2, Tag.PERSON) && !numberBefore(mention));
    }

    private boolean numberBefore(PlaceMention mention) {
        for (NumberMention number : text.numbersIn(document.sentenceAt(mention.first()))) {
            if (number.count() && number.nounEnd() <= mention.first() && mention.first() - number.nounEnd() <= 2) {
                return true;
            }
        }
        return false;
    }

    private boolean bracket(PlaceMention mention, NumberMention number) {
        return number.bracketed() || (document.is(mention.end(), ":") && number.from() == mention.end() + 1);
    }

    private boolean happenedBefore(Sentence sentence, int first) {
        boolean colon = document.is(first - 1, ":")
                || document.is(first - 1, "–")
                || (document.is(first - 1, "-") && document.token(first - 1).spaced());
        boolean origin = false;
        for (int back = 2; back <= 5; back++) {
            origin |= document.is(first - back, "from");
        }
        if (colon && first - sentence.first() > 2) {
            return !origin
                    && (workBefore(sentence, first)
                            || document.any(sentence.first(), first, Tag.HAPPENED)
                            || (document.any(sentence.first(), first, Tag.ARREST_VERB) && sentence.body())
                            || document.any(sentence.first(), first, Tag.TALLY));
        }
        for (int i = Math.max(sentence.first(), first - 9); i < first; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.HAPPENED);
            if (hit == null) {
                continue;
            }
            boolean near = true;
            for (int k = i + hit.length(); k < first; k++) {
                String word = document.lower(k);
                near &= word.equals(":")
                        || word.equals("in")
                        || word.equals("were")
                        || word.equals("six")
                        || word.equals("states")
                        || word.equals("across")
                        || word.equals("throughout")
                        || word.equals("counties")
                        || passedOver(k)
                        || document.token(k).number() >= 0
                        || document.has(k, Tag.UNIT);
            }
            // "a joint effort of the sheriff and the cities of Prichard and Foley": who, and not where.
            int before = document.is(i - 1, "the") ? i - 2 : i - 1;
            if (document.is(i + 1, "of")
                    && document.is(before, "and")
                    && document.any(sentence.first(), i, Tag.OFFICE)) {
                return false;
            }
            boolean listWord = hit.length() == 1
                    && (document.is(i, "counties")
                            || document.is(i, "parishes")
                            || document.is(i, "communities")
                            || document.is(i, "states"));
            if (near && (!listWord || document.is(first - 1, "of") || document.is(first - 1, ":"))) {
                return true;
            }
        }
        return false;
    }

    /** "served warrants at plants in six towns: A, B and C. About 680 people were detained". */
    private boolean workBefore(Sentence sentence, int first) {
        int next = document.sentenceIndex(sentence.first()) + 1;
        return sentence.body()
                && next < document.sentences().size()
                && AT_WORK.within(document, sentence.first(), first)
                && text.arrests(document.sentences().get(next));
    }

    /** "Denver and Philadelphia are expected to follow" */
    private boolean expected(PlaceMention head, Sentence sentence) {
        List<PlaceMention> list = text.listOf(head);
        int end = list.isEmpty() ? head.end() : list.get(list.size() - 1).end();
        boolean verb = document.is(end, "is") || document.is(end, "are");
        return head.first() - sentence.first() <= 1
                && verb
                && (document.is(end + 1, "expected") || document.is(end + 1, "next"))
                && end + 1 < sentence.end();
    }

    /** Whether arrests that were made are told of before: background in the announcement of a plan. */
    private boolean arrestsTold(Sentence sentence, int before) {
        for (int i = sentence.first(); i < before; i++) {
            boolean figure = document.is(i, "arrests") && (document.is(i - 1, "its") || document.is(i - 1, "their"));
            boolean past = document.is(i, "arrested") && (document.is(i - 1, "been") || document.is(i - 1, "were"));
            if (figure || past) {
                return true;
            }
        }
        return false;
    }

    /** "whose first phase was in California" */
    private boolean otherPhase(int preposition) {
        return document.is(preposition - 1, "was")
                && document.is(preposition - 2, "phase")
                && (document.is(preposition - 3, "first")
                        || document.is(preposition - 3, "earlier")
                        || document.is(preposition - 3, "previous")
                        || document.is(preposition - 3, "last"));
    }

    /** Whether the places of a list are offices: "six field offices made the arrests: Seattle, Denver". */
    private boolean listsOffices(Sentence sentence, int head) {
        boolean opens = document.is(head - 1, ":")
                || document.is(head - 1, "(")
                || document.is(head - 1, "are")
                || document.is(head - 1, "were")
                || document.is(head - 1, "in");
        for (int i = head - 1; opens && i >= sentence.first() && i >= head - 9; i--) {
            if (document.is(i, "offices")) {
                return true;
            }
        }
        return false;
    }
}
