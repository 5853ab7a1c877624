package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The announcements of {@link #LENGTH} publication days by their terms: a hash table of chains in plain arrays. */
final class IndexedDays {
    private static final int LENGTH = 16;
    private static final int NONE = -1;

    private int[] heads = new int[64];
    private int[] term = new int[64];
    private int[] next = new int[64];
    private int[] document = new int[64];
    private int size;
    private final List<@Nullable Document> documents = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private record Document(String releaseId, LinkIndex.Terms terms) {}

    /**
     * What is looked for.
     *
     * @param term announcements with this term
     * @param days at most so many days from one's own
     * @param samePeriod of about the same period, where both state one
     * @param likeNumber with at most twice the number, or half
     */
    record Query(int term, int days, boolean samePeriod, boolean likeNumber) {}

    IndexedDays() {
        Arrays.fill(heads, NONE);
    }

    static long spanOf(long day) {
        return Math.floorDiv(day, LENGTH);
    }

    static long firstDay(long span) {
        return span * LENGTH;
    }

    void add(String releaseId, LinkIndex.Terms terms) {
        remove(releaseId);
        numbers.put(releaseId, documents.size());
        for (int i = 0; i < terms.terms().remaining(); i++) {
            if (size == term.length) {
                grow();
            }
            term[size] = terms.terms().get(i);
            document[size] = documents.size();
            chain(size);
            size++;
        }
        // The terms are in the arrays now.
        documents.add(new Document(releaseId, terms.withoutTerms()));
    }

    private void chain(int entry) {
        int head = term[entry] & (heads.length - 1);
        next[entry] = heads[head];
        heads[head] = entry;
    }

    private void grow() {
        term = Arrays.copyOf(term, 2 * size);
        next = Arrays.copyOf(next, 2 * size);
        document = Arrays.copyOf(document, 2 * size);
        heads = new int[2 * size];
        Arrays.fill(heads, NONE);
        for (int entry = 0; entry < size; entry++) {
            chain(entry);
        }
    }

    /** Its entries stay in the chains and lead nowhere. */
    void remove(String releaseId) {
        Integer number = numbers.remove(releaseId);
        if (number != null) {
            documents.set(number, null);
        }
    }

    void find(LinkIndex.Terms own, List<Query> queries, Set<String> into) {
        for (Query query : queries) {
            for (int entry = heads[query.term & (heads.length - 1)]; entry != NONE; entry = next[entry]) {
                Document found = term[entry] == query.term ? documents.get(document[entry]) : null;
                if (found != null
                        && Math.abs(found.terms.day() - own.day()) <= query.days
                        && (!query.samePeriod || own.mayBeOfOnePeriod(found.terms))
                        && (!query.likeNumber || own.mayBeOfOneNumber(found.terms))) {
                    into.add(found.releaseId);
                }
            }
        }
    }
}
