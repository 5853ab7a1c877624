package org.surgewire.streams.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which publishers speak for the same arrests, from {@code publisher-families.csv}. */
final class PublisherFamilies {
    private static final String PRESS = "press";
    private static final String LOCAL = "local";

    private final Map<Pattern, String> families;

    private PublisherFamilies(Map<Pattern, String> families) {
        this.families = families;
    }

    static PublisherFamilies bundled() {
        Map<Pattern, String> families = new LinkedHashMap<>();
        try (var in = PublisherFamilies.class.getResourceAsStream("publisher-families.csv")) {
            if (in == null) {
                throw new IllegalStateException("publisher-families.csv is missing from the jar");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(row ->
                            families.put(Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(row[0])), row[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PublisherFamilies(families);
    }

    /** The family of a publisher; the press for one that no row names. */
    String of(String publisher) {
        String name = publisher.toLowerCase(Locale.ROOT);
        return families.entrySet().stream()
                .filter(row -> row.getKey().matcher(name).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(PRESS);
    }

    /** Whether a publisher speaks for a federal agency itself; who retells one says so in brackets. */
    boolean isFederal(String publisher) {
        String family = of(publisher.replaceAll("\\([^)]*\\)", ""));
        return !family.equals(PRESS) && !family.equals(LOCAL);
    }

    /** Whether two publishers may tell of the same arrests without naming each other. */
    boolean mayAgree(String one, String other) {
        String a = of(one);
        String b = of(other);
        return a.equals(b) || a.equals(PRESS) || b.equals(PRESS);
    }
}
