package org.surgewire.ingest.place;

import java.util.Map;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Tag;

/** The words around a name that say what it names. */
final class PlaceWords {
    private static final Map<String, Phrases> GROUPS = Phrases.read(PlaceWords.class, "wordings.txt");

    private PlaceWords() {}

    /**
     * A group of phrases of {@code wordings.txt}.
     *
     * @throws IllegalStateException when the file has no such group
     */
    static Phrases wording(String group) {
        Phrases phrases = GROUPS.get(group);
        if (phrases == null) {
            throw new IllegalStateException("wordings.txt has no group " + group);
        }
        return phrases;
    }

    /** Whether token {@code i} is in the sentence of the token before it. */
    static boolean goesOn(Document document, int i) {
        return i > 0 && i < document.size() && document.sentenceIndex(i) == document.sentenceIndex(i - 1);
    }

    static boolean county(Document document, int i) {
        return goesOn(document, i) && (document.is(i, "county") || document.is(i, "parish"));
    }

    static boolean office(Document document, int i) {
        if (!goesOn(document, i)) {
            return false;
        }
        if (document.has(i, Tag.OFFICE)) {
            return true;
        }
        return document.is(i, "county") && document.has(i + 1, Tag.OFFICE);
    }

    static boolean area(Document document, int i) {
        return i < document.size() && areaEnd(document, i) > i;
    }

    /** Index behind "area", "metro area", "metropolitan region" at {@code i}; {@code i} when none is there. */
    static int areaEnd(Document document, int i) {
        Lexicon.Hit hit = goesOn(document, i) ? document.hit(i, Tag.PLACE_NOUN) : null;
        if (hit == null
                || !hit.value().equals("area")
                || document.is(i, "areas")
                || document.is(i, "regions")
                || document.is(i, "divisions")) {
            return i;
        }
        int end = i + hit.length();
        if (document.is(i, "division")) {
            return i;
        }
        // "area of responsibility" is none, "the Denver metro area of Colorado" is one.
        boolean ofAPlace = end + 1 < document.size() && document.token(end + 1).capital();
        return document.is(end, "of") && !ofAPlace ? i : end;
    }

    static boolean around(String lower) {
        return lower.equals("greater")
                || lower.equals("metro")
                || lower.equals("metropolitan")
                || lower.equals("suburban");
    }

    /** A name as written, without the "'s" that a headline hangs on it. */
    static String name(Document document, int first, int end) {
        String name = document.span(first, end);
        return name.endsWith("'s") || name.endsWith("’s") ? name.substring(0, name.length() - 2) : name;
    }
}
