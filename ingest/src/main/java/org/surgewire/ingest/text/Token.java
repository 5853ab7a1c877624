package org.surgewire.ingest.text;

/**
 * A word, number or punctuation mark of the text.
 *
 * @param start offset of its first UTF-16 unit in the text
 * @param end offset behind its last UTF-16 unit
 * @param text the token with typographic quotes and dashes made plain; abbreviations without their final dot
 * @param lower {@code text} in lower case without a possessive {@code 's}
 * @param kind what it is made of
 * @param spaced whether white space (or the start of the text) stands before it
 * @param dotted whether it is an abbreviation that took the dot behind it
 * @param number the value of a number, -1 for everything else and for decimals
 */
public record Token(
        int start, int end, String text, String lower, Kind kind, boolean spaced, boolean dotted, long number) {
    /** What a token is made of; {@code ORDINAL} is a number with its suffix ("23rd"). */
    public enum Kind {
        WORD,
        NUMBER,
        ORDINAL,
        DECIMAL,
        PUNCTUATION
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    /** Whether this is the punctuation mark or word {@code wanted} (lower case). */
    public boolean is(String wanted) {
        return lower.equals(wanted);
    }

    /** Whether the token begins with a capital letter. */
    public boolean capital() {
        return kind == Kind.WORD && Character.isUpperCase(text.charAt(0));
    }

    /** Whether the token has two or more letters and none of them is small. */
    public boolean shouted() {
        if (kind != Kind.WORD || text.length() < 2) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLowerCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
