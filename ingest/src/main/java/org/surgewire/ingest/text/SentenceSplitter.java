package org.surgewire.ingest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds lines, sentences and the head of a release. A line break ends a sentence unless the next line plainly goes on
 * (it begins with a small letter, or the line ends with a word that cannot end a sentence). The head is every line from
 * the top that is a date, a contact line, a headline or an aside; the body begins with the first line that is a
 * sentence.
 */
final class SentenceSplitter {
    /** A sentence of more tokens is cut, so that what looks at whole sentences stays cheap. */
    private static final int LONGEST_SENTENCE = 400;

    /** A headline has no more units than this. */
    private static final int LONGEST_HEADLINE = 220;

    private final Set<String> starters;
    private final Set<String> openEnds;

    /**
     * @param starters words that begin a sentence
     * @param openEnds words that never end one
     */
    SentenceSplitter(Set<String> starters, Set<String> openEnds) {
        this.starters = starters;
        this.openEnds = openEnds;
    }

    List<Sentence> split(Document document) {
        List<int[]> lines = lines(document);
        List<Sentence> sentences = new ArrayList<>();
        boolean head = true;
        boolean titled = false;
        boolean listing = false;
        for (int n = 0; n < lines.size(); n++) {
            int first = lines.get(n)[0];
            int end = lines.get(n)[1];
            boolean bullet = bullet(document, first, end);
            boolean item = listing && item(document, first);
            listing = document.is(end - 1, ":") || (listing && (bullet || item));
            Sentence.Role role = Sentence.Role.BODY;
            if (aside(document, first) || (head && titled && credited(document, first, end))) {
                role = Sentence.Role.ASIDE;
            } else if (head) {
                if (furniture(document, first, end)) {
                    role = Sentence.Role.FURNITURE;
                } else if (!bullet && headline(document, first, end, n) && !(titled && goesOn(document, lines, n))) {
                    role = Sentence.Role.HEADLINE;
                    titled = true;
                } else {
                    head = false;
                }
            }
            if (role == Sentence.Role.BODY) {
                cut(document, bullet ? first + 1 : first, end, n, bullet || item, sentences, first);
            } else {
                sentences.add(new Sentence(first, end, n, role, false));
            }
        }
        return sentences;
    }

    /** Whether a line under an introduction that ends with a colon is an item of its list ("A 53-year-old …"). */
    private static boolean item(Document document, int first) {
        return document.is(first, "a")
                || document.is(first, "an")
                || document.is(first, "in")
                || document.is(first, "on")
                || document.token(first).number() >= 0;
    }

    /** Whether a line is a caption with its credit behind the full stop ("Agents at work on Sept. 25. ICE"). */
    private static boolean credited(Document document, int first, int end) {
        for (int i = Math.max(first + 6, end - 3); i < end - 1; i++) {
            if (document.is(i, ".") && document.token(i + 1).capital()) {
                return document.token(end - 1).isWord()
                        && document.token(end - 1).shouted();
            }
        }
        return false;
    }

    /** A headline is followed by another headline or by the body; a line of a list is followed by more of the list. */
    private static boolean goesOn(Document document, List<int[]> lines, int n) {
        int end = lines.get(n)[1];
        return document.is(end - 1, ":");
    }

    private List<int[]> lines(Document document) {
        List<int[]> lines = new ArrayList<>();
        String text = document.text();
        int first = 0;
        for (int i = 1; i <= document.size(); i++) {
            if (i == document.size()) {
                if (first < i) {
                    lines.add(new int[] {first, i});
                }
            } else if (breaks(
                            text, document.token(i - 1).end(), document.token(i).start())
                    && !continues(document, first, i)) {
                lines.add(new int[] {first, i});
                first = i;
            }
        }
        return lines;
    }

