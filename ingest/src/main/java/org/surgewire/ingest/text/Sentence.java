package org.surgewire.ingest.text;

/**
 * A run of tokens that says one thing.
 *
 * @param first index of its first token
 * @param end index behind its last token
 * @param line number of the line it begins on, from 0
 * @param role where it stands
 * @param bullet whether it is an item of a list
 */
public record Sentence(int first, int end, int line, Role role, boolean bullet) {
    /**
     * Where a sentence stands: page furniture (dates, contact lines), a headline, an aside that is no part of the
     * release (captions, editor's notes), or the body.
     */
    public enum Role {
        FURNITURE,
        HEADLINE,
        ASIDE,
        BODY
    }

    public boolean headline() {
        return role == Role.HEADLINE;
    }

    public boolean body() {
        return role == Role.BODY;
    }
}
