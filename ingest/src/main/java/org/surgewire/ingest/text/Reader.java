package org.surgewire.ingest.text;

import java.util.HashSet;
import java.util.Set;

/** Makes documents out of texts; holds the lexicon. Immutable once built and safe for any number of threads. */
public final class Reader {
    private final Lexicon lexicon;
    private final Tokenizer tokenizer;
    private final SentenceSplitter splitter;

    public Reader(Lexicon lexicon) {
        this.lexicon = lexicon;
        this.tokenizer = new Tokenizer(words("abbreviations.txt"));
        this.splitter = new SentenceSplitter(words("sentence-starts.txt"), words("open-ends.txt"));
    }

    /** The document for a text; any text is accepted, the empty one too. */
    public Document read(String text) {
        return Document.of(text, lexicon, tokenizer, splitter);
    }

    public Lexicon lexicon() {
        return lexicon;
    }

    private static Set<String> words(String resource) {
        Set<String> words = new HashSet<>();
        for (String line : Lexicon.lines(Reader.class, resource)) {
            words.addAll(Set.of(line.split(" +", -1)));
        }
        return words;
    }
}
