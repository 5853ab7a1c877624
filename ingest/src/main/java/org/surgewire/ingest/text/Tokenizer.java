package org.surgewire.ingest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a text into tokens in one pass; every UTF-16 unit that is not white space belongs to exactly one token. */
final class Tokenizer {
    /** Numbers with more digits than this are no counts; their value is given as -1. */
    private static final int LONGEST_NUMBER = 12;

    private final Set<String> abbreviations;

    Tokenizer(Set<String> abbreviations) {
        this.abbreviations = abbreviations;
    }

    List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>(text.length() / 5 + 8);
        int at = 0;
        boolean spaced = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (blank(c)) {
                spaced = true;
                at++;
                continue;
            }
            Token token = Character.isLetter(c)
                    ? word(text, at, spaced)
                    : digit(c) ? number(text, at, spaced) : mark(text, at, spaced);
            tokens.add(token);
            at = token.end();
            spaced = false;
        }
        return tokens;
    }

    private Token word(String text, int start, boolean spaced) {
        int dotted = dottedLetters(text, start);
        if (dotted > 0) {
            String name = text.substring(start, dotted - 1);
            return new Token(start, dotted, name, name.toLowerCase(Locale.ROOT), Token.Kind.WORD, spaced, true, -1);
        }
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean inner = end + 1 < text.length() && Character.isLetter(text.charAt(end + 1));
            if (Character.isLetterOrDigit(c)
                    || (apostrophe(c) && inner && end > start)
                    || Character.isSurrogate(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK) {
                end++;
            } else {
                break;
            }
        }
        String plain = plain(text.substring(start, end));
        String lower = withoutPossessive(plain.toLowerCase(Locale.ROOT));
        boolean initial = end - start == 1 && Character.isUpperCase(text.charAt(start)) && text.charAt(start) != 'I';
        boolean dot = end < text.length() && text.charAt(end) == '.' && (initial || abbreviations.contains(lower));
        return new Token(start, dot ? end + 1 : end, plain, lower, Token.Kind.WORD, spaced, dot, -1);
    }

    /** The end of an abbreviation of single letters and dots ("U.S.", "N.M."), 0 when there is none. */
    private static int dottedLetters(String text, int start) {
        int at = start;
        int letters = 0;
        while (at + 1 < text.length() && Character.isLetter(text.charAt(at)) && text.charAt(at + 1) == '.') {
            letters++;
            at += 2;
        }
        if (letters < 2) {
            return 0;
        }
        return at;
    }

    private static Token number(String text, int start, boolean spaced) {
        int end = start;
        while (end < text.length() && digit(text.charAt(end))) {
            end++;
        }
        while (group(text, end) && end - start <= LONGEST_NUMBER * 2) {
            end += 4;
        }
        boolean decimal = false;
        if (end + 1 < text.length() && text.charAt(end) == '.' && digit(text.charAt(end + 1))) {
            decimal = true;
            end++;
            while (end < text.length() && digit(text.charAt(end))) {
                end++;
            }
        }
        int digits = end;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        String all = text.substring(start, end);
        String lower = all.toLowerCase(Locale.ROOT);
        String suffix = lower.substring(digits - start);
        if (decimal) {
            return new Token(start, end, all, lower, Token.Kind.DECIMAL, spaced, false, -1);
        }
        long value = value(text, start, digits);
        if (suffix.equals("st") || suffix.equals("nd") || suffix.equals("rd") || suffix.equals("th")) {
            return new Token(start, end, all, lower, Token.Kind.ORDINAL, spaced, false, value);
        }
        Token.Kind kind = suffix.isEmpty() ? Token.Kind.NUMBER : Token.Kind.WORD;
        return new Token(start, end, all, lower, kind, spaced, false, suffix.isEmpty() ? value : -1);
    }

    private static boolean group(String text, int at) {
        return at + 3 < text.length()
                && text.charAt(at) == ','
                && digit(text.charAt(at + 1))
                && digit(text.charAt(at + 2))
                && digit(text.charAt(at + 3))
                && (at + 4 >= text.length() || !digit(text.charAt(at + 4)));
    }

    private static long value(String text, int start, int end) {
        long value = 0;
        int digits = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (digit(c)) {
                if (++digits > LONGEST_NUMBER) {
                    return -1;
                }
                value = value * 10 + (c - '0');
            }
        }
        return value;
    }

    private static Token mark(String text, int at, boolean spaced) {
        char c = text.charAt(at);
        String plain =
                switch (c) {
                    case '“', '”', '„', '«', '»' -> "\"";
                    case '‘', '’', '‚', '`' -> "'";
                    case '\u2011', '\u2010', '\u00ad' -> "-";
                    case '—', '―', '\u2212' -> "–";
                    default -> String.valueOf(c);
                };
        return new Token(at, at + 1, plain, plain, Token.Kind.PUNCTUATION, spaced, false, -1);
    }

    private static String withoutPossessive(String lower) {
        return lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
    }

    private static String plain(String word) {
        return word.indexOf('’') < 0 && word.indexOf('‘') < 0
                ? word
                : word.replace('’', '\'').replace('‘', '\'');
    }

    private static boolean apostrophe(char c) {
        return c == '\'' || c == '’' || c == '‘';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c)
                || c == '\u00a0'
                || c == '\u202f'
                || c == '\u200b'
                || c == '\ufeff'
                || Character.isISOControl(c);
    }
}
