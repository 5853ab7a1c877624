package org.surgewire.ingest.place;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
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
    private static final Phrases PEOPLE_ACTING = PlaceWords.wording("people-acting");
    private static final Phrases ATTORNEY_FOR = PlaceWords.wording("attorney-for");

    private final PlaceIndex index;
    private final OfficeAreas offices = new OfficeAreas();
    private final StateBehind stateBehind;
    private final NameReader names;
    private final Enumerations enumerations;

    public PlaceFinder(Jurisdictions jurisdictions) {
        this.index = new PlaceIndex(jurisdictions);
        this.stateBehind = new StateBehind(index);
        this.names = new NameReader(index, stateBehind);
        this.enumerations = new Enumerations(index);
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
                found.add(
                        acting(document, mention) || listActing(document, mention, found)
                                ? mention.withoutOffice()
                                : mention);
                i = mention.end();
            }
        }
        return enumerations.enumerations(document, found);
    }

    /** "In Sioux Falls officers arrested 15": the people behind the name acted there, and do not make an office of it. */
    private static boolean acting(Document document, PlaceMention mention) {
        int in = mention.first() - 1;
        return mention.office()
                && document.is(in, "in")
                && (document.sentenceAt(in).first() == in || document.is(in - 1, "and") || document.is(in - 1, ";"))
                && PEOPLE_ACTING.at(document, mention.end())
                && !document.token(mention.end()).capital();
    }

    /** "In Elgin, Cicero and Waukegan agents arrested thieves": the last name of an enumeration that opens with "in". */
    private static boolean listActing(Document document, PlaceMention mention, List<PlaceMention> before) {
        if (!mention.office()
                || !document.is(mention.first() - 1, "and")
                || !PEOPLE_ACTING.at(document, mention.end())
                || document.token(mention.end()).capital()) {
            return false;
        }
        int next = mention.first();
        for (int n = before.size() - 1; n >= 0; n--) {
            PlaceMention member = before.get(n);
            if (next - member.end() > 2) {
                return false;
            }
            next = member.first();
            if (document.is(next - 1, "in")) {
                return document.sentenceAt(next).first() == next - 1 && !member.office();
            }
        }
        return false;
    }

    /** The state of a postal code; null for an unknown code. */
    public @Nullable Jurisdiction state(String code) {
        return index.state(code);
    }

    private @Nullable PlaceMention at(Document document, int i, boolean[] taken) {
        PlaceMention area = offices.at(document, i);
        if (area != null) {
            return area;
        }
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
                                || (!known && PlaceWords.county(document, i + compassWords + behind.length())))) {
                    match = behind;
                    head = i + compassWords;
                    compass = true;
                }
            }
            if (!compass && PlaceWords.around(token.lower()) && i + 1 < document.size()) {
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
                    i,
                    i + 1,
                    "Washington",
                    NameType.CITY,
                    "DC",
                    candidates,
                    List.of(),
                    PlaceWords.office(document, i + 1),
                    0);
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
            PlaceMention county = listedCounty(document, i, taken);
            return county == null && match == null ? unknown(document, i, taken) : county;
        }
        if (!capitalised(document, head, head + match.length())) {
            return null;
        }
        boolean alone = match.length() == 1 && stateBehind.followedByState(document, head + 1) == null;
        boolean acronym = document.token(head).shouted()
                && document.token(head).text().length() <= 4
                && document.sentenceAt(head).body();
        if (alone
                && match.entry().state == null
                && !PlaceWords.county(document, head + 1)
                && (acronym || (index.common(document.lower(head)) && !placeWord(document, head)))) {
            return null;
        }
        PlaceMention longer = compass || around ? null : longerName(document, i, head + match.length(), match, taken);
        return longer == null ? names.mention(document, i, head, match, compass, around) : longer;
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
                    && !token.is("on")
                    && !token.lower().startsWith("d'")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a common word is a town's name where it stands: capitalised behind "in" or "near" in ordinary text, with no further
     * capitalised word behind it ("arrested in Reading", "near Mission").
     */
    private static boolean placeWord(Document document, int i) {
        boolean behind = document.is(i - 1, "in") || document.is(i - 1, "near");
        boolean more =
                PlaceWords.goesOn(document, i + 1) && document.token(i + 1).capital();
        return behind
                && !more
                && !document.token(i).shouted()
                && !document.has(i, Tag.MONTH)
                && !document.has(i, Tag.WEEKDAY)
                && !titled(document.sentenceAt(i), document);
    }

    /** Whether nearly all long words of a sentence are capitalised, as headlines are in some houses. */
    private static boolean titled(Sentence sentence, Document document) {
        int words = 0;
        int capital = 0;
        for (int i = sentence.first() + 1; i < sentence.end(); i++) {
            Token token = document.token(i);
            if (token.isWord() && token.text().length() > 4) {
                words++;
                capital += token.capital() ? 1 : 0;
            }
        }
        return words > 2 && capital * 10 > words * 7;
    }

    /** A name that no list knows, behind "in" or "near": it may be a town. Without candidates; whoever reads on decides. */
    private @Nullable PlaceMention unknown(Document document, int i, boolean[] taken) {
        if (!(document.is(i - 1, "in") || document.is(i - 1, "near")) || !nameWord(document, i, taken)) {
            return null;
        }
        int end = i + 1;
        while (end < document.size()
                && end - i < 3
                && PlaceWords.goesOn(document, end)
                && nameWord(document, end, taken)) {
            end++;
        }
        boolean more = end < document.size()
                && PlaceWords.goesOn(document, end)
                && document.token(end).capital();
        if (more && stateBehind.followedByState(document, end) == null) {
            return null;
        }
        String state = stateBehind.followedByState(document, end);
        return new PlaceMention(
                i,
                state == null ? end : stateBehind.stateEnd(document, end),
                document.span(i, end),
                NameType.CITY,
                state,
                List.of(),
                List.of(),
                PlaceWords.office(document, end),
                0);
    }

    /** "near Sierra Blanca": a known name that goes on with a capitalised word is the name of a place that no list knows. */
    private @Nullable PlaceMention longerName(
            Document document, int first, int end, PlaceIndex.Match match, boolean[] taken) {
        boolean plain = match.entry().state == null
                && match.entry().region.isEmpty()
                && (document.is(first - 1, "in") || document.is(first - 1, "near"))
                && PlaceWords.goesOn(document, end)
                && end < document.size()
                && nameWord(document, end, taken)
                && stateBehind.followedByState(document, end) == null
                && !document.has(end, Tag.ACTION)
                && !document.has(end, Tag.PLACE_NOUN)
                && !document.has(end, Tag.ARREST_VERB)
                && !PlaceWords.county(document, end)
                && !titled(document.sentenceAt(first), document)
                && document.sentenceAt(first).body();
        boolean stops = !(PlaceWords.goesOn(document, end + 1)
                && document.token(end + 1).capital());
        if (!plain || !stops) {
            return null;
        }
        String given = stateBehind.followedByState(document, end + 1);
        return new PlaceMention(
                first,
                given == null ? end + 1 : stateBehind.stateEnd(document, end + 1),
                document.span(first, end + 1),
                NameType.CITY,
                given,
                List.of(),
                List.of(),
                PlaceWords.office(document, end + 1),
                0);
    }

    private boolean nameWord(Document document, int i, boolean[] taken) {
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
    private static @Nullable PlaceMention listedCounty(Document document, int i, boolean[] taken) {
        if (!document.token(i).capital()
                || !PlaceWords.county(document, i + 1)
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
                PlaceWords.office(document, i + 2),
                0);
    }

    private @Nullable PlaceMention district(Document document, int i) {
        PlaceIndex.Match whole = document.is(i, "district") ? index.longest(document, i) : null;
        Jurisdiction capital = whole == null ? null : whole.entry().state;
        if (whole != null && capital != null && ATTORNEY_FOR.endsAt(document, i - 1)) {
            int end = i + whole.length();
            return new PlaceMention(
                    i,
                    end,
                    document.span(i, end),
                    NameType.DISTRICT,
                    capital.state(),
                    List.of(),
                    List.of(capital.state()),
                    false,
                    0);
        }
        int at = i;
        if (index.compass(document.lower(at)) && document.is(at + 1, "district")) {
            at++;
        }
        if (!document.is(at, "district") || !document.is(at + 1, "of") || at + 2 >= document.size()) {
            return null;
        }
        int name = document.is(at + 2, "the") ? at + 3 : at + 2;
        PlaceIndex.Match match = name < document.size() ? index.longest(document, name) : null;
        Jurisdiction state = match == null ? null : match.entry().state;
        String part = at > i ? document.lower(i) : "";
        if (match == null || state == null || !offices.district(state.state(), part)) {
            return null;
        }
        int end = name + match.length();
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
}
