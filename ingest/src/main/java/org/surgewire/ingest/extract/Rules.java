package org.surgewire.ingest.extract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.surgewire.ingest.text.Lexicon;

/** What the ids of rules in evidence mean, from {@code rules.txt}. */
final class Rules {
    private static final Map<String, String> MEANINGS = read();

    private Rules() {}

    private static Map<String, String> read() {
        Map<String, String> meanings = new HashMap<>();
        for (String line : Lexicon.lines(Rules.class, "rules.txt")) {
            int equals = line.indexOf(" = ");
            meanings.put(line.substring(0, equals), line.substring(equals + 3));
        }
        return Map.copyOf(meanings);
    }

    /** What the words say that a rule of this id reads; empty for an id that is in no table. */
    static String meaning(String id) {
        return MEANINGS.getOrDefault(id, "");
    }

    /** The ids of all rules. */
    static Set<String> ids() {
        return MEANINGS.keySet();
    }
}
