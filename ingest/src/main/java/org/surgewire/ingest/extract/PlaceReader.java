package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Tells at which of the named places arrests happened, which jurisdiction each is, and which figure belongs to it. */
final class PlaceReader {
    /** A row of the result before the figures of the whole release are known. */
    static final class Row {
        final PlaceMention mention;
        final String rule;
        final double confidence;

        @Nullable
        String state;

        @Nullable
        Jurisdiction jurisdiction;

        List<String> candidates = List.of();

        @Nullable
        NumberMention count;

        Row(PlaceMention mention, String rule, double confidence) {
            this.mention = mention;
            this.rule = rule;
            this.confidence = confidence;
            this.state = mention.state();
        }
    }

    private final Document document;
    private final List<PlaceMention> mentions;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final Jurisdictions jurisdictions;
    private final String publisher;
    private final Map<Integer, String> stateContext = new HashMap<>();
    private final Map<String, Double> stateWeights = new LinkedHashMap<>();

    PlaceReader(
            Document document,
            List<PlaceMention> mentions,
            List<NumberMention> numbers,
            List<Claim> claims,
            Jurisdictions jurisdictions,
            String publisher) {
        this.document = document;
        this.mentions = mentions;
        this.numbers = numbers;
        this.claims = claims;
        this.jurisdictions = jurisdictions;
        this.publisher = publisher;
    }

    List<Row> rows(Facts.Kind kind, @Nullable Claim total) {
        weighStates();
        List<Row> rows = new ArrayList<>();
        if (kind == Facts.Kind.PROSECUTION || (kind == Facts.Kind.STATISTICS && total == null)) {
            districts(rows);
            return rows;
        }
        if (kind == Facts.Kind.OTHER || kind == Facts.Kind.REMOVAL || kind == Facts.Kind.POLICY_STATEMENT) {
            return rows;
        }
        for (int m = 0; m < mentions.size(); m++) {
            PlaceMention mention = mentions.get(m);
            NumberMention count = count(m);
            String rule = role(m, count);
            if (rule != null) {
                Row row = new Row(mention, rule, 0.8);
                row.count = count;
                add(rows, row);
            }
        }
        if (rows.isEmpty() && total != null) {
            own(rows);
        }
        for (Row row : rows) {
            resolve(row);
        }
        merge(rows);
        if (total != null) {
            whole(rows, total);
        }
        return rows;
    }

    // ---- roles

