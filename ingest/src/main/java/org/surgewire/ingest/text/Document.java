package org.surgewire.ingest.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into tokens and sentences, with the phrases of the lexicon marked. Never more than {@link #LONGEST} UTF-16
 * units are read.
 */
public final class Document {
    /** Longer texts are read up to here; the cost of reading is linear in the length. */
    public static final int LONGEST = 200_000;

    private final String text;
    private final boolean truncated;
    private final List<Token> tokens;
    private final List<List<Lexicon.Hit>> hits;
    private final long[] covered;
    private final List<Sentence> sentences;
    private final int[] sentenceOf;

    private Document(String text, boolean truncated, List<Token> tokens, Lexicon lexicon, SentenceSplitter splitter) {
        this.text = text;
        this.truncated = truncated;
        this.tokens = tokens;
        this.hits = new ArrayList<>(tokens.size());
        this.covered = new long[tokens.size() * Tag.WORDS];
        for (int i = 0; i < tokens.size(); i++) {
            List<Lexicon.Hit> found = lexicon.at(tokens, i);
            hits.add(found);
            for (Lexicon.Hit hit : found) {
                for (int k = i; k < i + hit.length(); k++) {
                    covered[k * Tag.WORDS + hit.tag().word()] |= hit.tag().bit();
                }
            }
        }
        this.sentences = splitter.split(this);
        this.sentenceOf = new int[tokens.size()];
        for (int s = 0; s < sentences.size(); s++) {
            for (int i = sentences.get(s).first(); i < sentences.get(s).end(); i++) {
                sentenceOf[i] = s;
            }
        }
    }

    static Document of(String whole, Lexicon lexicon, Tokenizer tokenizer, SentenceSplitter splitter) {
        boolean truncated = whole.length() > LONGEST;
        String text = truncated ? whole.substring(0, LONGEST) : whole;
        return new Document(text, truncated, tokenizer.tokens(text), lexicon, splitter);
    }

    public String text() {
        return text;
    }

    public boolean truncated() {
        return truncated;
    }

    public int size() {
        return tokens.size();
    }

    public Token token(int i) {
        return tokens.get(i);
    }

    /** The lower-case form of token {@code i}; empty outside the text. */
    public String lower(int i) {
        return i < 0 || i >= tokens.size() ? "" : tokens.get(i).lower();
    }

    /** Whether token {@code i} is the word or mark {@code wanted}; false outside the text. */
    public boolean is(int i, String wanted) {
        return i >= 0 && i < tokens.size() && tokens.get(i).lower().equals(wanted);
    }

    public List<Sentence> sentences() {
        return sentences;
    }

    /** The headlines; the first sentence of the body for a text without any. Empty for an empty text. */
    public List<Sentence> headlines() {
        List<Sentence> headlines = sentences.stream().filter(Sentence::headline).toList();
        return headlines.isEmpty()
                ? sentences.stream().filter(Sentence::body).limit(1).toList()
                : headlines;
    }

    public Sentence sentenceAt(int token) {
        return sentences.get(sentenceOf[token]);
    }

    public int sentenceIndex(int token) {
        return sentenceOf[token];
    }

    /** Whether token {@code i} is inside a phrase with this tag. */
    public boolean in(int i, Tag tag) {
        return i >= 0 && i < tokens.size() && (covered[i * Tag.WORDS + tag.word()] & tag.bit()) != 0;
    }

    /** The longest phrase with this tag that begins at token {@code i}; null when none does. */
    public Lexicon.@Nullable Hit hit(int i, Tag tag) {
        if (!in(i, tag)) {
            return null;
        }
        Lexicon.Hit longest = null;
        for (Lexicon.Hit hit : hits.get(i)) {
            if (hit.tag() == tag) {
                longest = hit;
            }
        }
        return longest;
    }

    /** Whether a phrase with this tag begins at token {@code i}. */
    public boolean has(int i, Tag tag) {
        return hit(i, tag) != null;
    }

    /** The first token in [from, to) at which a phrase with this tag begins, -1 when there is none. */
    public int next(int from, int to, Tag tag) {
        for (int i = Math.max(0, from); i < Math.min(to, tokens.size()); i++) {
            if (has(i, tag)) {
                return i;
            }
        }
        return -1;
    }

    /** The last token in [from, to) at which a phrase with this tag begins, -1 when there is none. */
    public int last(int from, int to, Tag tag) {
        for (int i = Math.min(to, tokens.size()) - 1; i >= Math.max(0, from); i--) {
            if (has(i, tag)) {
                return i;
            }
        }
        return -1;
    }

    public boolean any(int from, int to, Tag tag) {
        return next(from, to, tag) >= 0;
    }

    /** The text from token {@code first} to the token before {@code end}, as written. */
    public String span(int first, int end) {
        return end <= first
                ? ""
                : text.substring(tokens.get(first).start(), tokens.get(end - 1).end());
    }

    List<Token> tokens() {
        return tokens;
    }
}
