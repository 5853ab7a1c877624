package org.surgewire.ingest.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Finds names of places: states, counties, cities, regions, areas around cities, judicial districts and foreign
 * countries, with the states that the text gives them. It does not decide what happened there.
 *
 * <p>Names that stand in one enumeration share its number, and share what is written once for all of them: the state
 * behind the last ("Lynn, Malden and Revere, Massachusetts") and the word "counties".
 */
public final class PlaceFinder {
    private final PlaceIndex index;

    public PlaceFinder(Jurisdictions jurisdictions) {
        this.index = new PlaceIndex(jurisdictions);
    }

    /**
     * The mentions in the order of the text.
     *
     * @param taken tokens of other names (operations), in which no place is read
     */
    public List<PlaceMention> find(Document document, boolean[] taken) {
        List<PlaceMention> found = new ArrayList<>();
        int i = 0;
        while (i < document.size()) {
            PlaceMention mention = taken[i] ? null : at(document, i, taken);
            if (mention == null) {
                i++;
            } else {
                found.add(mention);
                i = mention.end();
            }
        }
        return enumerations(document, found);
    }

    /** The state of a postal code; null for an unknown code. */
    public @Nullable Jurisdiction state(String code) {
        return index.state(code);
    }

    private @Nullable PlaceMention at(Document document, int i, boolean[] taken) {
        PlaceMention district = district(document, i);
        if (district != null) {
            return district;
        }
        Token token = document.token(i);
        if (!token.isWord()) {
            return null;
        }
        // "southeastern New Mexico", "West Tennessee"; "greater Nashville area", "metro New Orleans"
        int head = i;
        PlaceIndex.Match match = token.capital() ? index.longest(document, i) : null;
        boolean compass = false;
        boolean around = false;
        if (match == null
                || match.length() == 1
                || (match.entry().state == null && match.entry().region.isEmpty())) {
            int compassWords = compassWords(document, i);
            if (compassWords > 0
                    && i + compassWords < document.size()
                    && document.token(i + compassWords).capital()) {
                PlaceIndex.Match behind = index.longest(document, i + compassWords);
                boolean known = match != null && match.length() > compassWords;
                if (behind != null
                        && ((behind.entry().state != null && !known)
                                || (!known && county(document, i + compassWords + behind.length())))) {
                    match = behind;
                    head = i + compassWords;
                    compass = true;
                }
            }
            if (!compass && around(token.lower()) && i + 1 < document.size()) {
                int name = document.is(i + 1, "the") ? i + 2 : i + 1;
                PlaceIndex.Match behind =
                        name < document.size() && document.token(name).capital() ? index.longest(document, name) : null;
                if (behind != null) {
                    match = behind;
                    head = name;
                    around = true;
                }
            }
        }
        if (match == null && ((token.is("dc") && token.shouted()) || token.is("d.c"))) {
            Jurisdiction dc = index.state("DC");
            List<Jurisdiction> candidates = dc == null ? List.of() : List.of(dc);
            return new PlaceMention(
                    i, i + 1, "Washington", NameType.CITY, "DC", candidates, List.of(), office(document, i + 1), 0);
        }
        if (match == null
                && token.dotted()
                && document.is(i - 1, "in")
                && index.code(token.lower()) != null
                && token.text().length() > 1) {
            // "9 arrested in La."
            String code = index.code(token.lower());
            Jurisdiction state = code == null ? null : index.state(code);
            if (state != null && code != null && code.equals("DC")) {
                return new PlaceMention(
                        i, i + 1, "Washington", NameType.CITY, code, List.of(state), List.of(), false, 0);
            }
            if (state != null && code != null) {
                return new PlaceMention(
                        i, i + 1, state.name(), NameType.STATE, code, List.of(state), List.of(code), false, 0);
            }
        }
        if (match == null
                || !document.token(head).capital()
                || document.sentenceIndex(head) != document.sentenceIndex(head + match.length() - 1)) {
            PlaceMention county = county(document, i, taken);
            return county == null && match == null ? unknown(document, i, taken) : county;
        }
        if (!capitalised(document, head, head + match.length())) {
            return null;
        }
        boolean alone = match.length() == 1 && followedByState(document, head + 1) == null;
        boolean acronym = document.token(head).shouted()
                && document.token(head).text().length() <= 4
                && document.sentenceAt(head).body();
        if (alone
                && match.entry().state == null
                && !county(document, head + 1)
                && (acronym || index.common(document.lower(head)))) {
            return null;
        }
        return mention(document, i, head, match, compass, around);
    }

