package org.surgewire.ingest.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The labelled announcements among the test resources. */
final class Corpus {
    private Corpus() {}

    /** The announcements on which the rules were first written. */
    static List<String> lines() {
        return lines("/corpus/announcements.jsonl");
    }

    /** Announcements that were labelled afterwards by others, before the rules had seen them. */
    static List<String> further() {
        return lines("/corpus/announcements-further.jsonl");
    }

    /** Announcements of two later batches, each measured before the rules were changed for it. */
    static List<String> later() {
        return lines("/corpus/announcements-later.jsonl");
    }

    /** Announcements of every style and kind, most of them of the rare kinds, see the corpus' README. */
    static List<String> varied() {
        return lines("/corpus/announcements-varied.jsonl");
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
