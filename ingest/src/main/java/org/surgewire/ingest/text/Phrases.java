package org.surgewire.ingest.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A named group of phrases that mean the same to one rule. The groups of a package stand in a data file with a section
 * {@code [name]} for each and a phrase in lower case a line, so that a wording is added without touching a rule.
 * Immutable.
 */
public final class Phrases {
    private final Map<String, List<String[]>> byFirst = new HashMap<>();
    private final Map<String, List<String[]>> byLast = new HashMap<>();

    private Phrases() {}

    /** All groups of the data file {@code resource} beside {@code owner}, by name. */
    public static Map<String, Phrases> read(Class<?> owner, String resource) {
        Map<String, Phrases> groups = new HashMap<>();
        Lexicon.read(owner, resource, (section, line) -> groups.computeIfAbsent(section, key -> new Phrases())
                .add(line));
        return groups;
    }

    private void add(String line) {
        String[] words = Lexicon.words(line);
        byFirst.computeIfAbsent(words[0], key -> new ArrayList<>(1)).add(words);
        byLast.computeIfAbsent(words[words.length - 1], key -> new ArrayList<>(1))
                .add(words);
    }

    /** Whether a phrase of the group begins at token {@code i}; false outside the text. */
    public boolean at(Document document, int i) {
        return length(document, i) > 0;
    }

    /** Tokens of the longest phrase of the group that begins at token {@code i}; 0 when none does. */
    public int length(Document document, int i) {
        int longest = 0;
        for (String[] words : byFirst.getOrDefault(document.lower(i), List.of())) {
            if (words.length > longest && matches(document, i, words)) {
                longest = words.length;
            }
        }
        return longest;
    }

    /** Whether a phrase of the group ends with token {@code i}. */
    public boolean endsAt(Document document, int i) {
        return lengthBefore(document, i) > 0;
    }

    /** Tokens of the longest phrase of the group whose last token is {@code i}; 0 when none is. */
    public int lengthBefore(Document document, int i) {
        int longest = 0;
        for (String[] words : byLast.getOrDefault(document.lower(i), List.of())) {
            if (words.length > longest && matches(document, i - words.length + 1, words)) {
                longest = words.length;
            }
        }
        return longest;
    }

    /** Whether a phrase of the group begins in [from, to). */
    public boolean within(Document document, int from, int to) {
        return next(document, from, to) >= 0;
    }

    /** The first token in [from, to) at which a phrase of the group begins; -1 when there is none. */
    public int next(Document document, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(to, document.size()); i++) {
            if (at(document, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(Document document, int from, String[] words) {
        for (int k = 0; k < words.length; k++) {
            if (!document.is(from + k, words[k])) {
                return false;
            }
        }
        return true;
    }
}