    private @Nullable String role(int m, @Nullable NumberMention count) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        if (sentence.role() == Sentence.Role.FURNITURE
                || sentence.role() == Sentence.Role.ASIDE
                || mention.office()
                || mention.type() == NameType.DISTRICT
                || dateline(mention, sentence)) {
            return null;
        }
        if (count != null && claimsCount(count)) {
            return mention.type() == NameType.COUNTRY && !counted(count) ? null : "place-with-count";
        }
        if (mention.type() == NameType.COUNTRY) {
            return null;
        }
        int first = groupFirst(m);
        PlaceMention head = mentions.get(first);
        if (head.office()) {
            return null;
        }
        int p = head.first() - 1;
        while (p >= sentence.first()
                && (document.is(p, "the")
                        || document.is(p, "both")
                        || document.is(p, "downtown")
                        || document.is(p, "\"")
                        || document.is(p, "following")
                        || document.is(p, "nearby")
                        || document.is(p, "entire")
                        || document.is(p, "towns")
                        || document.is(p, "cities")
                        || document.is(p, "communities")
                        || document.is(p, "city")
                        || document.is(p, "town")
                        || document.is(p, "state")
                        || (document.is(p, "of") && named(p - 1)))) {
            p--;
        }
        if (happenedBefore(sentence, head.first())) {
            return "place-list";
        }
        if (negative(sentence, head.first(), p)) {
            return null;
        }
        Lexicon.Hit preposition = p >= sentence.first() ? prepositionEnding(p) : null;
        boolean locative = preposition != null && preposition.value().isEmpty();
        if (sentence.headline()) {
            boolean opening = p < sentence.first();
            boolean arrests = document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                    || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN)
                    || document.any(sentence.first(), sentence.end(), Tag.ACTION);
            if ((locative && arrests) || (opening && document.is(mention.end(), ":"))) {
                return "place-headline";
            }
            boolean adjective = document.has(mention.end(), Tag.ACTION)
                    || document.has(mention.end() + 1, Tag.ACTION)
                    || document.has(mention.end(), Tag.ARREST_NOUN)
                    || document.has(mention.end() + 1, Tag.ARREST_NOUN);
            return adjective && arrests ? "place-headline-adjective" : null;
        }
        if (!locative) {
            return null;
        }
        if (p == sentence.first() || (p == sentence.first() + 1 && sentence.bullet())) {
            boolean arrests = document.any(head.end(), sentence.end(), Tag.ARREST_VERB)
                    || document.any(head.end(), sentence.end(), Tag.ARREST_NOUN);
            boolean person = sentence.bullet() && document.is(mention.end(), ",");
            return arrests || person ? "place-opening" : null;
        }
        return event(sentence, p) ? "place-of-event" : null;
    }

    private boolean named(int i) {
        return document.is(i, "towns")
                || document.is(i, "cities")
                || document.is(i, "communities")
                || document.is(i, "city")
                || document.is(i, "town")
                || document.is(i, "counties")
                || document.is(i, "state")
                || document.is(i, "parts");
    }

    private Lexicon.@Nullable Hit prepositionEnding(int p) {
        Lexicon.Hit hit = document.hit(p, Tag.PREPOSITION);
        return hit;
    }

    private int groupFirst(int m) {
        int first = m;
        while (first > 0 && mentions.get(first - 1).list() == mentions.get(m).list()) {
            first--;
        }
        return first;
    }

    /** Whether the nearest cue left of the preposition is an arrest or an operation. */
    private boolean event(Sentence sentence, int p) {
        for (int i = p - 1; i >= sentence.first(); i--) {
            if (document.in(i, Tag.NOT_PLACE)
                    && !document.in(i, Tag.ARREST_VERB)
                    && !document.in(i, Tag.ACTION)
                    && !document.in(i, Tag.PREPOSITION)) {
                return false;
            }
            if (document.in(i, Tag.ARREST_VERB)
                    || document.in(i, Tag.ARREST_NOUN)
                    || document.in(i, Tag.CUSTODY)
                    || document.in(i, Tag.ACTION)) {
                return true;
            }
            if (document.is(i, ";")) {
                return false;
            }
        }
        return document.any(p, sentence.end(), Tag.ARREST_VERB);
    }

    private boolean happenedBefore(Sentence sentence, int first) {
        for (int i = Math.max(sentence.first(), first - 9); i < first; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.HAPPENED);
            if (hit == null) {
                continue;
            }
            boolean near = true;
            for (int k = i + hit.length(); k < first; k++) {
                String word = document.lower(k);
                near &= word.equals(":")
                        || word.equals("the")
                        || word.equals("in")
                        || word.equals("of")
                        || word.equals("towns")
                        || word.equals("cities")
                        || word.equals("six")
                        || word.equals("following")
                        || word.equals("states")
                        || word.equals("communities")
                        || word.equals("were")
                        || word.equals("both")
                        || word.equals("across")
                        || word.equals("throughout")
                        || document.token(k).number() >= 0
                        || document.has(k, Tag.UNIT);
            }
            if (near) {
                return true;
            }
        }
        return false;
    }

    private boolean negative(Sentence sentence, int first, int p) {
        for (int i = Math.max(sentence.first(), first - 5); i < first; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.NOT_PLACE);
            if (hit == null) {
                continue;
            }
            int end = i + hit.length();
            boolean touches = (end >= p && end <= first) || end == first;
            if (touches && !(hit.length() == 1 && document.in(i, Tag.ARREST_VERB))) {
                return true;
            }
        }
        return false;
    }

    private boolean dateline(PlaceMention mention, Sentence sentence) {
        if (mention.first() - sentence.first() > 8 || sentence.bullet()) {
            return false;
        }
        for (int i = mention.end(); i < Math.min(sentence.end(), mention.end() + 12); i++) {
            Token token = document.token(i);
            boolean dash = token.is("–")
                    || (token.is("-")
                            && token.spaced()
                            && i + 1 < sentence.end()
                            && document.token(i + 1).spaced());
            if (dash || (document.is(i, ":") && document.is(i - 1, ")"))) {
                return capitals(sentence.first(), i);
            }
            if (token.isWord() && !token.capital()) {
                return false;
            }
        }
        return false;
    }

    private boolean capitals(int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = document.token(i);
            if (token.isWord() && !token.capital() && !token.is("date")) {
                return false;
            }
        }
        return true;
    }

    // ---- counts

    private boolean counted(NumberMention number) {
        return number.unit() == Unit.ARREST || number.unit() == Unit.PERSON || number.unit() == Unit.BARE;
    }

    /** Whether a number stands in a sentence or a list that counts arrests. */
    private boolean claimsCount(NumberMention number) {
        for (Claim claim : claims) {
            if (claim.number().equals(number)) {
                return true;
            }
        }
        Sentence sentence = document.sentenceAt(number.first());
        if (document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN)) {
            return true;
        }
        int index = document.sentenceIndex(number.first());
        for (int back = index - 1; back >= 0 && index - back <= 25; back--) {
            Sentence before = document.sentences().get(back);
            if (document.is(before.end() - 1, ":")) {
                return document.any(before.first(), before.end(), Tag.ARREST_VERB)
                        || document.any(before.first(), before.end(), Tag.ARREST_NOUN);
            }
            if (!before.bullet()) {
                // "Of these, 33 were in New Hampshire": the sentence before counts arrests.
                return index - back == 1
                        && (document.any(before.first(), before.end(), Tag.ARREST_VERB)
                                || document.any(before.first(), before.end(), Tag.ARREST_NOUN));
            }
        }
        return false;
    }

    private @Nullable NumberMention count(int m) {
        PlaceMention mention = mentions.get(m);
        Sentence sentence = document.sentenceAt(mention.first());
        int end = mention.end();
        // "Buffalo, New York (92 arrests)", "Aurora: 11"
        for (NumberMention number : numbers) {
            if (number.first() < sentence.first() || number.first() >= sentence.end() || !number.count()) {
                continue;
            }
            if (document.is(end, "(")
                    && number.from() == end + 1
                    && (document.is(number.end(), ")")
                            || number.unit() == Unit.ARREST
                            || number.unit() == Unit.PERSON)) {
                return number;
            }
            boolean line = mention.first() - sentence.first() <= 1
                    && number.from() == end + 1
                    && (document.is(end, ":") || document.is(end, "-") || document.is(end, "–"))
                    && sentence.end() - number.end() <= 3;
            if (line) {
                return number;
            }
        }
        if (enumerated(m)) {
            return null;
        }
        NumberMention before = null;
        for (NumberMention number : numbers) {
            if (number.end() <= mention.first() && number.first() >= sentence.first() && number.count()) {
                before = number;
            }
        }
        if (before != null && before.personal() && attached(before, mention)) {
            return before;
        }
        // "In Colorado, officers arrested 21"; "Detroit had 10 children and 18 pimps arrested"
        if (document.in(mention.first() - 1, Tag.PREPOSITION) || mention.first() == sentence.first()) {
            for (NumberMention number : numbers) {
                if (number.first() < end || number.first() >= sentence.end()) {
                    continue;
                }
                if (placeBetween(end, number.first()) || document.is(number.from() - 1, ";")) {
                    break;
                }
                if (claimOf(number) != null) {
                    boolean opening = mention.first() - sentence.first() <= 2;
                    return opening ? number : null;
                }
                if (!document.is(end, ",") && number.count() && number.unit() == Unit.BARE) {
                    break;
                }
            }
        }
        return null;
    }

    private @Nullable Claim claimOf(NumberMention number) {
        for (Claim claim : claims) {
            if (claim.number().equals(number)) {
                return claim;
            }
        }
        return null;
    }

    private boolean placeBetween(int from, int to) {
        for (PlaceMention other : mentions) {
            if (other.first() >= from && other.first() < to && other.type() != NameType.COUNTRY) {
                return true;
            }
        }
        return false;
    }

    private boolean enumerated(int m) {
        int list = mentions.get(m).list();
        return (m > 0
                        && mentions.get(m - 1).list() == list
                        && !numberBetween(
                                mentions.get(m - 1).end(), mentions.get(m).first()))
                || (m + 1 < mentions.size()
                        && mentions.get(m + 1).list() == list
                        && !numberBetween(
                                mentions.get(m).end(), mentions.get(m + 1).first()));
    }

    private boolean numberBetween(int from, int to) {
        for (NumberMention number : numbers) {
            if (number.first() >= from && number.first() < to && number.count()) {
                return true;
            }
        }
        return false;
    }

    /** "12 arrests in Maryland", "nine arrests took place in metro New Orleans", "12 in Alabama". */
    private boolean attached(NumberMention number, PlaceMention mention) {
        int p = mention.first() - 1;
        while (document.is(p, "the")
                || document.is(p, "downtown")
                || (document.is(p, "in") && document.is(p - 1, "across"))) {
            p--;
        }
        Lexicon.Hit preposition = document.hit(p, Tag.PREPOSITION);
        if (preposition == null || !preposition.value().isEmpty()) {
            return false;
        }
        if (claimOf(number) == null && number.unit() != Unit.BARE && number.unit() != Unit.PERSON) {
            return false;
        }
        int gap = p - number.nounEnd();
        if (gap > 7 || placeBetween(number.end(), mention.first())) {
            return false;
        }
        for (int i = number.nounEnd(); i < p; i++) {
            if (document.is(i, ";")
                    || document.is(i, ".")
                    || (document.in(i, Tag.NOT_PLACE) && !document.in(i, Tag.ARREST_VERB))
                    || document.is(i, "office")
                    || document.in(i, Tag.CATEGORY)) {
                return false;
            }
        }
        return true;
    }

    // ---- resolution

    private void weighStates() {
        for (PlaceMention mention : mentions) {
            Sentence sentence = document.sentenceAt(mention.first());
            String state = mention.state();
            if (state == null
                    && mention.type() == NameType.STATE
                    && !mention.states().isEmpty()) {
                state = mention.states().get(0);
            }
            if (state == null || sentence.role() == Sentence.Role.ASIDE) {
                continue;
            }
            double weight = sentence.headline() ? 4 : dateline(mention, sentence) ? 2.5 : mention.office() ? 1.5 : 2;
            if (negative(sentence, mention.first(), mention.first() - 1)) {
                weight = 0.5;
            }
            stateWeights.merge(state, weight, Double::sum);
        }
    }

    private @Nullable String documentState() {
        String best = null;
        double most = 0;
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    private void resolve(Row row) {
        PlaceMention mention = row.mention;
        if (mention.type() == NameType.STATE) {
            row.state = mention.state();
            row.jurisdiction = mention.candidates().get(0);
            return;
        }
        if (mention.type() == NameType.COUNTRY || mention.type() == NameType.DISTRICT) {
            return;
        }
        List<Jurisdiction> candidates = mention.candidates();
        String state = mention.state();
        if (state == null && mention.type() == NameType.AREA && candidates.isEmpty()) {
            return;
        }
        if (state == null) {
            state = stateFor(row, candidates);
        }
        row.state = state;
        if (mention.type() == NameType.AREA) {
            return;
        }
        List<Jurisdiction> fitting = new ArrayList<>();
        for (Jurisdiction candidate : candidates) {
            if (state != null && candidate.state().equals(state)) {
                fitting.add(candidate);
            }
        }
        if (!fitting.isEmpty()) {
            row.jurisdiction = jurisdictions.find(fitting.get(0).id()).orElse(fitting.get(0));
        } else if (state == null) {
            row.candidates = candidates.stream().map(Jurisdiction::id).limit(12).toList();
        }
    }

    private @Nullable String stateFor(Row row, List<Jurisdiction> candidates) {
        String best = null;
        double most = 0;
        Sentence sentence = document.sentenceAt(row.mention.first());
        for (Map.Entry<String, Double> entry : stateWeights.entrySet()) {
            String state = entry.getKey();
            boolean possible = candidates.isEmpty()
                    || candidates.stream().anyMatch(j -> j.state().equals(state));
            double weight = entry.getValue();
            for (PlaceMention other : mentions) {
                if (state.equals(other.state())
                        && document.sentenceIndex(other.first()) == document.sentenceIndex(sentence.first())) {
                    weight += 2;
                }
            }
            if (possible && weight > most) {
                most = weight;
                best = state;
            }
        }
        if (best != null) {
            return best;
        }
        if (candidates.isEmpty()) {
            return documentState();
        }
        Jurisdiction largest = candidates.get(0);
        long population = largest.population() == null ? 0 : largest.population();
        Jurisdiction second = candidates.size() > 1 ? candidates.get(1) : null;
        long other = second == null || second.population() == null ? 0 : second.population();
        return candidates.size() == 1 || (population > 4 * other && population > 50_000) ? largest.state() : null;
    }

    // ---- rows

    private static String key(PlaceMention mention, @Nullable String state) {
        return mention.type() + "|"
                + mention.name()
                        .toLowerCase(Locale.ROOT)
                        .replace(" county", "")
                        .replace(" parish", "")
                        .replace(" area", "")
                        .replace("metropolitan", "")
                        .replace("greater", "")
                        .strip()
                + "|" + (state == null ? "" : state);
    }

    private void add(List<Row> rows, Row row) {
        rows.add(row);
    }

    private void merge(List<Row> rows) {
        Map<String, Row> seen = new LinkedHashMap<>();
        for (Row row : rows) {
            Row first = seen.putIfAbsent(key(row.mention, row.state), row);
            if (first != null && first.count == null) {
                first.count = row.count;
            }
        }
        rows.clear();
        rows.addAll(seen.values());
    }

    private void districts(List<Row> rows) {
        for (PlaceMention mention : mentions) {
            if (mention.type() == NameType.DISTRICT) {
                rows.add(new Row(mention, "district", 0.8));
            }
        }
        merge(rows);
    }

    /** A sheriff's or police department's own action implies its county or city. */
    private void own(List<Row> rows) {
        for (PlaceMention mention : mentions) {
            boolean force = mention.office()
                    && (document.is(mention.end(), "sheriff")
                            || document.is(mention.end(), "police")
                            || document.is(mention.end(), "sheriff's"));
            if (force && (mention.type() == NameType.COUNTY || mention.type() == NameType.CITY)) {
                rows.add(new Row(mention, "place-of-force", 0.6));
                return;
            }
        }
    }

    /** The release's own scope gets the total when no figure is stated for it. */
    private void whole(List<Row> rows, Claim total) {
        for (Row row : rows) {
            if (row.count != null && row.count.value() == total.value()) {
                return;
            }
        }
        Row scope = null;
        for (Row row : rows) {
            if (row.mention.type() == NameType.COUNTRY) {
                continue;
            }
            Sentence sentence = document.sentenceAt(row.mention.first());
            boolean alone = true;
            for (Row other : rows) {
                alone &= other == row || other.mention.list() != row.mention.list();
            }
            boolean head = sentence.headline()
                    || document.sentenceIndex(sentence.first())
                            <= document.sentenceIndex(total.number().first())
                    || sentence.equals(total.sentence());
            if (alone && row.count == null && (head || rows.size() == 1)) {
                scope = row;
                break;
            }
            if (!alone) {
                break;
            }
        }
        if (scope != null) {
            scope.count = total.number();
        }
    }

    String publisher() {
        return publisher;
    }

    Map<Integer, String> stateContext() {
        return stateContext;
    }
}