    private static boolean breaks(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\u2028') {
                return true;
            }
        }
        return false;
    }

    private boolean continues(Document document, int first, int next) {
        Token last = document.token(next - 1);
        Token following = document.token(next);
        if (last.kind() == Token.Kind.PUNCTUATION) {
            return last.is(",") && following.isWord();
        }
        if (openEnds.contains(last.lower())) {
            return following.kind() != Token.Kind.PUNCTUATION || following.is("\"");
        }
        boolean stamp = following.is("date")
                && next + 1 < document.size()
                && document.token(next + 1).isNumber();
        return !stamp
                && next - first > 3
                && following.isWord()
                && Character.isLowerCase(following.text().charAt(0));
    }

    private static boolean bullet(Document document, int first, int end) {
        String mark = document.lower(first);
        return end - first > 1
                && (mark.equals("•")
                        || mark.equals("-")
                        || mark.equals("–")
                        || mark.equals("*")
                        || mark.equals("·")
                        || mark.equals("▪")
                        || mark.equals("◦")
                        || mark.equals("●"));
    }

    private static boolean aside(Document document, int first) {
        return document.has(first, Tag.ASIDE) || (document.is(first, "[") && document.has(first + 1, Tag.ASIDE));
    }

    private static boolean furniture(Document document, int first, int end) {
        int tokens = end - first;
        if (tokens > 16 || (document.is(end - 1, ".") && tokens > 12)) {
            return false;
        }
        if (document.has(first, Tag.FEATURE) && tokens <= 12) {
            return true;
        }
        boolean verb = false;
        boolean number = false;
        for (int i = first; i < end; i++) {
            number |= document.token(i).number() >= 0;
            verb |= document.in(i, Tag.ARREST_VERB)
                    || document.in(i, Tag.ARREST_NOUN)
                    || document.in(i, Tag.YIELD)
                    || document.in(i, Tag.AUXILIARY);
        }
        if (verb) {
            return false;
        }
        boolean numeric = document.token(first).number() >= 0
                && (document.is(first + 1, "-")
                        || document.is(first + 1, "/")
                        || document.is(first + 1, ":")
                        || document.has(first + 1, Tag.MONTH));
        boolean date = document.has(first, Tag.MONTH)
                || document.has(first, Tag.WEEKDAY)
                || document.is(first, "date")
                || numeric
                || document.is(first, "(")
                || document.is(first, "fy");
        if (date && number) {
            return true;
        }
        // "News Releases July 23, 2007", "FBI Sacramento Press Office"
        return document.is(end - 1, "office")
                || document.is(end - 1, "release")
                || (number
                        && document.token(end - 1).number() >= 0
                        && tokens <= 8
                        && document.any(first, end, Tag.MONTH)
                        && !document.any(first, end, Tag.OPERATION));
    }

    private static boolean headline(Document document, int first, int end, int line) {
        Token last = document.token(end - 1);
        int length = last.end() - document.token(first).start();
        if (length > LONGEST_HEADLINE || last.is(":") || last.is(";")) {
            return false;
        }
        return (line == 0 && last.is(".") && length < 120)
                || (!last.is(".") && !(last.is("\"") && document.is(end - 2, ".")));
    }

    private void cut(
            Document document, int first, int end, int line, boolean bullet, List<Sentence> sentences, int lineFirst) {
        int from = lineFirst;
        for (int i = first; i < end; i++) {
            if (i > from && inlineBullet(document, i)) {
                sentences.add(new Sentence(from, i, line, Sentence.Role.BODY, bullet));
                from = i;
                bullet = true;
            }
            if (ends(document, i, end) || i - from >= LONGEST_SENTENCE) {
                int to = i + 1;
                while (to < end
                        && (document.is(to, "\"") || document.is(to, "'") || document.is(to, ")"))
                        && !document.token(to).spaced()) {
                    to++;
                }
                sentences.add(new Sentence(from, to, line, Sentence.Role.BODY, bullet));
                from = to;
                i = to - 1;
            }
        }
        if (from < end) {
            sentences.add(new Sentence(from, end, line, Sentence.Role.BODY, bullet));
        }
    }

    /** Whether a list item begins in the middle of a line ("… include: - In Boston, … • In Lynn, …"). */
    private static boolean inlineBullet(Document document, int i) {
        if (document.is(i, "•") || document.is(i, "▪") || document.is(i, "●")) {
            return true;
        }
        boolean dash = (document.is(i, "-") || document.is(i, "*"))
                && document.token(i).spaced()
                && i + 1 < document.size()
                && document.token(i + 1).spaced();
        return dash && (document.is(i - 1, ":") || document.is(i - 1, ";") || document.is(i - 1, "."));
    }

    private boolean ends(Document document, int i, int end) {
        if (i + 1 >= end) {
            return false;
        }
        Token token = document.token(i);
        int after = i + 1;
        while (after < end
                && (document.is(after, "\"") || document.is(after, "'") || document.is(after, ")"))
                && !document.token(after).spaced()) {
            after++;
        }
        if (after >= end) {
            return false;
        }
        Token next = document.token(after);
        if (token.is(".") || token.is("?") || token.is("!")) {
            return next.spaced()
                    && (next.capital()
                            || next.number() >= 0
                            || next.is("\"")
                            || next.is("'")
                            || next.is("(")
                            || next.is("[")
                            || next.is("$")
                            || Character.isUpperCase(next.text().charAt(0)));
        }
        return token.dotted() && next.spaced() && next.capital() && starters.contains(next.lower());
    }
}
