package org.surgewire.ingest.place;

import java.util.ArrayList;
import java.util.List;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** Gives numbers to enumerations of places, adds unknown names inside them, and shares what is written once for all. */
final class Enumerations {
    private static final Phrases AREAS = PlaceWords.wording("areas");
    private static final Phrases OWN_CLAUSE = PlaceWords.wording("own-clause");

    private final PlaceIndex index;

    Enumerations(PlaceIndex index) {
        this.index = index;
    }

    /** Gives numbers to enumerations, adds unknown names inside them, and shares what is written once for all. */
    List<PlaceMention> enumerations(Document document, List<PlaceMention> found) {
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
        stateOfCounties(document, shared);
        shareState(document, shared);
        return shared;
    }

    /** "Edinburg and Mission": a common word that is a town in the state of the town before it too. */
    private boolean commonPlace(Document document, int i, PlaceMention before) {
        PlaceIndex.Match match = i < document.size() && document.token(i).capital() ? index.longest(document, i) : null;
        boolean located = document.is(before.first() - 1, "in") || document.is(before.first() - 1, ",");
        return match != null
                && match.length() == 1
                && located
                && PlaceWords.goesOn(document, i)
                && !(PlaceWords.goesOn(document, i + 1) && document.token(i + 1).capital())
                && match.entry().places.stream().anyMatch(place -> before.candidates().stream()
                        .anyMatch(other -> other.state().equals(place.state())));
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
                    && (document.is(i - 1, ",") || i == from)
                    && (document.is(i + 1, ";") || document.is(i + 1, ",") || document.is(i + 1, "and"));
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
        if (!separator || ownClause(document, to)) {
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
    private List<PlaceMention> withUnknownTails(Document document, List<PlaceMention> listed) {
        List<PlaceMention> all = new ArrayList<>();
        int members = 0;
        for (int n = 0; n < listed.size(); n++) {
            PlaceMention mention = listed.get(n);
            boolean same = n > 0 && listed.get(n - 1).list() == mention.list();
            members = mention.type() == NameType.CITY ? (same ? members + 1 : 1) : 0;
            all.add(mention);
            boolean last = n + 1 == listed.size() || listed.get(n + 1).list() != mention.list();
            int first = document.is(mention.end(), ",") ? mention.end() + 1 : mention.end();
            if (!last || members < 1 || !document.is(first, "and")) {
                continue;
            }
            first++;
            if (members < 3 && !commonPlace(document, first, mention)) {
                continue;
            }
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
                        PlaceWords.name(document, first, end),
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

    /** "27 in Oregon, and Alaska had the rest": the name at {@code i} begins a clause of its own. */
    private boolean ownClause(Document document, int i) {
        PlaceIndex.Match match = index.longest(document, i);
        return match != null
                && document.is(i - 1, "and")
                && document.is(i - 2, ",")
                && OWN_CLAUSE.at(document, i + match.length());
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
            boolean plural = (document.is(last.end(), "counties") || document.is(last.end(), "parishes"))
                    && !document.is(last.end() + 1, "of");
            boolean areas = AREAS.at(document, last.end());
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
            int opening = document.sentenceAt(first.first()).first();
            for (int back = 1; back <= 3 && first.first() - back >= opening; back++) {
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
                boolean countiesOf = document.is(first.first() - 1, "of") && document.is(first.first() - 2, "counties");
                for (int k = n; k < mentions.size() && mentions.get(k).list() == first.list(); k++) {
                    boolean state = countiesOf
                            && mentions.get(k).type() == NameType.STATE
                            && document.is(mentions.get(k).end(), "(");
                    if (mentions.get(k).type() == NameType.CITY || state) {
                        PlaceIndex.Match match =
                                index.longest(document, mentions.get(k).first());
                        PlaceMention county = mentions.get(k)
                                .withType(NameType.COUNTY, match == null ? List.of() : match.entry().counties);
                        mentions.set(k, state ? county.withState(null) : county);
                    }
                }
            }
        }
    }

    /** "Monroe and Wayne counties, Michigan": the state only says which counties are meant. */
    private static void stateOfCounties(Document document, List<PlaceMention> mentions) {
        for (int n = mentions.size() - 1; n > 0; n--) {
            PlaceMention state = mentions.get(n);
            PlaceMention last = mentions.get(n - 1);
            int counties = document.is(state.first() - 1, ",") ? state.first() - 2 : state.first() - 1;
            boolean qualifies = state.type() == NameType.STATE
                    && last.type() == NameType.COUNTY
                    && last.state() == null
                    && last.end() == counties
                    && (document.is(counties, "counties") || document.is(counties, "parishes"));
            if (!qualifies) {
                continue;
            }
            String code = state.state();
            for (int k = n - 1; code != null && k >= 0 && mentions.get(k).list() == last.list(); k--) {
                if (mentions.get(k).type() == NameType.COUNTY && mentions.get(k).state() == null) {
                    mentions.set(k, mentions.get(k).withState(code));
                }
            }
            mentions.remove(n);
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
            boolean written = document.span(last.first(), last.end()).length()
                    > last.name().length();
            if (state == null || !written || (last.type() != NameType.CITY && last.type() != NameType.COUNTY)) {
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
}
