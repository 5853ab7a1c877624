package org.surgewire.ingest.extract;

import java.util.List;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Tells from the words of a sentence whether its place is one of the event, or one of a home, a crime, an office or another time. */
final class EventScene {
    private static final Phrases ANOTHER_EVENT = Wording.of("another-event");
    private static final Phrases RESPONSIBLE_FOR = Wording.of("responsible-for");
    private static final Phrases WANTED = Wording.of("wanted");
    private static final Phrases COPULA = Wording.of("copula");
    private static final Phrases OFFICERS = Wording.of("officers");
    private static final Phrases AT_WORK = Wording.of("officers-at-work");

    /** A date this many tokens from a place, or nearer, is the day of what happened there. */
    private static final int BESIDE = 6;

    private final Document document;
    private final PlaceText text;
    private final boolean planned;
    private final boolean prosecution;
    private final OtherDays otherDays;

    /**
     * @param kind of the release
     * @param otherDays which dates are of another event
     */
    EventScene(PlaceText text, Facts.Kind kind, OtherDays otherDays) {
        this.otherDays = otherDays;
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
        this.prosecution = kind == Facts.Kind.PROSECUTION;
        this.document = text.document();
        this.text = text;
    }

    /** Whether the sentence, or a date beside the place, says that what happened there was another event. */
    boolean anotherEvent(Sentence sentence, PlaceMention mention) {
        if (ANOTHER_EVENT.within(document, sentence.first(), sentence.end()) || earlierFigures(sentence)) {
            return true;
        }
        int end = text.listEnd(mention);
        for (DateMention date : otherDays.in(sentence)) {
            boolean opening = date.first() - sentence.first() <= 1 && mention.first() - date.end() <= 2 * BESIDE;
            boolean behind = date.first() >= end && date.first() - end <= BESIDE;
            boolean before = date.end() <= mention.first() && mention.first() - date.end() <= BESIDE;
            if (opening || behind || before) {
                return true;
            }
        }
        return false;
    }

    /** Whether all figures of a sentence are of an earlier time. */
    private boolean earlierFigures(Sentence sentence) {
        List<Claim> figures = text.claimsIn(sentence);
        return sentence.body()
                && !figures.isEmpty()
                && figures.stream().allMatch(claim -> claim.role() == Claim.Role.EARLIER && !claim.toDate());
    }

    /** "The sector covers Vermont and New Hampshire". */
    boolean onlyCovered(Sentence sentence, int first) {
        return RESPONSIBLE_FOR.within(document, sentence.first(), first)
                && !document.any(sentence.first(), first, Tag.ARREST_VERB);
    }

    /** Whether the nearest cue left of the preposition is an arrest or an action, and not a home, a crime or an office. */
    boolean event(Sentence sentence, int p, PlaceMention mention) {
        if (statesOfAction(sentence, mention)) {
            return true;
        }
        if (announced(sentence, p)) {
            return false;
        }
        if (officersThere(sentence, p, mention) || (consumed(p) && text.arrests(sentence))) {
            return true;
        }
        for (int i = p - 1; i >= sentence.first(); i--) {
            boolean agency = mention.type() == NameType.AREA && document.is(p, "on");
            if (!agency && elsewhere(i, p)) {
                return livingAndArrested(i, mention, sentence);
            }
            boolean near = document.is(p, "near") && !text.arrests(sentence);
            boolean dated = document.in(i, Tag.ACTION)
                    && (document.has(i - 1, Tag.MONTH)
                            || document.is(i - 1, "last")
                            || document.is(i - 1, "earlier")
                            || document.is(i - 1, "previous"));
            if (dated) {
                // "after the January raids in Kern County"
                return false;
            }
            if (document.in(i, Tag.ARREST_VERB)
                    || document.in(i, Tag.CUSTODY)
                    || (!near && document.in(i, Tag.ARREST_NOUN))
                    || (!near && document.in(i, Tag.ACTION))) {
                // "He had been arrested in Hidalgo in 2016"; those who are charged had all been arrested before.
                return prosecution || !(document.is(i - 1, "been") && document.is(i - 2, "had"));
            }
            boolean is = (document.is(i, "a") || document.is(i, "an")) && COPULA.endsAt(document, i - 1);
            if (document.is(i, ";") || is) {
                return false;
            }
        }
        int end = text.listEnd(mention);
        boolean behind = document.any(end, Math.min(sentence.end(), end + 5), Tag.ARREST_VERB)
                || (document.any(end, Math.min(sentence.end(), end + 3), Tag.ACTION)
                        && document.in(sentence.end() - 2, Tag.ACTION));
        // "The doors that officers went through were in Omaha", "22 of the arrests were in Bridgeport"
        boolean copula = document.is(p, "in")
                && (document.is(p - 1, "were") || document.is(p - 1, "was"))
                && kindOfAction(sentence, p);
        return behind
                || copula
                || (sentence.bullet() && document.is(p, "in"))
                || ((document.is(p, "in") || nearWork(sentence, p)) && scene(sentence, p, mention));
    }

    /** "wanted for murder in Honduras in Lexington": words of the crime belong to the place right before the preposition. */
    boolean consumed(int p) {
        return document.is(p, "in")
                && p > 0
                && text.placesIn(document.sentenceAt(p)).stream()
                        .anyMatch(other -> other.end() == p && other.type() == NameType.COUNTRY);
    }

