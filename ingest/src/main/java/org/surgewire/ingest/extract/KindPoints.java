package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.surgewire.ingest.extract.Facts.Kind;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Tag;

/** How many points each sign of a text gives to the kinds of releases ({@code kinds.txt}). Immutable. */
final class KindPoints {
    static final KindPoints BUNDLED = new KindPoints();

    private final List<Tag> tags = new ArrayList<>();
    private final Set<String> words = new HashSet<>();
    private final Map<Kind, Integer> always = new EnumMap<>(Kind.class);
    private final Map<String, Map<Kind, Integer>> points = new HashMap<>();

    private KindPoints() {
        Lexicon.read(KindPoints.class, "kinds.txt", this::line);
    }

    private void line(String section, String line) {
        switch (section) {
            case "TAGS" -> tags.add(Tag.valueOf(line));
            case "WORDS" -> words.addAll(List.of(line.split(" ", -1)));
            case "POINTS" -> {
                int equals = line.indexOf('=');
                String sign = line.substring(0, equals).strip();
                Map<Kind, Integer> given = sign.equals("always") ? always : new EnumMap<>(Kind.class);
                for (String part : line.substring(equals + 1).strip().split(", *", -1)) {
                    String[] pair = part.split(" ", 2);
                    given.put(Kind.valueOf(pair[0]), Integer.valueOf(pair[1]));
                }
                if (!sign.equals("always")) {
                    points.put(sign, given);
                }
            }
            default -> throw new IllegalStateException("kinds.txt has a section " + section);
        }
    }

    /** The tags whose phrases are signs. */
    List<Tag> tags() {
        return tags;
    }

    /** Whether a word is a sign. */
    boolean word(String lower) {
        return words.contains(lower);
    }

    /** The signs that have points. */
    Set<String> signs() {
        return points.keySet();
    }

    /** The kind with the most points, the first of those that have as many; never a single arrest, which a total of one tells. */
    Kind best(Set<String> signs) {
        Map<Kind, Integer> sums = new EnumMap<>(always);
        for (String sign : signs) {
            points.getOrDefault(sign, Map.of()).forEach((kind, given) -> sums.merge(kind, given, Integer::sum));
        }
        Kind best = Kind.ARREST_RESULTS;
        for (Kind kind : Kind.values()) {
            if (kind != Kind.SINGLE_ARREST && sums.getOrDefault(kind, 0) > sums.getOrDefault(best, 0)) {
                best = kind;
            }
        }
        return best;
    }
}
