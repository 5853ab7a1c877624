package org.surgewire.ingest.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Names of jurisdictions, states, regions and countries as sequences of lower-case words. Immutable. */
final class PlaceIndex {
    private static final Pattern SUFFIX = Pattern.compile(
            "(?i) (city and borough|consolidated government.*|metropolitan government.*|metro government.*|unified government.*|urban county.*"
                    + "|city|town|village|borough|township|cdp|municipality|municipio|corporation|comunidad|zona urbana)( \\(.*\\))?$");
    private static final Pattern COUNTY_SUFFIX = Pattern.compile(
            "(?i) (county|parish|borough|census area|municipality|municipio|city and borough|planning region)$");

    /** What a name can stand for. */
    static final class Entry {
        final List<Jurisdiction> places = new ArrayList<>(2);
        final List<Jurisdiction> counties = new ArrayList<>(2);

        @Nullable
        Jurisdiction state;

        List<String> region = List.of();
        boolean country;
    }

    private static final class Node {
        final Map<String, Node> next = new HashMap<>(2);

        @Nullable
        Entry entry;
    }

    /** A name found: what it can stand for and its length in tokens. */
    record Match(Entry entry, int length) {}

    private final Node root = new Node();
    private final Map<String, Jurisdiction> statesByCode = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();
    private final Set<String> compass = new HashSet<>();
    private final Set<String> common = new HashSet<>();

    PlaceIndex(Jurisdictions jurisdictions) {
        for (Jurisdiction jurisdiction : jurisdictions.all()) {
            switch (jurisdiction.level()) {
                case "state", "territory", "district" -> {
                    entry(words(jurisdiction.name())).state = jurisdiction;
                    statesByCode.put(jurisdiction.state(), jurisdiction);
                }
                case "county" ->
                    entry(words(COUNTY_SUFFIX.matcher(jurisdiction.name()).replaceFirst("")))
                            .counties
                            .add(jurisdiction);
                case "place" -> {
                    String name =
                            SUFFIX.matcher(withoutBrackets(jurisdiction.name())).replaceFirst("");
                    String other = bracketed(jurisdiction.name());
                    if (other != null) {
                        entry(words(other)).places.add(jurisdiction);
                    }
                    entry(words(name)).places.add(jurisdiction);
                    if (!name.equals(jurisdiction.name()) && jurisdiction.name().endsWith(" city")) {
                        entry(words(jurisdiction.name())).places.add(jurisdiction);
                    }
                    int dash = Math.max(name.indexOf('-'), name.indexOf('/'));
                    if (dash > 3 && jurisdiction.name().contains("overnment")) {
                        entry(words(name.substring(0, dash))).places.add(jurisdiction);
                    }
                }
                default -> {}
            }
        }
        jurisdictions.secondNames().forEach((second, first) -> {
            int place = second.lastIndexOf("/place:");
            if (place > 0) {
                String name = second.substring(place + 7).replace('_', ' ').replace('~', '\'');
                jurisdictions
                        .find(first)
                        .ifPresent(same -> entry(words(name)).places.add(same));
            }
        });
        for (String line : Lexicon.lines(PlaceIndex.class, "extra-places.csv")) {
            String[] cells = line.split(",", -1);
            Jurisdiction container = container(jurisdictions, cells[3], line);
            add(cells[0], cells[2], container, container.level().equals("county") ? 20_000L : 30_000L);
        }
        for (String line : Lexicon.lines(PlaceIndex.class, "unincorporated-places.csv")) {
            String[] cells = line.split(",", -1);
            add(
                    cells[0],
                    cells[1],
                    container(jurisdictions, Jurisdictions.COUNTRY + "/" + cells[2], line),
                    Long.parseLong(cells[3]));
        }
        Lexicon.read(PlaceIndex.class, "regions.txt", (section, line) -> {
            if (section.equals("REGION")) {
                String[] sides = line.split(" = ", -1);
                entry(words(sides[0])).region = List.of(sides[1].split(";", -1));
            } else {
                compass.add(line);
            }
        });
        Lexicon.read(PlaceIndex.class, "states.txt", (section, line) -> {
            String[] sides = line.split(" = ", -1);
            codes.put(sides[0], sides[1]);
        });
        for (String line : Lexicon.lines(PlaceIndex.class, "countries.txt")) {
            entry(words(line)).country = true;
        }
        for (String line : Lexicon.lines(PlaceIndex.class, "common-words.txt")) {
            common.addAll(List.of(line.split(" +", -1)));
        }
        sort(root);
    }