    /** "agents in Vermont and New Hampshire apprehended 217": officers that acted where they are. */
    private boolean officersThere(Sentence sentence, int p, PlaceMention mention) {
        int end = text.listEnd(mention);
        return document.is(p, "in")
                && OFFICERS.endsAt(document, p - 1)
                && document.any(end, Math.min(sentence.end(), end + 2), Tag.ARREST_VERB);
    }

    /** Whether token {@code i} says that the place is one of a home, a crime or an office. */
    boolean elsewhere(int i, int p) {
        Lexicon.Hit hit = document.hit(i, Tag.ELSEWHERE);
        if (hit == null) {
            return false;
        }
        if (hit.value().equals("near")) {
            int end = i + hit.length();
            while (end < p
                    && (document.has(end, Tag.WEEKDAY)
                            || document.is(end, "morning")
                            || document.is(end, "afternoon"))) {
                end++;
            }
            return end == p && !text.arrestedBy(i);
        }
        // "arrested a convicted felon in": the word describes the person; "at the court, in Brooklyn": the comma ends
        // it.
        boolean adjective = false;
        for (int k = i + 1; k < i + 8 && !adjective && !document.has(k, Tag.STOP); k++) {
            adjective = document.has(k, Tag.SINGULAR) || document.has(k, Tag.PERSON);
        }
        // "arrested 68 people wanted for violent felonies in Rochester, Buffalo and Niagara Falls"
        boolean several = text.placesIn(document.sentenceAt(i)).stream()
                        .filter(place -> place.first() > p)
                        .limit(2)
                        .count()
                == 2;
        if (several && WANTED.at(document, i) && document.in(i - 1, Tag.PERSON)) {
            return false;
        }
        boolean verbal = document.lower(i).endsWith("ed");
        return !(verbal && adjective) && !document.is(i + 1, ",");
    }

    boolean negative(Sentence sentence, int first, int p) {
        for (int i = Math.max(sentence.first(), first - 5); i < first; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.NOT_PLACE);
            if (hit == null) {
                continue;
            }
            int end = i + hit.length();
            // "arrested by police in Toledo": who arrested, and where.
            boolean behindAgency = end >= p + 1 && end <= first && !text.arrestedBy(i);
            if (end == first || behindAgency) {
                for (PlaceMention mention : text.mentions()) {
                    if (mention.first() == first && livingAndArrested(i, mention, sentence)) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** "aliens living in Delaware were arrested". */
    private boolean livingAndArrested(int i, PlaceMention mention, Sentence sentence) {
        if (!(document.is(i, "living") || document.is(i, "residing")) || mention.type() != NameType.STATE) {
            return false;
        }
        int end = text.listEnd(mention);
        return document.any(end, Math.min(sentence.end(), end + 3), Tag.ARREST_VERB);
    }

    /** "were in a van that was stopped near Lake Worth Beach". */
    private boolean nearWork(Sentence sentence, int p) {
        return document.is(p, "near")
                && (AT_WORK.within(document, sentence.first(), sentence.end()) || text.arrests(sentence));
    }

    /** Whether the words before a preposition speak of a home, a crime, a court, a journey or another time. */
    private boolean offScene(Sentence sentence, int p) {
        for (int i = sentence.first(); i < p; i++) {
            Lexicon.Hit elsewhere = document.hit(i, Tag.ELSEWHERE);
            boolean meant = planned && (document.is(i, "will") || document.is(i, "would"));
            if ((document.has(i, Tag.OFF_SCENE) && !meant)
                    || (elsewhere != null && (elsewhere.value().isEmpty() || i + elsewhere.length() == p))) {
                return true;
            }
        }
        return false;
    }

    private boolean kindOfAction(Sentence sentence, int p) {
        return document.any(sentence.first(), p, Tag.OFFICER) && !offScene(sentence, p);
    }

    /** Whether officers acted or somebody was found in a city or county, in a sentence that tells nothing else of it. */
    private boolean scene(Sentence sentence, int p, PlaceMention mention) {
        return (mention.type() == NameType.CITY || mention.type() == NameType.COUNTY)
                && !offScene(sentence, p)
                && !document.any(sentence.first(), p, Tag.EARLIER)
                && work(sentence);
    }

    /** Whether a sentence tells of officers, of what they do, or of arrests; in a list of examples that goes without saying. */
    private boolean work(Sentence sentence) {
        return sentence.bullet()
                || planned
                || AT_WORK.within(document, sentence.first(), sentence.end())
                || document.any(sentence.first(), sentence.end(), Tag.OFFICER)
                || document.any(sentence.first(), sentence.end(), Tag.ACTION)
                || document.any(sentence.first(), sentence.end(), Tag.CUSTODY)
                || text.arrests(sentence);
    }

    /** Whether the sentence only says what will be done. */
    private boolean announced(Sentence sentence, int p) {
        for (int i = sentence.first(); i < p; i++) {
            if (document.is(i, "will") && !document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)) {
                return !planned;
            }
        }
        return false;
    }

    /** "During the operation officers worked with partners in Florida, Georgia and Alabama". */
    private boolean statesOfAction(Sentence sentence, PlaceMention mention) {
        int states = 0;
        for (PlaceMention other : text.listOf(mention)) {
            if (other.list() == mention.list() && other.type() == NameType.STATE) {
                states++;
            }
        }
        return states >= 3 && document.any(sentence.first(), sentence.end(), Tag.ACTION);
    }
}