    /** A name as written, without the "'s" that a headline hangs on it. */
    private static String name(Document document, int first, int end) {
        String name = document.span(first, end);
        return name.endsWith("'s") || name.endsWith("’s") ? name.substring(0, name.length() - 2) : name;
    }

    private static boolean around(String lower) {
        return lower.equals("greater")
                || lower.equals("metro")
                || lower.equals("metropolitan")
                || lower.equals("suburban");
    }

    private int compassWords(Document document, int i) {
        if (index.compass(document.lower(i) + " " + document.lower(i + 1))) {
            return 2;
        }
        return index.compass(document.lower(i)) ? 1 : 0;
    }

    private static boolean capitalised(Document document, int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = document.token(i);
            if (token.isWord()
                    && !token.capital()
                    && !token.is("of")
                    && !token.is("the")
                    && !token.is("de")
                    && !token.is("du")
                    && !token.is("la")
                    && !token.is("on")) {
                return false;
            }
        }
        return true;
    }

    /** Whether token {@code i} is in the sentence of the token before it. */
    private static boolean goesOn(Document document, int i) {
        return i > 0 && i < document.size() && document.sentenceIndex(i) == document.sentenceIndex(i - 1);
    }

    private static boolean county(Document document, int i) {
        return goesOn(document, i) && (document.is(i, "county") || document.is(i, "parish"));
    }

    /** A name that no list knows, behind "in" or "near": it may be a town. Without candidates; whoever reads on decides. */
    private @Nullable PlaceMention unknown(Document document, int i, boolean[] taken) {
        if (!(document.is(i - 1, "in") || document.is(i - 1, "near")) || !name(document, i, taken)) {
            return null;
        }
        int end = i + 1;
        while (end < document.size() && end - i < 3 && goesOn(document, end) && name(document, end, taken)) {
            end++;
        }
        boolean more = end < document.size()
                && goesOn(document, end)
                && document.token(end).capital();
        if (more && followedByState(document, end) == null) {
            return null;
        }
        String state = followedByState(document, end);
        return new PlaceMention(
                i,
                state == null ? end : stateEnd(document, end),
                document.span(i, end),
                NameType.CITY,
                state,
                List.of(),
                List.of(),
                office(document, end),
                0);
    }

    private boolean name(Document document, int i, boolean[] taken) {
        Token token = document.token(i);
        return token.isWord()
                && token.capital()
                && !token.shouted()
                && !taken[i]
                && index.longest(document, i) == null
                && !document.has(i, Tag.MONTH)
                && !document.has(i, Tag.WEEKDAY)
                && !document.has(i, Tag.OPERATION)
                && !document.has(i, Tag.STOP)
                && !document.has(i, Tag.OFFICER)
                && !document.has(i, Tag.OFFICE);
    }

    /** A county whose name is not listed ("Okanagan County"). */
    private static @Nullable PlaceMention county(Document document, int i, boolean[] taken) {
        if (!document.token(i).capital()
                || !county(document, i + 1)
                || !document.token(i + 1).capital()
                || taken[i + 1]
                || document.has(i, Tag.STOP)
                || document.sentenceAt(i).first() == i) {
            return null;
        }
        return new PlaceMention(
                i,
                i + 2,
                document.span(i, i + 2),
                NameType.COUNTY,
                null,
                List.of(),
                List.of(),
                office(document, i + 2),
                0);
    }

    private @Nullable PlaceMention district(Document document, int i) {
        int at = i;
        if (index.compass(document.lower(at)) && document.is(at + 1, "district")) {
            at++;
        }
        if (!document.is(at, "district") || !document.is(at + 1, "of") || at + 2 >= document.size()) {
            return null;
        }
        PlaceIndex.Match match = index.longest(document, at + 2);
        Jurisdiction state = match == null ? null : match.entry().state;
        if (match == null || state == null || state.level().equals("district")) {
            return null;
        }
        int end = at + 2 + match.length();
        return new PlaceMention(
                i,
                end,
                document.span(i, end),
                NameType.DISTRICT,
                state.state(),
                List.of(),
                List.of(state.state()),
                false,
                0);
    }

    private PlaceMention mention(
            Document document, int first, int head, PlaceIndex.Match match, boolean compass, boolean around) {
        PlaceIndex.Entry entry = match.entry();
        int end = head + match.length();
        Jurisdiction state = entry.state;
        boolean areaWord = area(document, end);
        boolean hyphenArea = document.is(end, "-") && document.is(end + 1, "area");
        if (compass && state != null) {
            int stop = document.is(end, "region") ? end + 1 : end;
            return area(document, first, stop, stop, List.of(state.state()), state.state());
        }
        if (!entry.region.isEmpty() && !(state != null)) {
            String only = entry.region.size() == 1 ? entry.region.get(0) : null;
            int stop = end;
            return area(document, first, end, stop, entry.region, only);
        }
        if (state != null
                && !state.level().equals("district")
                && !areaWord
                && !around
                && !isWashingtonDc(document, head, end)) {
            boolean city = cityOfStateName(document, entry, end);
            if (!city && !county(document, end)) {
                return new PlaceMention(
                        first,
                        end,
                        name(document, first, end),
                        NameType.STATE,
                        state.state(),
                        List.of(state),
                        List.of(state.state()),
                        office(document, end),
                        0);
            }
        }
        if (entry.country
                && ((followedByState(document, end) == null && !county(document, end))
                        || (entry.places.isEmpty() && entry.counties.isEmpty()))) {
            return new PlaceMention(
                    first, end, name(document, first, end), NameType.COUNTRY, null, List.of(), List.of(), false, 0);
        }
        if (county(document, end)) {
            int stop = end + 1;
            String given = followedByState(document, stop);
            if (given == null && document.is(end, "parish")) {
                given = "LA";
            }
            return new PlaceMention(
                    first,
                    followedByState(document, stop) == null ? stop : stateEnd(document, stop),
                    name(document, head, stop),
                    NameType.COUNTY,
                    given,
                    entry.counties,
                    List.of(),
                    office(document, stop),
                    0);
        }
        boolean inAndAround =
                document.is(first - 1, "around") && document.is(first - 2, "and") && document.is(first - 3, "in");
        if (inAndAround && !areaWord && state == null) {
            String near = followedByState(document, end);
            return new PlaceMention(
                    first,
                    near == null ? end : stateEnd(document, end),
                    name(document, head, end) + " area",
                    NameType.AREA,
                    near,
                    entry.places.isEmpty() ? entry.counties : entry.places,
                    List.of(),
                    false,
                    0);
        }
        if (areaWord || hyphenArea || around) {
            int stop = hyphenArea ? end + 2 : areaWord ? areaEnd(document, end) : end;
            List<Jurisdiction> base = entry.places.isEmpty() ? entry.counties : entry.places;
            // "the Chicago area of Illinois"
            String inState = areaWord && document.is(stop, "of") ? followedByState(document, stop + 1) : null;
            return new PlaceMention(
                    first,
                    inState == null ? stop : stateEnd(document, stop + 1),
                    document.span(around && areaWord ? head : first, stop).replace("-", " "),
                    NameType.AREA,
                    inState,
                    base,
                    List.of(),
                    false,
                    0);
        }
        // "McAllen, Texas, area", "Detroit Michigan"
        String given = followedByState(document, end);
        int stop = given == null ? end : stateEnd(document, end);
        if ((state != null && state.level().equals("district")) || isWashingtonDc(document, head, end)) {
            given = "DC";
        }
        boolean stateArea = given != null
                && (document.is(stop, "area") || (document.is(stop, ",") && document.is(stop + 1, "area")));
        if (stateArea) {
            return new PlaceMention(
                    first,
                    document.is(stop, ",") ? stop + 2 : stop + 1,
                    name(document, head, end) + " area",
                    NameType.AREA,
                    given,
                    entry.places,
                    List.of(),
                    false,
                    0);
        }
        List<Jurisdiction> candidates = entry.places.isEmpty() ? entry.counties : entry.places;
        if ("DC".equals(given)) {
            Jurisdiction dc = index.state("DC");
            candidates = dc == null ? List.of() : List.of(dc);
        }
        return new PlaceMention(
                first,
                stop,
                name(document, head, end),
                NameType.CITY,
                given,
                candidates,
                List.of(),
                office(document, stop),
                0);
    }

    /** "Nevada, Missouri" is a city; "Florida, Georgia and Alabama" are states. */
    private boolean cityOfStateName(Document document, PlaceIndex.Entry entry, int end) {
        String state = followedByState(document, end);
        if (state == null
                || entry.places.stream().noneMatch(place -> place.state().equals(state))) {
            return false;
        }
        int after = stateEnd(document, end);
        int next = document.is(after, ",") ? after + 1 : after;
        next = document.is(next, "and") ? next + 1 : next;
        PlaceIndex.Match match =
                next > after && next < document.size() && document.token(next).capital()
                        ? index.longest(document, next)
                        : null;
        return match == null || match.entry().state == null;
    }

    private static boolean isWashingtonDc(Document document, int head, int end) {
        return end - head == 1
                && document.is(head, "washington")
                && (document.is(end, "d.c")
                        || document.is(end, "dc")
                        || (document.is(end, ",") && (document.is(end + 1, "d.c") || document.is(end + 1, "dc"))));
    }

    private static PlaceMention area(
            Document document, int first, int nameEnd, int end, List<String> states, @Nullable String only) {
        return new PlaceMention(
                first,
                end,
                document.span(first, nameEnd),
                NameType.AREA,
                only,
                List.of(),
                states,
                office(document, end),
                0);
    }

    private static boolean area(Document document, int i) {
        return i < document.size() && areaEnd(document, i) > i;
    }

    /** Index behind "area", "metro area", "metropolitan region" at {@code i}; {@code i} when none is there. */
    private static int areaEnd(Document document, int i) {
        Lexicon.Hit hit = goesOn(document, i) ? document.hit(i, Tag.PLACE_NOUN) : null;
        if (hit == null
                || !hit.value().equals("area")
                || document.is(i, "areas")
                || document.is(i, "regions")
                || document.is(i, "divisions")) {
            return i;
        }
        int end = i + hit.length();
        if (document.is(i, "division")) {
            return i;
        }
        // "area of responsibility" is none, "the Denver metro area of Colorado" is one.
        boolean ofAPlace = end + 1 < document.size() && document.token(end + 1).capital();
        return document.is(end, "of") && !ofAPlace ? i : end;
    }

    /** The postal code of a state that follows at {@code i}, behind a comma or directly; null when none does. */
    private @Nullable String followedByState(Document document, int i) {
        int at = document.is(i, ",") ? i + 1 : i;
        if (at >= document.size() || document.sentenceIndex(at) != document.sentenceIndex(i - 1)) {
            return null;
        }
        Token token = document.token(at);
        if (!token.capital()) {
            return null;
        }
        PlaceIndex.Match match = index.longest(document, at);
        if (match != null && match.entry().state != null) {
            if (at == i && !document.sentenceAt(at).body() && token.spaced() == false) {
                return null;
            }
            return listed(document, i, at, match) ? null : match.entry().state.state();
        }
        String code = index.code(token.lower());
        boolean comma = at > i;
        if (token.text().length() <= 2 && !token.shouted() && (!token.dotted() || token.is("mt"))) {
            return null;
        }
        boolean abbreviation = token.dotted() || token.shouted() || token.text().length() > 2 || comma;
        return code != null
                        && (comma
                                || token.dotted()
                                || (token.shouted() && token.text().length() == 2 && !stopWord(token)))
                        && abbreviation
                ? code
                : null;
    }

    /** "Denver, New York and Philadelphia": a state's name that is a city's too, behind a city that is not in that state. */
    private boolean listed(Document document, int nameEnd, int at, PlaceIndex.Match match) {
        if (match.entry().places.isEmpty() || at == nameEnd) {
            return false;
        }
        Jurisdiction state = match.entry().state;
        for (int first = Math.max(0, nameEnd - 3); first < nameEnd; first++) {
            PlaceIndex.Match name = document.token(first).capital() ? index.longest(document, first) : null;
            if (name != null && first + name.length() == nameEnd) {
                return state != null
                        && !name.entry().places.isEmpty()
                        && name.entry().places.stream()
                                .noneMatch(place -> place.state().equals(state.state()))
                        && (match.entry().places.get(0).population() != null
                                && match.entry().places.get(0).population() > 100_000);
            }
        }
        return false;
    }

    private static boolean stopWord(Token token) {
        return switch (token.lower()) {
            case "in", "or", "me", "oh", "hi", "ok", "as", "de" -> true;
            default -> false;
        };
    }

    private int stateEnd(Document document, int i) {
        int at = document.is(i, ",") ? i + 1 : i;
        PlaceIndex.Match match = index.longest(document, at);
        int end = match != null && match.entry().state != null ? at + match.length() : at + 1;
        // "Marlborough, Massachusetts., a"
        return document.is(end, ".") && document.is(end + 1, ",") ? end + 1 : end;
    }

    private static boolean office(Document document, int i) {
        if (!goesOn(document, i)) {
            return false;
        }
        if (document.has(i, Tag.OFFICE)) {
            return true;
        }
        return document.is(i, "county") && document.has(i + 1, Tag.OFFICE);
    }

    /** Gives numbers to enumerations, adds unknown names inside them, and shares what is written once for all. */
    private List<PlaceMention> enumerations(Document document, List<PlaceMention> found) {
        List<PlaceMention> listed = new ArrayList<>();
        int number = 0;
        for (int n = 0; n < found.size(); n++) {
            PlaceMention mention = found.get(n);
            PlaceMention previous = listed.isEmpty() ? null : listed.get(listed.size() - 1);
            boolean joined = false;
            if (previous != null
                    && document.sentenceIndex(previous.first()) == document.sentenceIndex(mention.first())) {
                int gap = mention.first() - previous.end();
                joined = gap <= 12 && joined(document, previous.end(), mention.first(), listed, previous, number);
            }
            if (!joined) {
                number++;
            }
            listed.add(mention.withList(number));
        }
        List<PlaceMention> shared = withUnknownTails(document, withUnknownHeads(document, listed));
        citiesAmongCities(shared);
        shareCounty(document, shared);
        shareState(document, shared);
        return shared;
    }

    /** "in Okanagan and Spokane counties": an unknown name that opens an enumeration of cities or counties. */
    private static List<PlaceMention> withUnknownHeads(Document document, List<PlaceMention> listed) {
        List<PlaceMention> all = new ArrayList<>();
        for (int n = 0; n < listed.size(); n++) {
            PlaceMention mention = listed.get(n);
            boolean opens = n == 0 || listed.get(n - 1).list() != mention.list();
            if (opens && mention.type() == NameType.CITY) {
                int separator = mention.first() - 1;
                boolean and = document.is(separator, "and");
                if (and && document.is(separator - 1, ",")) {
                    separator--;
                }
                if (and || document.is(separator, ",")) {
                    int first = separator;
                    while (first > 0
                            && separator - first < 3
                            && document.token(first - 1).capital()
                            && document.token(first - 1).isWord()
                            && !document.has(first - 1, Tag.MONTH)) {
                        first--;
                    }
                    boolean locative = document.is(first - 1, "in")
                            || document.is(first - 1, "of")
                            || document.is(first - 1, "across")
                            || document.is(first - 1, ":");
                    if (first < separator
                            && locative
                            && !document.token(first).shouted()
                            && (n == 0 || all.get(all.size() - 1).end() <= first)) {
                        all.add(new PlaceMention(
                                first,
                                separator,
                                document.span(first, separator),
                                NameType.CITY,
                                null,
                                List.of(),
                                List.of(),
                                false,
                                mention.list()));
                    }
                }
            }
            all.add(mention);
        }
        return all;
    }

    /** "Moreno Valley, Nuevo, Perris and Rubidoux": an unknown name that ends an enumeration of three cities or more. */
    private static List<PlaceMention> withUnknownTails(Document document, List<PlaceMention> listed) {
        List<PlaceMention> all = new ArrayList<>();
        int members = 0;
        for (int n = 0; n < listed.size(); n++) {
            PlaceMention mention = listed.get(n);
            boolean same = n > 0 && listed.get(n - 1).list() == mention.list();
            members = mention.type() == NameType.CITY ? (same ? members + 1 : 1) : 0;
            all.add(mention);
            boolean last = n + 1 == listed.size() || listed.get(n + 1).list() != mention.list();
            int first = document.is(mention.end(), ",") ? mention.end() + 1 : mention.end();
            if (!last || members < 3 || !document.is(first, "and")) {
                continue;
            }
            first++;
            int end = first;
            while (end < document.size()
                    && end - first < 3
                    && document.token(end).capital()
                    && document.sentenceIndex(end) == document.sentenceIndex(mention.first())) {
                end++;
            }
            boolean free = n + 1 == listed.size() || listed.get(n + 1).first() >= end;
            if (end > first && free && !document.token(first).shouted() && !document.has(first, Tag.MONTH)) {
                all.add(new PlaceMention(
                        first,
                        end,
                        name(document, first, end),
                        NameType.CITY,
                        null,
                        List.of(),
                        List.of(),
                        false,
                        mention.list()));
            }
        }
        return all;
    }

    /** Whether only separators, counts in brackets and unknown capitalised names stand between two mentions. */
    private boolean joined(
            Document document, int from, int to, List<PlaceMention> listed, PlaceMention previous, int number) {
        int i = from;
        boolean separator = false;
        List<int[]> unknown = new ArrayList<>();
        while (i < to) {
            String word = document.lower(i);
            if (word.equals("(")) {
                while (i < to && !document.is(i, ")")) {
                    i++;
                }
                i++;
                continue;
            }
            if (word.equals(",") || word.equals("and") || word.equals("&") || word.equals("or") || word.equals(";")) {
                separator = true;
                i++;
                continue;
            }
            if (separator
                    && ((word.equals("in")
                                    && (document.is(i - 1, ";")
                                            || document.is(i - 2, ";")
                                            || document.is(i - 1, "and")
                                            || document.is(i - 1, "as")))
                            || word.equals("the")
                            || (word.equals("as") && document.is(i + 1, "well") && document.is(i + 2, "as")))) {
                i += word.equals("as") ? 3 : 1;
                continue;
            }
            if (word.equals("as") && document.is(i + 1, "well") && document.is(i + 2, "as")) {
                separator = true;
                i += 3;
                continue;
            }
            boolean count = document.token(i).isNumber()
                    && document.is(i - 1, ",")
                    && (document.is(i + 1, ";") || document.is(i + 1, ","));
            if (count) {
                i++;
                continue;
            }
            if ((word.equals("counties") || word.equals("parishes") || word.equals("cities"))) {
                i++;
                continue;
            }
            if (separator && document.token(i).capital() && !document.token(i).shouted()) {
                int end = i;
                while (end < to
                        && document.token(end).isWord()
                        && document.token(end).capital()) {
                    end++;
                }
                if (end - i <= 3
                        && (document.is(end, ",") || document.is(end, "and") || document.is(end, "("))
                        && previous.type() == NameType.CITY) {
                    unknown.add(new int[] {i, end});
                    i = end;
                    separator = false;
                    continue;
                }
            }
            return false;
        }
        if (!separator) {
            return false;
        }
        for (int[] name : unknown) {
            listed.add(new PlaceMention(
                    name[0],
                    name[1],
                    document.span(name[0], name[1]),
                    NameType.CITY,
                    null,
                    List.of(),
                    List.of(),
                    false,
                    number));
        }
        return true;
    }

    /** "New Orleans; New York; Oakland, California": a state's name among cities is the city of that name. */
    private void citiesAmongCities(List<PlaceMention> mentions) {
        for (int n = 0; n < mentions.size(); n++) {
            PlaceMention mention = mentions.get(n);
            if (mention.type() != NameType.STATE
                    || !(mention.name().equals("New York") || mention.name().equals("Washington"))) {
                continue;
            }
            int cities = 0;
            int states = 0;
            for (PlaceMention other : mentions) {
                if (other.list() == mention.list() && !other.equals(mention)) {
                    cities += other.type() == NameType.CITY ? 1 : 0;
                    states += other.type() == NameType.STATE && !"PR".equals(other.state()) ? 1 : 0;
                }
            }
            if (cities >= 2 && cities > 2 * states) {
                boolean capital = mention.name().equals("Washington");
                Jurisdiction dc = index.state("DC");
                List<Jurisdiction> candidates = capital ? (dc == null ? List.of() : List.of(dc)) : index.newYorkCity();
                mentions.set(n, mention.withType(NameType.CITY, candidates).withState(capital ? "DC" : "NY"));
            }
        }
    }

    private void shareCounty(Document document, List<PlaceMention> mentions) {
        for (int n = 0; n < mentions.size(); n++) {
            PlaceMention last = mentions.get(n);
            boolean plural = document.is(last.end(), "counties") || document.is(last.end(), "parishes");
            boolean areas = document.is(last.end(), "areas");
            boolean heading = last.type() == NameType.STATE && document.is(last.end() + 1, ":");
            if ((!plural && !areas) || heading) {
                continue;
            }
            for (int k = n; k >= 0 && mentions.get(k).list() == last.list(); k--) {
                PlaceMention member = mentions.get(k);
                if (member.type() == NameType.CITY || (member.type() == NameType.STATE && plural)) {
                    PlaceIndex.Match match = index.longest(document, member.first());
                    if (plural) {
                        mentions.set(
                                k,
                                member.withType(NameType.COUNTY, match == null ? List.of() : match.entry().counties));
                    } else {
                        mentions.set(k, member.withType(NameType.AREA, member.candidates()));
                    }
                } else {
                    break;
                }
            }
        }
        // "four area counties - Los Angeles, Orange, Riverside and San Bernardino"; "counties: A, B and C"
        for (int n = 0; n < mentions.size(); n++) {
            PlaceMention first = mentions.get(n);
            boolean starts = n == 0 || mentions.get(n - 1).list() != first.list();
            boolean heading = false;
            for (int back = 1; back <= 3; back++) {
                heading |=
                        document.is(first.first() - back, "counties") || document.is(first.first() - back, "parishes");
            }
            for (int back = 2; back <= 8 && document.is(first.first() - 1, ":"); back++) {
                int word = first.first() - back;
                heading |= document.is(word, "counties")
                        || document.is(word, "parishes")
                        || (document.is(word, "county") && document.is(word - 1, "by"));
            }
            heading |= starts && countyLine(document, first);
            if (starts && heading && first.type() == NameType.CITY) {
                for (int k = n; k < mentions.size() && mentions.get(k).list() == first.list(); k++) {
                    if (mentions.get(k).type() == NameType.CITY) {
                        PlaceIndex.Match match =
                                index.longest(document, mentions.get(k).first());
                        mentions.set(
                                k,
                                mentions.get(k)
                                        .withType(NameType.COUNTY, match == null ? List.of() : match.entry().counties));
                    }
                }
            }
        }
    }

    /** Whether a name opens a line of a list whose heading says that its lines are counties ("Results by county:"). */
    private static boolean countyLine(Document document, PlaceMention mention) {
        int index = document.sentenceIndex(mention.first());
        Sentence line = document.sentences().get(index);
        if (mention.first() - line.first() > 1) {
            return false;
        }
        for (int back = index - 1; back >= 0 && index - back <= 40; back--) {
            Sentence before = document.sentences().get(back);
            if (document.is(before.end() - 1, ":")) {
                for (int i = before.first(); i < before.end(); i++) {
                    boolean by = document.is(i, "county") && (document.is(i - 1, "by") || document.is(i - 1, "per"));
                    if (by || document.is(i, "counties")) {
                        return true;
                    }
                }
                return false;
            }
        }
        return false;
    }

    /** "Lynn, Malden and Revere, Massachusetts": the state behind the last city is that of the cities before it. */
    private static void shareState(Document document, List<PlaceMention> mentions) {
        for (int n = 0; n < mentions.size(); n++) {
            PlaceMention last = mentions.get(n);
            String state = last.state();
            if (state == null || (last.type() != NameType.CITY && last.type() != NameType.COUNTY)) {
                continue;
            }
            for (int k = n - 1; k >= 0 && mentions.get(k).list() == last.list(); k--) {
                PlaceMention member = mentions.get(k);
                if (member.state() != null || member.type() != last.type() || document.is(member.end(), ";")) {
                    break;
                }
                boolean possible = member.candidates().isEmpty()
                        || member.candidates().stream().anyMatch(j -> j.state().equals(state));
                if (!possible) {
                    break;
                }
                mentions.set(k, member.withState(state));
            }
        }
    }

    /** Lower-case form without accents or case, for comparing names. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
