package org.surgewire.ingest.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of known meaning. A data file has sections headed {@code [TAG]} or {@code [TAG value]}; each further line is
 * a phrase in lower case (or {@code phrase = value}); {@code #} starts a comment. Of the phrases that begin at one
 * token, the longest of each tag counts.
 */
public final class Lexicon {
    /** A phrase found: its tag, value and length in tokens. */
    public record Hit(Tag tag, String value, int length) {}

    /** Marks that the tokenizer makes tokens of their own. */
    private static final Pattern MARK = Pattern.compile("[-/,%§:]");

    private static final class Node {
        final Map<String, Node> next = new HashMap<>(4);
        final List<Hit> hits = new ArrayList<>(1);
    }

    private final Node root = new Node();

    /** Adds the phrases of a resource beside {@code owner}. */
    public Lexicon with(Class<?> owner, String resource) {
        read(owner, resource, this::add);
        return this;
    }

    private void add(String section, String line) {
        int space = section.indexOf(' ');
        Tag tag = Tag.valueOf(space < 0 ? section : section.substring(0, space));
        String value = space < 0 ? "" : section.substring(space + 1).strip();
        int equals = line.indexOf(" = ");
        if (equals >= 0) {
            value = line.substring(equals + 3).strip();
            line = line.substring(0, equals).strip();
        }
        String[] words = words(line);
        Node node = root;
        for (String word : words) {
            node = node.next.computeIfAbsent(word, key -> new Node());
        }
        node.hits.add(new Hit(tag, value, words.length));
    }

    /** The tokens of a phrase in a data file. */
    static String[] words(String line) {
        return MARK.matcher(line).replaceAll(" $0 ").strip().split(" +", -1);
    }

    /** Calls {@code each} with section and line of a sectioned data file; for files of other packages too. */
    public static void read(Class<?> owner, String resource, BiConsumer<String, String> each) {
        String section = "";
        for (String line : lines(owner, resource)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else {
                try {
                    each.accept(section, line);
                } catch (IllegalArgumentException e) {
                    throw new IllegalStateException(resource + ": bad line: " + line, e);
                }
            }
        }
    }

    /** The lines of a data file without comments and blank lines. */
    public static List<String> lines(Class<?> owner, String resource) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    lines.add(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** The phrases that begin at token {@code at}, longest last; empty when there is none. */
    List<Hit> at(List<Token> tokens, int at) {
        Node node = root.next.get(tokens.get(at).lower());
        List<Hit> found = List.of();
        for (int next = at + 1; node != null; next++) {
            if (!node.hits.isEmpty()) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(node.hits);
                } else {
                    found.addAll(node.hits);
                }
            }
            node = next < tokens.size() ? node.next.get(tokens.get(next).lower()) : null;
        }
        return found;
    }

    /** The value that a tag gives to a whole phrase of one word; null when it gives none. */
    public @Nullable String value(Tag tag, String word) {
        Node node = root.next.get(word);
        if (node != null) {
            for (Hit hit : node.hits) {
                if (hit.tag() == tag) {
                    return hit.value();
                }
            }
        }
        return null;
    }
}