    private static Jurisdiction container(Jurisdictions jurisdictions, String id, String line) {
        return jurisdictions
                .find(id)
                .orElseThrow(() -> new IllegalStateException("a place with an unknown container: " + line));
    }

    /** A place that is no jurisdiction: it stands for the jurisdiction that contains it. */
    private void add(String name, String state, Jurisdiction container, long population) {
        entry(words(name))
                .places
                .add(new Jurisdiction(
                        container.id(),
                        name,
                        "place",
                        state,
                        "",
                        List.of(),
                        population,
                        null,
                        null,
                        container.parentId()));
    }

    private static void sort(Node node) {
        if (node.entry != null) {
            Comparator<Jurisdiction> largest = Comparator.comparingLong(
                            (Jurisdiction j) -> j.population() == null ? 0L : j.population())
                    .reversed();
            node.entry.places.sort(largest);
            node.entry.counties.sort(largest);
        }
        node.next.values().forEach(PlaceIndex::sort);
    }

    private Entry entry(List<String> words) {
        Node node = root;
        for (String word : words) {
            node = node.next.computeIfAbsent(word, key -> new Node());
        }
        Entry entry = node.entry;
        if (entry == null) {
            entry = new Entry();
            node.entry = entry;
        }
        return entry;
    }

    private static String withoutBrackets(String name) {
        int open = name.indexOf(" (");
        int close = name.indexOf(')', open + 1);
        return open < 0 || close < 0 ? name : name.substring(0, open) + name.substring(close + 1);
    }

    /** The second name that stands in brackets ("San Buenaventura (Ventura) city"); null when none does. */
    private static @Nullable String bracketed(String name) {
        int open = name.indexOf(" (");
        int close = name.indexOf(')', open + 1);
        String inside = open < 0 || close < 0 ? "" : name.substring(open + 2, close);
        return inside.isEmpty() || inside.endsWith("government") || inside.endsWith("county") ? null : inside;
    }

    /** The words of a name as the tokenizer and {@link #word} give them. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>(3);
        String plain = name.toLowerCase(Locale.ROOT).replace("’", "'");
        int at = 0;
        StringBuilder word = new StringBuilder();
        while (at <= plain.length()) {
            char c = at < plain.length() ? plain.charAt(at) : ' ';
            if (Character.isLetterOrDigit(c) || c == '\'') {
                word.append(c);
            } else {
                if (word.length() > 0) {
                    words.add(word(word.toString()));
                    word.setLength(0);
                }
                if (c == '-' || c == '/') {
                    words.add(String.valueOf(c));
                }
            }
            at++;
        }
        return words;
    }

    private static String word(String lower) {
        String plain = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
        return switch (plain) {
            case "saint" -> "st";
            case "mount" -> "mt";
            case "fort" -> "ft";
            case "sainte" -> "ste";
            default -> plain;
        };
    }

    /** The longest name that begins at token {@code i}; null when none does. */
    @Nullable
    Match longest(Document document, int i) {
        Node node = root;
        Match found = null;
        for (int k = i; k < document.size(); k++) {
            node = node.next.get(word(document.lower(k)));
            if (node == null) {
                break;
            }
            if (node.entry != null) {
                found = new Match(node.entry, k - i + 1);
            }
        }
        return found;
    }

    @Nullable
    Jurisdiction state(String code) {
        return statesByCode.get(code);
    }

    /** The city, not the state, of New York. */
    List<Jurisdiction> newYorkCity() {
        Node node = root.next.get("new");
        node = node == null ? null : node.next.get("york");
        Entry entry = node == null ? null : node.entry;
        return entry == null
                ? List.of()
                : entry.places.stream()
                        .filter(place -> place.state().equals("NY"))
                        .limit(1)
                        .toList();
    }

    /** Whether a word alone is more often no place. */
    boolean common(String lower) {
        return common.contains(lower);
    }

    /** The postal code that an abbreviation or a postal code itself stands for; null for other words. */
    @Nullable
    String code(String lower) {
        String code = codes.get(lower);
        if (code != null) {
            return code;
        }
        return lower.length() == 2 && statesByCode.containsKey(lower.toUpperCase(Locale.ROOT))
                ? lower.toUpperCase(Locale.ROOT)
                : null;
    }

    boolean compass(String lower) {
        return compass.contains(lower);
    }
}
