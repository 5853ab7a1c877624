package org.surgewire.streams.query;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Finds jurisdictions by what people type. Case, accents and punctuation do not matter, and a state after a comma narrows
 * the search: "mecklenburg", "Juana Diaz", "Boston, MA". One pass over some 27,000 names an answer.
 */
final class JurisdictionIndex {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final List<String> LEVELS = List.of("country", "state", "district", "territory", "county", "place");
    private static final int EXACT = 0;
    private static final int PREFIX = 1;
    private static final int WORD = 2;
    private static final int INSIDE = 3;
    private static final int FARTHEST = 4;
    private static final int OTHER_STATE = 2;

    private static final Comparator<Hit> BEST_FIRST = Comparator.comparingInt(Hit::rank)
            .thenComparingInt(hit -> LEVELS.indexOf(hit.entry.jurisdiction.level()))
            .thenComparing(hit -> population(hit.entry.jurisdiction), Comparator.reverseOrder())
            .thenComparing(hit -> hit.entry.jurisdiction.id());

    private final Jurisdictions jurisdictions;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> stateNames = new HashMap<>();

    JurisdictionIndex(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
        for (Jurisdiction each : jurisdictions.all()) {
            String full = plain(each.name());
            entries.add(new Entry(each, full, plain(PlaceRef.plainName(each)), shortName(each, full)));
            if (!each.state().isEmpty()
                    && !each.level().equals("county")
                    && !each.level().equals("place")) {
                stateNames.put(each.state(), full);
            }
        }
    }

    /** Jurisdictions of that name, best first: exact names, then beginnings, words, any part; larger levels first. */
    List<Jurisdiction> search(String query) {
        var known = jurisdictions.find(query.strip());
        if (known.isPresent()) {
            return List.of(known.get());
        }
        int comma = query.lastIndexOf(',');
        String name = plain(comma < 0 ? query : query.substring(0, comma));
        String state = comma < 0 ? "" : plain(query.substring(comma + 1));
        List<Hit> hits = new ArrayList<>();
        for (Entry entry : entries) {
            int rank = entry.rank(name);
            if (rank <= INSIDE && isIn(entry.jurisdiction, state)) {
                hits.add(new Hit(rank, entry));
            }
        }
        hits.sort(BEST_FIRST);
        return hits.stream().map(hit -> hit.entry.jurisdiction).toList();
    }

    /** The jurisdictions whose ids or names are closest to an id that nothing has; none when nothing comes near. */
    List<Jurisdiction> nearest(String id, int most) {
        String tail = tail(id);
        String state = stateOf(id);
        List<Hit> hits = new ArrayList<>();
        for (Entry entry : entries) {
            String other = entry.jurisdiction.id();
            int far = Math.min(distance(tail, tail(other)), distance(tail, entry.plain.replace(' ', '_')));
            if (far <= FARTHEST && far * 2 <= tail.length()) {
                hits.add(new Hit(far + (stateOf(other).equals(state) ? 0 : OTHER_STATE), entry));
            }
        }
        hits.sort(BEST_FIRST);
        return hits.stream().limit(most).map(hit -> hit.entry.jurisdiction).toList();
    }

    private static int distance(String one, String other) {
        int distance = EditDistance.within(FARTHEST, one, other);
        return distance < 0 ? FARTHEST + 1 : distance;
    }

    private boolean isIn(Jurisdiction jurisdiction, String state) {
        return state.isEmpty()
                || jurisdiction.state().toLowerCase(Locale.ROOT).equals(state)
                || stateNames.getOrDefault(jurisdiction.state(), "").startsWith(state);
    }

    private static String shortName(Jurisdiction jurisdiction, String full) {
        int last = full.lastIndexOf(' ');
        return jurisdiction.level().equals("county") && last > 0 ? full.substring(0, last) : full;
    }

    private static long population(Jurisdiction jurisdiction) {
        Long population = jurisdiction.population();
        return population == null ? 0 : population;
    }

    /** Lower case, no accents, single spaces for everything that is neither letter nor digit. */
    private static String plain(String name) {
        String bare =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        return NO_WORD.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** What follows the last colon of an id, or the whole of what is no id, as an id would write it. */
    private static String tail(String id) {
        String last = id.substring(id.lastIndexOf(':') + 1);
        return plain(last.substring(last.lastIndexOf('/') + 1)).replace(' ', '_');
    }

    private static String stateOf(String id) {
        int first = id.indexOf("/");
        int second = id.indexOf("/", first + 1);
        int third = id.indexOf("/", second + 1);
        return second < 0 ? "" : third < 0 ? id : id.substring(0, third);
    }

    private record Entry(Jurisdiction jurisdiction, String full, String plain, String bare) {
        int rank(String wanted) {
            if (wanted.isEmpty()) {
                return INSIDE + 1;
            }
            if (full.equals(wanted) || plain.equals(wanted) || bare.equals(wanted)) {
                return EXACT;
            }
            int at = full.indexOf(wanted);
            if (at < 0) {
                return INSIDE + 1;
            }
            return at == 0 ? PREFIX : full.contains(" " + wanted) ? WORD : INSIDE;
        }
    }

    private record Hit(int rank, Entry entry) {}
}
