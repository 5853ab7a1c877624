package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Tells at which of the named places arrests happened, which jurisdiction each is, and which figure belongs to it. */
final class PlaceReader {
    /** A row of the result before the figures of the whole release are known. */
    static final class Row {
        final PlaceMention mention;
        final String rule;

        @Nullable
        String state;

        @Nullable
        Jurisdiction jurisdiction;

        List<String> candidates = List.of();

        @Nullable
        NumberMention count;

        /** Whether the text states the figure for this place, and not for the release as a whole. */
        boolean attached;

        Row(PlaceMention mention, String rule) {
            this.mention = mention;
            this.rule = rule;
            this.state = mention.state();
        }
    }

    private final Document document;
    private final List<PlaceMention> mentions;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final Jurisdictions jurisdictions;
    private final List<PlaceMention> publisherMentions;
    private final Map<NumberMention, Claim> claimsByNumber = new HashMap<>();
    private final Map<Sentence, List<NumberMention>> numbersBySentence = new HashMap<>();
    private final Map<Sentence, List<PlaceMention>> placesBySentence = new HashMap<>();
    private final Map<Integer, List<PlaceMention>> membersByList = new HashMap<>();
    private boolean planned;
    private final Map<String, Double> stateWeights = new LinkedHashMap<>();
    private final Set<String> namedStates = new HashSet<>();

    PlaceReader(
            Document document,
            List<PlaceMention> mentions,
            List<NumberMention> numbers,
            List<Claim> claims,
            Jurisdictions jurisdictions,
            List<PlaceMention> publisherMentions) {
        this.document = document;
        this.mentions = mentions;
        this.numbers = numbers;
        this.claims = claims;
        this.jurisdictions = jurisdictions;
        this.publisherMentions = publisherMentions;
        for (Claim claim : claims) {
            claimsByNumber.put(claim.number(), claim);
        }
        for (NumberMention number : numbers) {
            numbersBySentence
                    .computeIfAbsent(document.sentenceAt(number.first()), key -> new ArrayList<>())
                    .add(number);
        }
        for (PlaceMention mention : mentions) {
            placesBySentence
                    .computeIfAbsent(document.sentenceAt(mention.first()), key -> new ArrayList<>())
                    .add(mention);
            membersByList
                    .computeIfAbsent(mention.list(), key -> new ArrayList<>())
                    .add(mention);
        }
    }

    List<Row> rows(Facts.Kind kind, @Nullable Claim total) {
        weighStates();
        weighPublisher();
        planned = kind == Facts.Kind.OPERATION_PLANNED;
        List<Row> rows = new ArrayList<>();
        if (kind == Facts.Kind.PROSECUTION || (kind == Facts.Kind.STATISTICS && total == null)) {
            districts(rows);
            return rows;
        }
        if (kind == Facts.Kind.OTHER || kind == Facts.Kind.REMOVAL || kind == Facts.Kind.POLICY_STATEMENT) {
            return rows;
        }
        for (int m = 0; m < mentions.size(); m++) {
            PlaceMention mention = mentions.get(m);
            NumberMention count = count(m);
            count = count == null || ofSites(count) || goal(count) ? null : count;
            String rule = role(m, count);
            if (rule != null) {
                Row row = new Row(mention, rule);
                row.count = count;
                row.attached = count != null;
                rows.add(row);
            }
        }
        boolean weak = rows.stream().allMatch(row -> row.rule.equals("place-of-event") && row.mention.state() == null);
        PlaceMention here = total == null ? null : here(total);
        if (here != null && total != null) {
            Row row = new Row(here, "place-here");
            row.count = total.number();
            rows.add(0, row);
        } else if (weak && (total != null || kind == Facts.Kind.ARREST_RESULTS)) {
            own(rows);
        }
        for (Row row : rows) {
            resolve(row);
        }
        majority(rows);
        merge(rows);
        rows.removeIf(row -> subsumed(row, rows) || besideArea(row, rows));
        if (total != null) {
            whole(rows, total);
        }
        return rows;
    }

    private boolean goal(NumberMention number) {
        Claim claim = claimOf(number);
        return claim != null && claim.role() == Claim.Role.GOAL;
    }

    // ---- roles

    private @Nullable String role(int m, @Nullable NumberMention count) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        if (sentence.role() == Sentence.Role.FURNITURE
                || sentence.role() == Sentence.Role.ASIDE
                || (unknown(mention) && !certain(sentence, mention))
                || mention.office()
                || mention.type() == NameType.DISTRICT
                || (count == null && dateline(mention, sentence))) {
            return null;
        }
        if (denied(sentence, mention.first()) || (mention.type() == NameType.STATE && describesTowns(mention))) {
            return null;
        }
        if (count != null && claimsCount(count) && !nationality(m)) {
            return "place-with-count";
        }
        if (mention.type() == NameType.COUNTRY) {
            return null;
        }
        int first = groupFirst(m);
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
            NumberMention other = k == m ? null : count(k);
            if (other != null && claimsCount(other) && bracket(mentions.get(k), other)) {
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
        if (happenedBefore(sentence, head.first()) || arrestsInEach(sentence, mention)) {
            return "place-list";
        }
        if (document.is(p, "from") && head.type() == NameType.STATE && custodyFrom(p, mention)) {
            return "place-from";
        }
        if (negative(sentence, head.first(), p)) {
            return null;
        }
        Lexicon.Hit preposition = p >= sentence.first() ? document.hit(p, Tag.PREPOSITION) : null;
        boolean locative = (preposition != null && preposition.value().isEmpty())
                || (document.is(p, "on") && head.type() == NameType.AREA);
        if (including(p, first, sentence)) {
            return "place-including";
        }
        if (sentence.headline()) {
            return headline(sentence, mention, p, locative);
        }
        if (sentence.bullet() && mention.first() - sentence.first() == 1 && sentence.end() == mention.end()) {
            return headingCount(sentence) == null ? null : "place-heading";
        }
        if (!locative) {
            return null;
        }
        if (p == sentence.first() || (p == sentence.first() + 1 && sentence.bullet())) {
            boolean arrests = document.any(head.end(), sentence.end(), Tag.ARREST_VERB)
                    || document.any(head.end(), sentence.end(), Tag.ARREST_NOUN);
            return arrests || sentence.bullet() ? "place-opening" : null;
        }
        return event(sentence, p, mention) ? "place-of-event" : null;
    }

