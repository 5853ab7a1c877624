package org.surgewire.ingest.extract;

import java.util.Map;
import org.surgewire.ingest.text.Phrases;

/** The groups of phrases in {@code wordings.txt}, by name. */
final class Wording {
    private static final Map<String, Phrases> GROUPS = Phrases.read(Wording.class, "wordings.txt");

    private Wording() {}

    /**
     * The phrases of one group.
     *
     * @throws IllegalStateException when the file has no such group
     */
    static Phrases of(String group) {
        Phrases phrases = GROUPS.get(group);
        if (phrases == null) {
            throw new IllegalStateException("wordings.txt has no group " + group);
        }
        return phrases;
    }
}
