package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Reads how many of the arrested fall into which category. A figure's category is named in its own noun phrase or in the
 * words up to the next figure; "convictions or pending charges" is one category and is never split.
 */
final class BreakdownReader {
    /** A figure found, its category and the rule that read it. */
    record Found(String category, NumberMention number, String rule) {}

    private final Document document;
    private final List<NumberMention> numbers;
    private final @Nullable Claim total;

    BreakdownReader(Document document, List<NumberMention> numbers, @Nullable Claim total) {
        this.document = document;
        this.numbers = numbers;
        this.total = total;
    }

    List<Found> read() {
        Map<String, Found> found = new LinkedHashMap<>();
        for (int n = 0; n < numbers.size(); n++) {
            NumberMention number = numbers.get(n);
            Sentence sentence = document.sentenceAt(number.first());
            if (!number.count()
                    || number.bracketed()
                    || number.value() <= 0
                    || sentence.role() == Sentence.Role.FURNITURE
                    || sentence.role() == Sentence.Role.ASIDE
                    || number.unit() == Unit.THING
                    || number.unit() == Unit.OFFICER
                    || number.unit() == Unit.VICTIM) {
                continue;
            }
            int end = sentence.end();
            for (int k = n + 1; k < numbers.size() && numbers.get(k).first() < sentence.end(); k++) {
                if (numbers.get(k).count()) {
                    end = numbers.get(k).from();
                    break;
                }
            }
            // "Of the 73, 25 had …": the first number is the whole.
            String category = category(number, end);
            if (category != null) {
                found.putIfAbsent(category, new Found(category, number, "breakdown-behind"));
            }
        }
        return new ArrayList<>(found.values());
    }

    private @Nullable String category(NumberMention number, int end) {
        Set<String> categories = new LinkedHashSet<>();
        for (int i = number.end(); i < end; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.CATEGORY);
            if (hit != null) {
                categories.add(hit.value());
                i += hit.length() - 1;
            }
            if (document.is(i, ";")) {
                break;
            }
        }
        if (categories.isEmpty()) {
            return null;
        }
        String first = categories.iterator().next();
        boolean convicted = categories.contains("criminal_convictions") || categories.contains("criminal_history");
        if (convicted && categories.contains("pending_charges")) {
            return "convicted_or_pending";
        }
        if (categories.contains("final_orders") && categories.contains("prior_removals")) {
            return "final_order_or_prior_removal";
        }
        if (categories.contains("immigration_fugitives")) {
            return "immigration_fugitives";
        }
        return first.equals("gang_associates") ? null : first;
    }

    @Nullable
    Claim total() {
        return total;
    }
}