    private boolean unknown(PlaceMention mention) {
        return mention.type() == NameType.CITY
                && mention.candidates().isEmpty()
                && mention.state() == null
                && listOf(mention).size() == 1;
    }

    /** Whether a name that no list knows can only be a town: a name, not a word, behind an arrest in the same sentence. */
    private boolean certain(Sentence sentence, PlaceMention mention) {
        String word = document.lower(mention.first());
        return sentence.body()
                && !Vocabulary.BUNDLED.word(word)
                && !Vocabulary.BUNDLED.name(word)
                && !Vocabulary.BUNDLED.acronym(word)
                && (document.any(sentence.first(), mention.first(), Tag.ARREST_VERB)
                        || document.any(sentence.first(), mention.first(), Tag.CUSTODY)
                        || contains(sentence.first(), mention.first(), "found"));
    }

    /** "The plants stand in six towns: A, B and C. People were detained in each of them". */
    private boolean arrestsInEach(Sentence sentence, PlaceMention mention) {
        int next = document.sentenceIndex(sentence.first()) + 1;
        if (listOf(mention).size() < 2 || next >= document.sentences().size()) {
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
        return all && arrests(behind);
    }

    /** "in six Missouri cities": the state only says which cities are meant. */
    private boolean describesTowns(PlaceMention mention) {
        return document.is(mention.end(), "cities")
                || document.is(mention.end(), "towns")
                || document.is(mention.end(), "communities");
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

    /** "were taken into custody, primarily from Georgia, Texas and North Carolina". */
    private boolean custodyFrom(int p, PlaceMention mention) {
        boolean several = listOf(mention).stream()
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
        return gap <= 1 && outer.first() >= sentence.first() && role(first - 1, count(first - 1)) != null;
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
            for (int i = p - 1; i >= sentence.first(); i--) {
                if (elsewhere(i, p)) {
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
        for (int k = groupFirst(m);
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
        for (NumberMention number : numbersIn(document.sentenceAt(mention.first()))) {
            if (number.count() && number.nounEnd() <= mention.first() && mention.first() - number.nounEnd() <= 2) {
                return true;
            }
        }
        return false;
    }

    private boolean bracket(PlaceMention mention, NumberMention number) {
        return number.bracketed() || (document.is(mention.end(), ":") && number.from() == mention.end() + 1);
    }

    /** The arrests of the line behind a line that is only a place's name. */
    private @Nullable NumberMention headingCount(Sentence heading) {
        int next = document.sentenceIndex(heading.first()) + 1;
        if (next >= document.sentences().size()) {
            return null;
        }
        Sentence below = document.sentences().get(next);
        for (Claim claim : claims) {
            if (claim.sentence().equals(below)) {
                return claim.number();
            }
        }
        return null;
    }

    private int groupFirst(int m) {
        int first = m;
        while (first > 0 && mentions.get(first - 1).list() == mentions.get(m).list()) {
            first--;
        }
        return first;
    }

    /** Whether the nearest cue left of the preposition is an arrest or an action, and not a home, a crime or an office. */
    private boolean event(Sentence sentence, int p, PlaceMention mention) {
        if (statesOfAction(sentence, mention)) {
            return true;
        }
        if (announced(sentence, p)) {
            return false;
        }
        for (int i = p - 1; i >= sentence.first(); i--) {
            boolean agency = mention.type() == NameType.AREA && document.is(p, "on");
            if (!agency && elsewhere(i, p)) {
                return livingAndArrested(i, mention, sentence);
            }
            boolean near = document.is(p, "near");
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
                // "He had been arrested in Hidalgo in 2016"
                return !(document.is(i - 1, "been") && document.is(i - 2, "had"));
            }
            if (document.is(i, ";")) {
                return false;
            }
        }
        int end = listEnd(mention);
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
                || (document.is(p, "in") && scene(sentence, p, mention));
    }

    /** Whether the words before a preposition speak of a home, a crime, a court, a journey or another time. */
    private boolean offScene(Sentence sentence, int p) {
        for (int i = sentence.first(); i < p; i++) {
            Lexicon.Hit elsewhere = document.hit(i, Tag.ELSEWHERE);
            if (document.has(i, Tag.OFF_SCENE)
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
                && !document.any(sentence.first(), p, Tag.EARLIER);
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

    private int listEnd(PlaceMention mention) {
        int end = mention.end();
        for (PlaceMention other : listOf(mention)) {
            if (other.list() == mention.list()) {
                end = Math.max(end, other.end());
            }
        }
        return end;
    }

    /** "During the operation officers worked with partners in Florida, Georgia and Alabama". */
    private boolean statesOfAction(Sentence sentence, PlaceMention mention) {
        int states = 0;
        for (PlaceMention other : listOf(mention)) {
            if (other.list() == mention.list() && other.type() == NameType.STATE) {
                states++;
            }
        }
        return states >= 3 && document.any(sentence.first(), sentence.end(), Tag.ACTION);
    }

    /** Whether token {@code i} says that the place is one of a home, a crime or an office. */
    private boolean elsewhere(int i, int p) {
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
            return end == p && !arrestedBy(i);
        }
        // "arrested a convicted felon in": the word describes the person; "at the court, in Brooklyn": the comma ends
        // it.
        boolean adjective = false;
        for (int k = i + 1; k < i + 8 && !adjective && !document.has(k, Tag.STOP); k++) {
            adjective = document.has(k, Tag.SINGULAR) || document.has(k, Tag.PERSON);
        }
        boolean verbal = document.lower(i).endsWith("ed");
        return !(verbal && adjective) && !document.is(i + 1, ",");
    }

    /** "arrested by ICE officers in Washoe County": who arrested stands between, and is no office there. */
    private boolean arrestedBy(int agency) {
        for (int i = agency - 1; i >= agency - 6; i--) {
            if (document.is(i, "by")) {
                return document.in(i - 1, Tag.ARREST_VERB) || document.in(i - 1, Tag.CUSTODY);
            }
        }
        return false;
    }

    /** "aliens living in Delaware were arrested". */
    private boolean livingAndArrested(int i, PlaceMention mention, Sentence sentence) {
        if (!(document.is(i, "living") || document.is(i, "residing")) || mention.type() != NameType.STATE) {
            return false;
        }
        int end = listEnd(mention);
        return document.any(end, Math.min(sentence.end(), end + 3), Tag.ARREST_VERB);
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
                    && (document.any(sentence.first(), first, Tag.HAPPENED)
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

    private boolean negative(Sentence sentence, int first, int p) {
        for (int i = Math.max(sentence.first(), first - 5); i < first; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.NOT_PLACE);
            if (hit == null) {
                continue;
            }
            int end = i + hit.length();
            if (end == first || (end >= p + 1 && end <= first)) {
                for (PlaceMention mention : mentions) {
                    if (mention.first() == first && livingAndArrested(i, mention, sentence)) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    private boolean dateline(PlaceMention mention, Sentence sentence) {
        if (mention.first() - sentence.first() > 8 || sentence.bullet()) {
            return false;
        }
        for (int i = mention.end(); i < Math.min(sentence.end(), mention.end() + 12); i++) {
            Token token = document.token(i);
            boolean dash = token.is("–")
                    || (token.is("-")
                            && token.spaced()
                            && i + 1 < sentence.end()
                            && document.token(i + 1).spaced());
            if (dash || (document.is(i, ":") && document.is(i - 1, ")"))) {
                return capitals(sentence.first(), i);
            }
            if (token.isWord() && !token.capital()) {
                return false;
            }
        }
        return false;
    }

    private boolean capitals(int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = document.token(i);
            if (token.isWord() && !token.capital() && !token.is("date")) {
                return false;
            }
        }
        return true;
    }

    // ---- counts

    /** Whether a number counts arrests: by its own words, or as a short form in a sentence or list that counts them. */
    private boolean claimsCount(NumberMention number) {
        Claim claim = claimOf(number);
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
        if (arrests(sentence) || document.any(sentence.first(), number.first(), Tag.TALLY)) {
            return true;
        }
        int index = document.sentenceIndex(number.first());
        for (int back = index - 1; back >= 0 && index - back <= 60; back--) {
            Sentence before = document.sentences().get(back);
            if (document.is(before.end() - 1, ":")) {
                return arrests(before) || document.any(before.first(), before.end(), Tag.TALLY);
            }
            if (!before.bullet() && before.end() - before.first() > 6) {
                // "Of these, 33 were in New Hampshire": the sentence before counts arrests.
                return index - back == 1 && arrests(before);
            }
        }
        return false;
    }

    private boolean arrests(Sentence sentence) {
        return document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN);
    }

    private @Nullable NumberMention count(int m) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        int end = mention.end();
        // "Buffalo, New York (92 arrests)", "Aurora: 11"
        for (NumberMention number : numbersIn(sentence)) {
            if (number.first() < sentence.first() || number.first() >= sentence.end() || !number.count()) {
                continue;
            }
            if (document.is(end, "(")
                    && number.from() == end + 1
                    && (document.is(number.end(), ")")
                            || number.unit() == Unit.ARREST
                            || number.unit() == Unit.PERSON)) {
                return number;
            }
            boolean comma = document.is(end, ",")
                    && number.from() == end + 1
                    && number.unit() == Unit.BARE
                    && (document.is(number.end(), ";")
                            || document.is(number.end(), ".")
                            || (document.is(number.end(), ",") && document.is(number.end() + 1, "and")))
                    && (document.any(sentence.first(), mention.first(), Tag.ARREST_NOUN)
                            || document.any(sentence.first(), mention.first(), Tag.TALLY));
            if (comma) {
                return number;
            }
            boolean pair = document.is(end, ":")
                    && number.from() == end + 1
                    && number.unit() == Unit.BARE
                    && (number.end() >= sentence.end()
                            || document.is(number.end(), ";")
                            || document.is(number.end(), ",")
                            || document.is(number.end(), "."));
            if (pair) {
                return number;
            }
            int behind = document.is(end, ",") ? end + 1 : end;
            // "State by state: Nebraska 61, Minnesota 52"
            boolean listed = document.any(sentence.first(), mention.first(), Tag.TALLY)
                    && contains(sentence.first(), mention.first(), ":");
            boolean gapped = (document.is(mention.first() - 1, "in") || listed)
                    && number.from() == behind
                    && number.unit() == Unit.BARE
                    && (number.end() >= sentence.end()
                            || document.is(number.end(), ";")
                            || document.is(number.end(), ".")
                            || document.is(number.end(), ",")
                            || document.is(number.end(), "and"))
                    && (arrests(sentence) || listed);
            if (gapped) {
                return number;
            }
            boolean shares = document.is(end, "for") && contains(sentence.first(), end, "accounted");
            boolean verb = (shares || document.is(end, "with") || document.is(end, "had") || document.is(end, "saw"))
                    && number.from() == end + 1
                    && (number.unit() == Unit.BARE || number.unit() == Unit.ARREST)
                    && arrests(sentence);
            // "Greenville County accounts for 71 of the 365 arrests"
            boolean share = number.unit() == Unit.PART
                    && number.from() == end + 2
                    && document.is(end + 1, "for")
                    && (document.is(end, "accounts") || document.is(end, "accounted"));
            // "The total to date for Milwaukee County is 117"
            boolean tally = number.unit() == Unit.BARE
                    && number.from() == end + 1
                    && (document.is(end, "is") || document.is(end, "was") || document.is(end, "reached"))
                    && document.any(sentence.first(), mention.first(), Tag.TALLY);
            // "Tulsa now stands at 77 of the 184"
            int stands = document.is(end, "now") ? end + 1 : end;
            boolean at = (document.is(stands, "stands") || document.is(stands, "stood"))
                    && document.is(stands + 1, "at")
                    && number.from() == stands + 2
                    && (number.unit() == Unit.BARE || number.unit() == Unit.PART || number.unit() == Unit.ARREST);
            if (verb || share || tally || at) {
                return number;
            }
            boolean line = mention.first() - sentence.first() <= 1
                    && number.from() == end + 1
                    && (document.is(end, ":")
                            || document.is(end, "-")
                            || document.is(end, "–")
                            || (document.is(end, ",") && sentence.bullet()))
                    && (sentence.end() - number.end() <= 3
                            || (number.unit() == Unit.ARREST
                                    && (document.is(number.nounEnd(), "(") || document.is(number.nounEnd(), ","))));
            if (line) {
                return number;
            }
        }
        if (sentence.bullet() && mention.first() - sentence.first() == 1 && sentence.end() == end) {
            return headingCount(sentence);
        }
        if (enumerated(m)) {
            return null;
        }
        NumberMention before = null;
        for (NumberMention number : numbersIn(sentence)) {
            if (number.end() <= mention.first() && number.first() >= sentence.first() && number.count()) {
                before = number;
            }
        }
        if (before != null && before.personal() && attached(before, mention)) {
            NumberMention share = shareOf(before, mention);
            return share == null ? before : share;
        }
        // "In Colorado, officers arrested 21"; "Detroit had 10 children and 18 pimps arrested"
        boolean had = mention.first() == sentence.first()
                || document.is(mention.first() - 1, ";")
                || document.is(mention.first() - 1, ",")
                || document.is(mention.first() - 1, "and");
        had &= (document.is(end, "has") && document.is(end + 1, "seen"))
                || document.is(end, "had")
                || document.is(end, "saw")
                || document.is(end, "led")
                || document.is(end, "accounted");
        int ahead = document.is(mention.first() - 1, "the") ? mention.first() - 2 : mention.first() - 1;
        if (document.in(ahead, Tag.PREPOSITION) || had) {
            for (NumberMention number : numbersIn(sentence)) {
                if (number.first() < end || number.first() >= sentence.end()) {
                    continue;
                }
                if (placeBetween(end, number.first()) || document.is(number.from() - 1, ";")) {
                    break;
                }
                Claim claim = claimOf(number);
                if (claim != null) {
                    // "the number of arrests in South Carolina has risen to 365"
                    boolean opening =
                            claim.rule().equals(ArrestReader.RISE) || had || mention.first() - sentence.first() <= 2;
                    return opening ? number : null;
                }
                if (!document.is(end, ",") && number.count() && number.unit() == Unit.BARE) {
                    break;
                }
            }
        }
        return null;
    }

    /** "two of its sites, one in Sandusky and one in Castalia": places are counted, and no persons. */
    private boolean ofSites(NumberMention number) {
        if (number.value() != 1 || number.unit() != Unit.BARE || !document.is(number.end(), "in")) {
            return false;
        }
        NumberMention whole = null;
        for (NumberMention other : numbersIn(document.sentenceAt(number.first()))) {
            if (other.first() < number.first() && other.count() && other.value() > 1) {
                whole = other;
            }
        }
        return whole != null
                && (whole.unit() == Unit.THING
                        || (whole.unit() == Unit.PART && document.any(whole.end(), whole.end() + 4, Tag.THING)));
    }

    private boolean contains(int from, int to, String word) {
        for (int i = from; i < to; i++) {
            if (document.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Claim claimOf(NumberMention number) {
        return claimsByNumber.get(number);
    }

    /** The numbers of a sentence. */
    private List<NumberMention> numbersIn(Sentence sentence) {
        return numbersBySentence.getOrDefault(sentence, List.of());
    }

    /** The members of the enumeration that a mention stands in, itself included. */
    private List<PlaceMention> listOf(PlaceMention mention) {
        return membersByList.getOrDefault(mention.list(), List.of());
    }

    private boolean placeBetween(int from, int to) {
        if (from >= document.size()) {
            return false;
        }
        for (PlaceMention other : placesBySentence.getOrDefault(document.sentenceAt(from), List.of())) {
            if (other.first() >= from && other.first() < to && other.type() != NameType.COUNTRY) {
                return true;
            }
        }
        return false;
    }

    private boolean enumerated(int m) {
        int list = mentions.get(m).list();
        return (m > 0
                        && mentions.get(m - 1).list() == list
                        && !numberBetween(
                                mentions.get(m - 1).end(), mentions.get(m).first()))
                || (m + 1 < mentions.size()
                        && mentions.get(m + 1).list() == list
                        && !numberBetween(
                                mentions.get(m).end(), mentions.get(m + 1).first()));
    }

    private boolean numberBetween(int from, int to) {
        if (from >= document.size()) {
            return false;
        }
        for (NumberMention number : numbersIn(document.sentenceAt(from))) {
            if (number.first() >= from && number.first() < to && number.count()) {
                return true;
            }
        }
        return false;
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
        for (NumberMention number : numbersIn(document.sentenceAt(mention.first()))) {
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
        boolean onIsland = document.is(p, "on") && island(mention);
        if (!onIsland && (preposition == null || !preposition.value().isEmpty())) {
            return false;
        }
        boolean ofThem = number.unit() == Unit.PART
                && (document.is(number.nounEnd(), "them")
                        || document.is(number.nounEnd(), "whom")
                        || document.is(number.nounEnd(), "those"));
        if (claimOf(number) == null && number.unit() != Unit.BARE && number.unit() != Unit.PERSON && !ofThem) {
            return false;
        }
        int gap = p - number.nounEnd();
        // "The five arrests in Wyoming were all made in Jackson"
        boolean all = document.is(p - 1, "all") || (document.is(p - 1, "made") && document.is(p - 2, "all"));
        if (gap > 7 || (!all && placeBetween(number.end(), mention.first()))) {
            return false;
        }
        for (int i = number.nounEnd(); i < p; i++) {
            if (document.is(i, "those") && document.is(i - 1, "and")) {
                return false;
            }
            if (document.is(i, ";")
                    || document.is(i, ".")
                    || (document.in(i, Tag.NOT_PLACE) && !document.in(i, Tag.ARREST_VERB) && !arrestedBy(i))
                    || document.is(i, "office")
                    || document.in(i, Tag.CATEGORY)) {
                return false;
            }
        }
        return true;
    }

    /** "Denver and Philadelphia are expected to follow" */
    private boolean expected(PlaceMention head, Sentence sentence) {
        List<PlaceMention> list = listOf(head);
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

    private static boolean island(PlaceMention mention) {
        String name = mention.name().toLowerCase(Locale.ROOT);
        return name.endsWith(" island") || name.endsWith(" islands");
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

    // ---- resolution

    private void weighStates() {
        for (PlaceMention mention : mentions) {
            Sentence sentence = document.sentenceAt(mention.first());
            String state = mention.state();
            if (state == null
                    && mention.type() == NameType.STATE
                    && !mention.states().isEmpty()) {
                state = mention.states().get(0);
            }
            if (sentence.role() == Sentence.Role.ASIDE || mention.type() == NameType.COUNTRY) {
                continue;
            }
            if (state == null) {
                List<String> possible = mention.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .toList();
                if (!possible.isEmpty() && possible.size() <= 6) {
                    possible.forEach(one -> stateWeights.merge(one, 1.2 / possible.size(), Double::sum));
                }
                String large = largest(mention);
                if (large != null) {
                    stateWeights.merge(
                            large, sentence.headline() || dateline(mention, sentence) ? 1.5 : 0.7, Double::sum);
                }
                continue;
            }
            namedStates.add(state);
            double weight = sentence.headline() ? 4 : dateline(mention, sentence) ? 2.5 : mention.office() ? 1.5 : 2;
            if (negative(sentence, mention.first(), mention.first() - 1)) {
                weight = 0.5;
            }
            stateWeights.merge(state, weight, Double::sum);
        }
    }

    /**
     * A name in a long enumeration of which nearly all others are in one state is in that state too, also when the
     * gazetteer does not know it there.
     */
    private void majority(List<Row> rows) {
        for (Row row : rows) {
            if (row.mention.type() != NameType.CITY || row.mention.state() != null) {
                continue;
            }
            Map<String, Integer> states = new LinkedHashMap<>();
            int members = 0;
            for (Row other : rows) {
                if (!other.equals(row) && other.mention.list() == row.mention.list() && other.state != null) {
                    states.merge(other.state, 1, Integer::sum);
                    members++;
                }
            }
            for (Map.Entry<String, Integer> entry : states.entrySet()) {
                String state = entry.getKey();
                if (members >= 4 && entry.getValue() * 10 >= members * 8 && !state.equals(row.state)) {
                    row.state = state;
                    row.candidates = List.of();
                    row.jurisdiction = row.mention.candidates().stream()
                            .filter(candidate -> candidate.state().equals(state))
                            .findFirst()
                            .orElse(null);
                }
            }
        }
    }

    /** The publisher's own places count a little ("Charleston Gazette" for a county of West Virginia). */
    private void weighPublisher() {
        for (PlaceMention mention : publisherMentions) {
            String state = mention.state();
            if (state != null) {
                stateWeights.merge(state, 1.5, Double::sum);
            } else if (mention.type() != NameType.COUNTRY) {
                List<String> possible = mention.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .toList();
                possible.forEach(one -> stateWeights.merge(one, 0.8 / possible.size(), Double::sum));
            }
        }
    }

    /** The state of the one well-known jurisdiction of a name; null when none stands out. */
    private static @Nullable String largest(PlaceMention mention) {
        if (mention.candidates().isEmpty() || mention.type() == NameType.COUNTY) {
            return null;
        }
        Jurisdiction largest = mention.candidates().get(0);
        long population = largest.population() == null ? 0 : largest.population();
        long second = 0;
        for (Jurisdiction candidate : mention.candidates()) {
            if (!candidate.state().equals(largest.state())) {
                second = candidate.population() == null ? 0 : candidate.population();
                break;
            }
        }
        return population >= 100_000 && population > 3 * second ? largest.state() : null;
    }

    /** The one state that the text speaks of; null when it speaks of none or of several. */
    private @Nullable String dominant() {
        String best = documentState();
        if (best == null || stateWeights.getOrDefault(best, 0.0) < 4) {
            return null;
        }
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            if (!entry.getKey().equals(best) && entry.getValue() * 2 > stateWeights.getOrDefault(best, 0.0)) {
                return null;
            }
        }
        return best;
    }

    private @Nullable String documentState() {
        String best = null;
        double most = 0;
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    private void resolve(Row row) {
        PlaceMention mention = row.mention;
        if (mention.type() == NameType.STATE) {
            row.state = mention.state();
            row.jurisdiction = mention.candidates().get(0);
            return;
        }
        if (mention.type() == NameType.COUNTRY || mention.type() == NameType.DISTRICT) {
            return;
        }
        List<Jurisdiction> candidates = mention.candidates();
        String state = mention.state();
        if (state == null && mention.type() == NameType.AREA && candidates.isEmpty()) {
            return;
        }
        if (state == null) {
            state = stateFor(row, candidates);
        }
        row.state = state;
        if (mention.type() == NameType.AREA) {
            return;
        }
        List<Jurisdiction> fitting = new ArrayList<>();
        for (Jurisdiction candidate : candidates) {
            if (state != null && candidate.state().equals(state)) {
                fitting.add(candidate);
            }
        }
        if (!fitting.isEmpty()) {
            row.jurisdiction = jurisdictions.find(fitting.get(0).id()).orElse(fitting.get(0));
        } else if (state == null) {
            row.candidates = candidates.stream().map(Jurisdiction::id).limit(12).toList();
        }
    }

    /**
     * The state of a name that the text gives no state to: of those in which the name exists, the one that the text
     * speaks of most, the other names of its enumeration and the size of the jurisdiction counted in. Null when nothing
     * speaks for any.
     */
    private @Nullable String stateFor(Row row, List<Jurisdiction> candidates) {
        PlaceMention mention = row.mention;
        int sentence = document.sentenceIndex(mention.first());
        // An enumeration over several states says nothing about a member that names none: there the size decides.
        boolean several = listOf(mention).stream()
                        .filter(other -> other.list() == mention.list() && other.state() != null)
                        .map(PlaceMention::state)
                        .distinct()
                        .count()
                > 1;
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            weights.merge(entry.getKey(), entry.getValue() * (several ? 0.2 : 1), Double::sum);
        }
        Sentence own = document.sentences().get(sentence);
        for (PlaceMention other : placesBySentence.getOrDefault(own, List.of())) {
            if (several) {
                break;
            }
            if (other.state() != null) {
                weights.merge(other.state(), 2.0, Double::sum);
            }
            if (other.list() == mention.list() && !other.equals(mention) && other.state() == null) {
                String large = largest(other);
                if (large != null) {
                    weights.merge(large, 0.5, Double::sum);
                    continue;
                }
                other.candidates().stream()
                        .map(Jurisdiction::state)
                        .distinct()
                        .forEach(state -> weights.merge(state, 0.5, Double::sum));
            }
        }
        if (candidates.isEmpty()) {
            String best = null;
            double most = 1.5;
            for (Map.Entry<String, Double> entry : weights.entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    best = entry.getKey();
                }
            }
            return best;
        }
        String known = mention.type() == NameType.CITY ? largest(mention) : null;
        if (known != null
                && candidates.stream()
                        .allMatch(candidate ->
                                candidate.state().equals(known) || !namedStates.contains(candidate.state()))) {
            return known;
        }
        String dominant = dominant();
        boolean elsewhere = dominant != null
                && mention.type() == NameType.CITY
                && candidates.stream()
                        .noneMatch(candidate -> candidate.state().equals(dominant)
                                || stateWeights.getOrDefault(candidate.state(), 0.0) >= 1.5
                                || (candidate.population() != null && candidate.population() > 60_000));
        if (elsewhere) {
            return dominant;
        }
        String best = null;
        double most = 0;
        double second = 0;
        for (Jurisdiction candidate : candidates) {
            long population = candidate.population() == null ? 0 : candidate.population();
            double size = mention.type() == NameType.COUNTY ? 1.0 : 0.8;
            double weight = weights.getOrDefault(candidate.state(), 0.0) + size * Math.log10(population + 10.0);
            if (candidate.state().equals(best)) {
                most = Math.max(most, weight);
            } else if (weight > most) {
                second = most;
                most = weight;
                best = candidate.state();
            } else {
                second = Math.max(second, weight);
            }
        }
        boolean only = candidates.size() == 1 && most > 3;
        double clear = mention.type() == NameType.COUNTY ? 0.1 : 0.35;
        return only || most - second > clear ? best : null;
    }

    // ---- rows

    /**
     * Whether the row and another speak of one scope under two names: the city in the headline and "the Charlotte area"
     * in the body, or "San Diego-area" in the headline and the county in the body. The body's name stays.
     */
    private boolean besideArea(Row row, List<Row> rows) {
        boolean headline = document.sentenceAt(row.mention.first()).headline();
        if (headline
                && row.mention.type() == NameType.STATE
                && row.mention.name().equals("New York")) {
            // "in New York" above "in New York City, Long Island and the Hudson Valley"
            String city = row.mention.name() + " City";
            boolean ownFigure = row.count != null && claimOf(row.count) == null;
            return !ownFigure
                    && rows.stream().anyMatch(other -> other.mention.name().equals(city));
        }
        if (!headline || (row.mention.type() != NameType.CITY && row.mention.type() != NameType.AREA)) {
            return false;
        }
        String base = base(row.mention);
        for (Row other : rows) {
            boolean body = !document.sentenceAt(other.mention.first()).headline();
            boolean pair = row.mention.type() == NameType.CITY
                    ? other.mention.type() == NameType.AREA
                    : other.mention.type() == NameType.COUNTY;
            if (body && pair && !other.equals(row) && base(other.mention).equals(base)) {
                return true;
            }
        }
        return false;
    }

    private boolean among(Sentence sentence) {
        for (int i = sentence.first(); i < sentence.end(); i++) {
            if (document.is(i, "among")) {
                return true;
            }
        }
        return false;
    }

    private static String base(PlaceMention mention) {
        String name = mention.name().toLowerCase(Locale.ROOT);
        for (String word : new String[] {
            "greater ", "metropolitan ", "metro ", " area", " county", " region", " metro", " metropolitan"
        }) {
            name = name.replace(word, "");
        }
        return name.strip();
    }

    /** Whether a lone state without a figure of its own only frames the cities or counties that are named in it. */
    private boolean subsumed(Row row, List<Row> rows) {
        if (row.mention.type() != NameType.STATE) {
            return false;
        }
        boolean inside = false;
        boolean sameCount = false;
        for (Row other : rows) {
            if (other.mention.list() == row.mention.list() && !other.equals(row)) {
                return false;
            }
            boolean place = other.mention.type() == NameType.CITY || other.mention.type() == NameType.COUNTY;
            if (place && row.state != null && row.state.equals(other.state)) {
                inside = true;
                sameCount |= other.count != null && row.count != null && other.count.value() == row.count.value();
            }
        }
        Sentence sentence = document.sentenceAt(row.mention.first());
        boolean headlineFigure = false;
        for (Claim claim : claims) {
            headlineFigure |= sentence.headline() && claim.sentence().equals(sentence) && claim.main();
        }
        return inside && (row.count == null || sameCount) && !headlineFigure;
    }

    private static String key(PlaceMention mention, @Nullable String state) {
        return mention.type() + "|"
                + mention.name()
                        .toLowerCase(Locale.ROOT)
                        .replace(" county", "")
                        .replace(" parish", "")
                        .replace(" area", "")
                        .replace("metropolitan", "")
                        .replace("metro ", "")
                        .replace("greater", "")
                        .strip()
                + "|" + (state == null ? "" : state);
    }

    private void merge(List<Row> rows) {
        Map<String, Row> seen = new LinkedHashMap<>();
        for (Row row : rows) {
            Jurisdiction jurisdiction = row.jurisdiction;
            String key = jurisdiction != null && jurisdiction.level().equals("district")
                    ? jurisdiction.id()
                    : key(row.mention, row.state);
            Row first = seen.putIfAbsent(key, row);
            if (first != null && first.count == null) {
                first.count = row.count;
                first.attached = row.attached;
            }
        }
        rows.clear();
        rows.addAll(seen.values());
    }

    /**
     * Judicial districts of a release about charges: those that are named, those that an enumeration behind "U.S.
     * Attorneys for" stands for, and without either the one of the state that the release of an attorney's office is about.
     */
    private void districts(List<Row> rows) {
        boolean attorney = false;
        for (PlaceMention mention : mentions) {
            if (dateline(mention, document.sentenceAt(mention.first()))) {
                continue;
            }
            if (mention.type() == NameType.DISTRICT) {
                rows.add(new Row(mention, "district"));
            } else if (mention.state() != null
                    && (mention.type() == NameType.STATE || mention.type() == NameType.AREA)
                    && attorneysFor(mention)) {
                rows.add(new Row(asDistrict(mention), "district-of-attorney"));
            }
        }
        for (int i = 0; i < document.size() && !attorney; i++) {
            attorney = (document.is(i, "attorney") && document.is(i + 1, "office")) || document.is(i, "prosecutors");
        }
        if (rows.isEmpty()) {
            for (PlaceMention mention : publisherMentions) {
                if (mention.type() == NameType.DISTRICT) {
                    rows.add(new Row(mention, "district-of-publisher"));
                }
            }
        }
        String state = documentState();
        if (rows.isEmpty() && attorney && state != null) {
            for (PlaceMention mention : mentions) {
                if (mention.type() == NameType.STATE
                        && state.equals(mention.state())
                        && !dateline(mention, document.sentenceAt(mention.first()))) {
                    rows.add(new Row(asDistrict(mention), "district-of-state"));
                    break;
                }
            }
        }
        merge(rows);
    }

    /** The dateline's place when the sentence of the total says that it happened "here". */
    private @Nullable PlaceMention here(Claim total) {
        for (Sentence sentence : document.sentences()) {
            if (!sentence.body()) {
                continue;
            }
            boolean same = sentence.equals(total.sentence());
            boolean restates = false;
            for (Claim claim : claims) {
                restates |= claim.sentence().equals(sentence) && claim.value() == total.value();
            }
            if (!same && !restates) {
                continue;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                boolean action = document.in(i - 1, Tag.ACTION) || document.in(i - 1, Tag.ARREST_VERB);
                boolean town = document.is(i, "this") && document.is(i - 1, "in") && document.any(i, i + 7, Tag.TOWN);
                if ((document.is(i, "here") && action) || town) {
                    for (PlaceMention mention : mentions) {
                        if (dateline(mention, document.sentenceAt(mention.first()))
                                && mention.type() == NameType.CITY) {
                            return mention;
                        }
                    }
                }
            }
            return null;
        }
        return null;
    }

    private boolean attorneysFor(PlaceMention mention) {
        int first = mention.first();
        for (PlaceMention other : listOf(mention)) {
            if (other.list() == mention.list()) {
                first = Math.min(first, other.first());
            }
        }
        return document.is(first - 1, "for")
                && (document.is(first - 2, "attorneys") || document.is(first - 2, "attorney"));
    }

    /** The district that "Western Texas" or "Arizona" stands for among districts. */
    private PlaceMention asDistrict(PlaceMention mention) {
        String name = mention.name();
        int space = name.indexOf(' ');
        boolean part = mention.type() == NameType.AREA && space > 0;
        String district =
                part ? name.substring(0, space) + " District of " + name.substring(space + 1) : "District of " + name;
        return mention.asDistrict(district);
    }

    /** A sheriff's or police department's own action implies its county or city. */
    private void own(List<Row> rows) {
        for (PlaceMention mention : mentions) {
            boolean force = document.has(mention.end(), Tag.FORCE);
            boolean early = document.sentenceIndex(mention.first()) <= 3;
            if (force && early && (mention.type() == NameType.COUNTY || mention.type() == NameType.CITY)) {
                Row own = new Row(mention, "place-of-force");
                resolve(own);
                for (Row row : rows) {
                    resolve(row);
                    if (row.jurisdiction != null && own.state != null && own.state.equals(row.state)) {
                        return;
                    }
                }
                rows.clear();
                rows.add(new Row(mention, "place-of-force"));
                return;
            }
        }
        String state = documentState();
        if (state == null || !rows.isEmpty()) {
            return;
        }
        boolean statewide = statewide();
        for (PlaceMention mention : mentions) {
            Sentence sentence = document.sentenceAt(mention.first());
            if (mention.type() == NameType.STATE
                    && state.equals(mention.state())
                    && (sentence.headline()
                            || (document.is(mention.first() - 1, "of") && document.is(mention.first() - 2, "state"))
                            || (statewide && sentence.role() != Sentence.Role.FURNITURE))) {
                for (PlaceMention member : mentions) {
                    if (member.list() == mention.list() && member.type() == NameType.STATE) {
                        rows.add(new Row(member, "place-statewide"));
                    }
                }
                return;
            }
        }
    }

    private boolean statewide() {
        for (int i = 0; i < document.size(); i++) {
            if (document.is(i, "statewide")
                    || (document.is(i, "state")
                            && document.is(i - 1, "the")
                            && (document.is(i - 2, "across")
                                    || document.is(i - 2, "throughout")
                                    || document.is(i - 2, "around")))) {
                return true;
            }
        }
        return false;
    }

    /** The release's own scope gets the total when no figure is stated for it. */
    private void whole(List<Row> rows, Claim total) {
        for (Row row : rows) {
            NumberMention count = row.count;
            if (count == null) {
                continue;
            }
            if (count.value() == total.value()) {
                return;
            }
            Claim claim = claimOf(count);
            boolean rounded = claim != null
                    && claim.main()
                    && count.qualifier() != Qualifier.EXACT
                    && Math.abs(count.value() - total.value()) < 0.35 * total.value();
            if (rounded) {
                row.count = total.number();
                return;
            }
        }
        Row scope = null;
        for (Row row : rows) {
            if (row.mention.type() == NameType.COUNTRY) {
                continue;
            }
            Sentence sentence = document.sentenceAt(row.mention.first());
            boolean alone = true;
            for (Row other : rows) {
                alone &= other == row || other.mention.list() != row.mention.list();
            }
            boolean otherFigure = false;
            for (NumberMention number : numbers) {
                boolean same = document.sentenceIndex(number.first()) == document.sentenceIndex(sentence.first());
                otherFigure |= same
                        && number.count()
                        && (number.unit() == Unit.PERSON || number.unit() == Unit.ARREST)
                        && Math.abs(number.value() - total.value()) > 0.35 * total.value()
                        && number.nounEnd() <= row.mention.first();
            }
            if (otherFigure && !among(sentence)) {
                continue;
            }
            boolean head = sentence.headline()
                    || document.sentenceIndex(sentence.first())
                            <= document.sentenceIndex(total.number().first())
                    || sentence.equals(total.sentence());
            if (alone && row.count == null && (head || rows.size() == 1)) {
                scope = row;
                break;
            }
            if (!alone) {
                break;
            }
        }
        if (scope != null) {
            scope.count = total.number();
        }
    }
}
