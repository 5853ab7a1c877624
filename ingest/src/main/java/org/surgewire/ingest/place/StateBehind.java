package org.surgewire.ingest.place;

import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Token;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** Reads the state that follows a name: "Lynn, Massachusetts", "Detroit Michigan", "BOISE, ID". */
final class StateBehind {
    private final PlaceIndex index;

    StateBehind(PlaceIndex index) {
        this.index = index;
    }

    /** The postal code of a state that follows at {@code i}, behind a comma or directly; null when none does. */
    @Nullable
    String followedByState(Document document, int i) {
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
        if (at == nameEnd) {
            return false;
        }
        if (amongCities(document, nameEnd, at, match)) {
            return true;
        }
        if (match.entry().places.isEmpty()) {
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

    /** "Los Angeles, Newark, New York and Washington": between names of cities the city of that name is meant. */
    private boolean amongCities(Document document, int nameEnd, int at, PlaceIndex.Match match) {
        Jurisdiction state = match.entry().state;
        boolean alsoCity =
                state != null && (state.state().equals("NY") || state.state().equals("WA"));
        int end = at + match.length();
        int next = document.is(end, ",") ? end + 1 : end;
        next = document.is(next, "and") ? next + 1 : next;
        if (!alsoCity
                || next == end
                || next >= document.size()
                || !document.token(next).capital()) {
            return false;
        }
        int before = nameEnd - 1;
        while (before > 0
                && document.token(before).isWord()
                && document.token(before).capital()) {
            before--;
        }
        PlaceIndex.Match behind = index.longest(document, next);
        return document.is(before, ",")
                && before > 0
                && document.token(before - 1).capital()
                && index.code(document.lower(before - 1)) == null
                && state(document, before - 1) == null
                && behind != null
                && (behind.entry().state == null || behind.entry().state.state().equals("WA"));
    }

    /** The state whose name ends with token {@code i}; null when none does. */
    private @Nullable Jurisdiction state(Document document, int i) {
        for (int first = Math.max(0, i - 2); first <= i; first++) {
            PlaceIndex.Match match = index.longest(document, first);
            if (match != null && match.entry().state != null && first + match.length() == i + 1) {
                return match.entry().state;
            }
        }
        return null;
    }

    private static boolean stopWord(Token token) {
        return switch (token.lower()) {
            case "in", "or", "me", "oh", "hi", "ok", "as", "de" -> true;
            default -> false;
        };
    }

    int stateEnd(Document document, int i) {
        int at = document.is(i, ",") ? i + 1 : i;
        PlaceIndex.Match match = index.longest(document, at);
        int end = match != null && match.entry().state != null ? at + match.length() : at + 1;
        // "Marlborough, Massachusetts., a"
        return document.is(end, ".") && document.is(end + 1, ",") ? end + 1 : end;
    }
}
