package org.surgewire.ingest.extract;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.surgewire.ingest.place.PlaceFinder;
import org.surgewire.ingest.text.Lexicon;

/** Which capitalised words are common words, frequent names of persons, or acronyms. */
final class Vocabulary {
    static final Vocabulary BUNDLED = new Vocabulary();

    private final Set<String> common = words("common-words.txt");
    private final Set<String> names = words("names.txt");
    private final Set<String> wordNames = words("word-names.txt");
    private final Set<String> acronyms = words("acronyms.txt");

    private final Set<String> countries = Set.copyOf(Lexicon.lines(PlaceFinder.class, "countries.txt"));

    private Vocabulary() {}

    private static Set<String> words(String resource) {
        Set<String> words = new HashSet<>();
        for (String line : Lexicon.lines(Vocabulary.class, resource)) {
            words.addAll(List.of(line.toLowerCase(Locale.ROOT).split(" +", -1)));
        }
        return words;
    }

    /** Whether a word is a foreign country's name. */
    boolean country(String lower) {
        return countries.contains(lower);
    }

    boolean common(String lower) {
        return common.contains(lower);
    }

    boolean name(String lower) {
        return names.contains(lower);
    }

    /** Whether a name of persons is a common word too. */
    boolean word(String lower) {
        return wordNames.contains(lower) || common.contains(lower);
    }

    boolean acronym(String lower) {
        return acronyms.contains(lower);
    }
}
