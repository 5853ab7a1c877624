package org.surgewire.ingest.extract;

import java.util.List;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/**
 * Takes names, ages and home towns of persons out of a piece of text. It works from what is known, not from a list of
 * persons: a capitalised word stays only when it is part of a known place, date or operation, an acronym, or a common
 * word that is no frequent name. Everything else becomes {@value #GONE}.
 */
final class Redactor {
    /** Stands for what was taken out. */
    static final String GONE = "[…]";

    private final Vocabulary vocabulary = Vocabulary.BUNDLED;

    /**
     * Which tokens stay.
     *
     * @param kept tokens of dates, operations and other names that are known to be no persons
     */
    boolean[] keeps(Document document, List<PlaceMention> places, List<NumberMention> numbers, boolean[] kept) {
        boolean[] keeps = new boolean[document.size()];
        for (int i = 0; i < document.size(); i++) {
            keeps[i] = kept[i] || harmless(document, i);
        }
        for (PlaceMention place : places) {
            boolean home = home(document, place, keeps);
            boolean sure = sure(document, place);
            for (int i = place.first(); i < place.end(); i++) {
                keeps[i] = kept[i] || (sure && !home) || (keeps[i] && !home);
            }
        }
        spread(document, keeps, kept, places);
        for (NumberMention number : numbers) {
            if (number.use() == NumberMention.Use.AGE) {
                int end = number.end();
                while (end < document.size()
                        && end < number.end() + 5
                        && document.sentenceIndex(end) == document.sentenceIndex(number.first())
                        && (document.is(end, "-")
                                || document.has(end, Tag.DURATION)
                                || document.is(end, "old")
                                || document.is(end, "to")
                                || (document.is(end, "of") && document.is(end + 1, "age"))
                                || document.is(end, "age")
                                || document.token(end).isNumber())) {
                    end++;
                }
                for (int i = number.first(); i < end; i++) {
                    keeps[i] = false;
                }
            }
        }
        return keeps;
    }

    /**
     * A capitalised word beside one that went is part of the same name: a surname that is a common word, a given name that
     * is a town's. Offices, titles before a name, and places with their state stay.
     */
    private void spread(Document document, boolean[] keeps, boolean[] kept, List<PlaceMention> places) {
        boolean[] town = new boolean[document.size()];
        boolean[] fixed = new boolean[document.size()];
        for (PlaceMention place : places) {
            boolean bare = place.type() == NameType.CITY && place.state() == null && !place.office();
            for (int i = place.first(); i < place.end(); i++) {
                town[i] = bare;
                fixed[i] = !bare;
            }
        }
        for (int i = 1; i < document.size(); i++) {
            boolean beside = gone(document, keeps, i - 1) && document.token(i).spaced();
            boolean office = document.in(i, Tag.OFFICE)
                    || document.in(i, Tag.PLACE_NOUN)
                    || document.token(i).shouted();
            if (beside
                    && document.token(i).capital()
                    && !kept[i]
                    && !fixed[i]
                    && !office
                    && document.sentenceIndex(i) == document.sentenceIndex(i - 1)) {
                keeps[i] = false;
            }
        }
        for (int i = document.size() - 2; i >= 0; i--) {
            if (gone(document, keeps, i + 1)
                    && document.token(i + 1).spaced()
                    && town[i]
                    && !kept[i]
                    && document.sentenceIndex(i) == document.sentenceIndex(i + 1)) {
                keeps[i] = false;
            }
        }
    }

    private static boolean gone(Document document, boolean[] keeps, int i) {
        return !keeps[i] && document.token(i).capital();
    }

    private boolean harmless(Document document, int i) {
        Token token = document.token(i);
        if (!token.isWord()) {
            return true;
        }
        boolean capital = token.capital();
        if (!capital) {
            // "al-Rashid", "d'Angelo": a small particle before a name goes with it.
            boolean particle = i + 1 < document.size()
                    && (document.is(i + 1, "-") || document.is(i + 1, "'"))
                    && !document.token(i + 1).spaced()
                    && i + 2 < document.size()
                    && document.token(i + 2).capital();
            return !particle || vocabulary.common(token.lower());
        }
        if (token.text().length() == 1
                || (token.dotted() && token.text().length() <= 2 && !vocabulary.acronym(token.lower()))) {
            return token.is("a") || token.is("i") || document.in(i, Tag.MONTH);
        }
        if ((document.has(i, Tag.MONTH) && !vocabulary.name(token.lower())) || document.has(i, Tag.WEEKDAY)) {
            return true;
        }
        if (vocabulary.name(token.lower())) {
            return false;
        }
        return (vocabulary.acronym(token.lower()) && (token.shouted() || vocabulary.common(token.lower())))
                || vocabulary.common(token.lower());
    }

    /** Whether a name is one of a place beyond doubt, and not a person's name that a place has too. */
    private boolean sure(Document document, PlaceMention place) {
        if (place.type() != NameType.CITY) {
            return true;
        }
        if ((place.state() != null && place.end() > place.first() + 1) || place.office()) {
            return true;
        }
        String before = document.lower(place.first() - 1);
        boolean locative = before.equals("in")
                || before.equals("at")
                || before.equals("near")
                || before.equals("across")
                || before.equals("throughout")
                || before.equals("around")
                || before.equals("the")
                || before.equals("of")
                || before.equals("ero")
                || before.equals("ice")
                || before.equals("hsi")
                || before.equals("fbi");
        boolean known = !place.candidates().isEmpty();
        boolean person = vocabulary.name(document.lower(place.first()));
        return known
                && (locative
                        || (document.token(place.first()).shouted() && !person)
                        || (!person && place.end() > place.first()));
    }

    /** "…, 34, of Lynn", "a resident of Lynn": a home town. */
    private static boolean home(Document document, PlaceMention place, boolean[] keeps) {
        if (place.type() == NameType.COUNTRY) {
            return false;
        }
        int of = place.first() - 1;
        String before = document.lower(of);
        if (before.equals("of") || before.equals("from")) {
            int i = of - 1;
            boolean comma = document.is(i, ",");
            if (comma) {
                i--;
            }
            boolean unnamed = i >= 0 && !keeps[i];
            boolean age =
                    i >= 0 && document.token(i).isNumber() && document.token(i).number() < 100 && comma;
            boolean resident = document.is(of - 1, "resident")
                    || document.is(of - 1, "residents")
                    || document.is(of - 1, "native")
                    || document.is(of - 1, "man")
                    || document.is(of - 1, "woman");
            return unnamed || age || resident;
        }
        return before.equals("in")
                && (document.is(of - 1, "living")
                        || document.is(of - 1, "residing")
                        || document.is(of - 1, "lived")
                        || document.is(of - 1, "lives")
                        || document.is(of - 1, "born")
                        || document.is(of - 1, "resides"));
    }

    /** The tokens from {@code first} to before {@code end} on one line, what does not stay replaced. */
    static String text(Document document, int first, int end, boolean[] keeps) {
        StringBuilder text = new StringBuilder();
        boolean gone = false;
        for (int i = first; i < end; i++) {
            Token token = document.token(i);
            if (keeps[i]) {
                if (text.length() > 0 && token.spaced()) {
                    text.append(' ');
                }
                text.append(document.text(), token.start(), token.end());
                gone = false;
            } else if (!gone) {
                if (text.length() > 0 && token.spaced()) {
                    text.append(' ');
                }
                text.append(GONE);
                gone = true;
            }
        }
        return text.toString();
    }
}
