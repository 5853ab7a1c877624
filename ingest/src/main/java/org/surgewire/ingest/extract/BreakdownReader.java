package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
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
 * Reads how many of the arrested fall into which category. A figure's category is named in its own noun phrase, in the
 * words up to the next figure, or before it ("criminal records were held by 35"). "Convictions or pending charges" is one
 * category and is never split. How a release calls all of its arrested ("80 criminal aliens") is no category of them.
 */
final class BreakdownReader {
    /** A figure found, its category and the rule that read it. */
    record Found(String category, NumberMention number, long value, String rule) {}

    /**
     * The figures.
     *
     * @param largerThanTotal whether a figure that says it is a share of the total is larger than it
     */
    record Result(List<Found> shares, boolean largerThanTotal) {}

    /** Persons whom local custody had released in spite of a detainer; a share, but none of the arrested's own doing. */
    static final String DECLINED = "declined_detainers";

    private static final String CONVICTIONS = "criminal_convictions";
    private static final String HISTORY = "criminal_history";
    private static final String PENDING = "pending_charges";
    private static final String CHARGED = "charged";
    private static final String ORDERS = "final_orders";
    private static final String REMOVALS = "prior_removals";
    private static final String FUGITIVES = "immigration_fugitives";
    private static final String GANG = "gang_members";

    /** A category further behind its figure than this many tokens belongs to something else. */
    private static final int FAR = 16;

    /** A figure below this share of the total is one of a part of the release's scope. */
    private static final double LOCAL = 0.65;

    private final Document document;
    private final List<NumberMention> numbers;
    private final @Nullable Claim total;
    private final boolean prosecution;
    private final boolean immigration;
    private final Map<NumberMention, Claim> claimsByNumber = new HashMap<>();
    private final Map<Integer, List<Claim>> claimsByLine = new HashMap<>();
    private final Map<Sentence, List<NumberMention>> numbersBySentence = new HashMap<>();

    /**
     * @param total the release's own total; null when it states none
     * @param prosecution whether the release is about charges, where only the charged are counted
     */
    BreakdownReader(
            Document document,
            List<NumberMention> numbers,
            List<Claim> claims,
            @Nullable Claim total,
            boolean prosecution) {
        this.document = document;
        this.numbers = numbers;
        this.total = total;
        this.prosecution = prosecution;
        for (Claim claim : claims) {
            claimsByNumber.put(claim.number(), claim);
            claimsByLine
                    .computeIfAbsent(claim.sentence().line(), key -> new ArrayList<>())
                    .add(claim);
        }
        for (NumberMention number : numbers) {
            numbersBySentence
                    .computeIfAbsent(document.sentenceAt(number.first()), key -> new ArrayList<>())
                    .add(number);
        }
        boolean any = false;
        for (int i = 0; i < document.size() && !any; i++) {
            any = document.is(i, "immigration") || document.is(i, "ice") || document.is(i, "ero");
        }
        this.immigration = any;
    }

    /** The figures in the order of the text, one for each category. Figures above the total are left out. */
    Result read() {
        boolean larger = false;
        Map<String, Found> found = new LinkedHashMap<>();
        if (total == null && !prosecution) {
            return new Result(List.of(), false);
        }
        for (int n = 0; n < numbers.size(); n++) {
            Found figure = figure(n);
            if (figure == null) {
                continue;
            }
            if (!fits(figure)) {
                larger |= saysShare(figure);
                continue;
            }
            Found first = found.putIfAbsent(figure.category(), figure);
            if (first != null && (prefer(first, figure) || repeated(first, figure))) {
                found.put(figure.category(), figure);
            }
        }
        if (total != null) {
            for (Sentence sentence : document.sentences()) {
                Found all = everyone(sentence, total);
                if (all != null) {
                    found.putIfAbsent(all.category(), all);
                }
            }
        }
        return new Result(new ArrayList<>(found.values()), larger);
    }

    /** Whether a figure above the total is said to be a share of it ("of those arrested, 2296 were fugitives"). */
    private boolean saysShare(Found figure) {
        if (prosecution) {
            return false;
        }
        Sentence sentence = document.sentenceAt(figure.number().first());
        boolean same = total != null && sentence.equals(total.sentence());
        return figure.number().unit() == Unit.PART
                || same
                || document.any(sentence.first(), figure.number().from(), Tag.SUBSET);
    }

    /** An exact figure beats the rounded one before it. */
    private static boolean prefer(Found first, Found later) {
        return first.number().qualifier() != Qualifier.EXACT
                && later.number().qualifier() == Qualifier.EXACT
                && later.value() >= first.value()
                && later.value() < first.value() * 1.35;
    }

    /** Of two figures of charges, the one that the release states more often is its own. */
    private boolean repeated(Found first, Found later) {
        return prosecution && mentions(later.value()) > mentions(first.value());
    }

    private int mentions(long value) {
        int count = 0;
        for (NumberMention number : numbers) {
            if (number.count() && number.value() == value && number.unit() == Unit.PERSON) {
                count++;
            }
        }
        return count;
    }

    /** Whether the figure is a share of a local or other figure in its paragraph and not of the total. */
    private boolean partOfPart(NumberMention number, Sentence sentence) {
        if (total == null || number.value() == total.value()) {
            return false;
        }
        boolean place = document.is(sentence.first(), "in")
                && (document.is(sentence.first() + 1, "the")
                                ? document.token(sentence.first() + 2)
                                : document.token(sentence.first() + 1))
                        .capital();
        if (place && sentence.end() - sentence.first() > 3 && claimed(number)) {
            return true;
        }
        if (number.unit() == Unit.PART && wholeAbove(number, sentence)) {
            return true;
        }
        long base = -1;
        int locals = 0;
        for (Claim claim : claimsByLine.getOrDefault(sentence.line(), List.of())) {
            if (claim.sentence().line() != sentence.line()
                    || claim.sentence().bullet()
                    || claim.number().first() >= number.first()) {
                continue;
            }
            if ((claim.role() != Claim.Role.SUBSET && claim.role() != Claim.Role.FURTHER)
                    || claim.value() >= total.value()) {
                base = claim.value();
                locals += claim.value() < total.value() ? 1 : 0;
            }
        }
        if (locals > 1 || placedBefore(number) > 1) {
            // Behind the figures of several places the text speaks of all of them again.
            return false;
        }
        boolean bare = number.unit() == Unit.BARE || number.unit() == Unit.PART || number.unit() == Unit.UNKNOWN;
        return bare && base >= number.value() && base < LOCAL * total.value();
    }

    /** How many figures in the sentences of the line up to a number are stated for a place ("31 in Midland"). */
    private int placedBefore(NumberMention number) {
        int found = 0;
        int line = document.sentenceAt(number.first()).line();
        for (NumberMention other : numbers) {
            if (other.first() >= number.first()) {
                break;
            }
            Sentence sentence = document.sentenceAt(other.first());
            boolean before = sentence.line() == line && !sentence.equals(document.sentenceAt(number.first()));
            for (int i = other.nounEnd();
                    before && other.count() && i < Math.min(sentence.end() - 1, other.nounEnd() + 5);
                    i++) {
                if (document.is(i, "in") && document.token(i + 1).capital()) {
                    found++;
                    break;
                }
            }
        }
        return found;
    }

    private boolean claimed(NumberMention number) {
        Claim claim = claimsByNumber.get(number);
        return claim != null && claim.main();
    }

    /** "58 of the more than 2,000", "caught 6,700 people, 900 of them": a share of more than the total. */
    private boolean wholeAbove(NumberMention number, Sentence sentence) {
        Claim whole = total;
        for (NumberMention other : numbersBySentence.getOrDefault(sentence, List.of())) {
            boolean behind = other.from() >= number.end() && other.from() - number.end() <= 4;
            boolean before = document.is(number.end() + 1, "them")
                    && other.first() >= sentence.first()
                    && other.end() <= number.from();
            if (whole != null && (behind || before) && other.count() && other.value() > whole.value() * 1.35) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Found figure) {
        if (prosecution) {
            return figure.category().equals(CHARGED);
        }
        return total == null
                || figure.value() <= total.value()
                || figure.category().equals(CHARGED);
    }

    private @Nullable Found figure(int n) {
        NumberMention number = numbers.get(n);
        Sentence sentence = document.sentenceAt(number.first());
        boolean share =
                number.bracketed() && document.is(number.end(), ")") && document.in(number.end() + 1, Tag.AUXILIARY);
        if (!number.count()
                || (number.bracketed() && !share)
                || number.value() <= 0
                || sentence.role() == Sentence.Role.FURNITURE
                || sentence.role() == Sentence.Role.ASIDE
                || number.unit() == Unit.OFFICER
                || number.unit() == Unit.VICTIM
                || elsewhere(number, sentence)
                || partOfPart(number, sentence)) {
            return null;
        }
        boolean except = document.is(number.from() - 1, "but") && document.is(number.from() - 2, "all");
        boolean removed = except
                || document.in(number.from() - 1, Tag.REMOVED)
                || document.is(number.from() - 1, "removing")
                || document.is(number.from() - 1, "deporting")
                || document.is(number.from() - 1, "every");
        if (removed) {
            return null;
        }
        // "N of the M": M is no figure of its own.
        boolean whole = document.is(number.from() - 1, "of")
                || (document.is(number.from() - 1, "the") && document.is(number.from() - 2, "of"));
        if (whole
                && !document.in(number.from() - 2, Tag.ARREST_NOUN)
                && !(document.is(number.from() - 2, "total") && document.is(number.from() - 3, "a"))
                && !(everyOne(number.from() - 2) || everyOne(number.from() - 3))) {
            return null;
        }
        String listed = listed(number, sentence);
        if (listed != null) {
            return new Found(listed, number, number.value(), "breakdown-list");
        }
        String charging = charging(number, sentence);
        if (charging != null) {
            return new Found(charging, number, number.value(), "breakdown-charging");
        }
        int end = sentence.end();
        for (int k = n + 1; k < numbers.size() && numbers.get(k).first() < sentence.end(); k++) {
            if (numbers.get(k).count()
                    && !(numbers.get(k).unit() == Unit.THING && numbers.get(k).value() == 1)) {
                boolean partitive = number.unit() == Unit.PART && numbers.get(k).from() - number.end() <= 3;
                if (!partitive) {
                    end = numbers.get(k).from();
                    break;
                }
            }
        }
        String behind = behind(number, end);
        if (behind != null) {
            return behind.isEmpty() ? null : new Found(behind, number, number.value(), "breakdown-behind");
        }
        String before = before(n, sentence);
        return before == null ? null : new Found(before, number, number.value(), "breakdown-before");
    }

    /** "all of the 24", "each of the 12", "every one of the 12". */
    private boolean everyOne(int i) {
        return document.is(i, "all")
                || document.is(i, "each")
                || (document.is(i, "one") && document.is(i - 1, "every"));
    }

    /** Whether the figure's own claim is of another scope or period. */
    private boolean elsewhere(NumberMention number, Sentence sentence) {
        Claim claim = claimsByNumber.get(number);
        if (claim != null) {
            return claim.role() == Claim.Role.EARLIER
                    || claim.role() == Claim.Role.GOAL
                    || claim.role() == Claim.Role.RATE
                    || (claim.role() == Claim.Role.WIDER && total != null && claim.value() > total.value());
        }
        return document.any(sentence.first(), number.from(), Tag.EARLIER)
                && total != null
                && !document.any(sentence.first(), number.from(), Tag.SUBSET);
    }

    /** "Gang members - 3,496". */
    private @Nullable String listed(NumberMention number, Sentence sentence) {
        boolean mark = document.is(number.from() - 1, "-")
                || document.is(number.from() - 1, "–")
                || document.is(number.from() - 1, ":");
        if (!mark || sentence.end() - number.end() > 2) {
            return null;
        }
        for (int i = sentence.first(); i < number.from() - 1; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.CATEGORY);
            if (hit != null && !hit.value().equals("fugitives") && i + hit.length() >= number.from() - 1) {
                return hit.value().equals("gang_associates") ? null : hit.value();
            }
        }
        return null;
    }

    /** "charged more than 840 defendants", "charges were brought against 2,641 individuals". */
    private @Nullable String charging(NumberMention number, Sentence sentence) {
        if ((number.unit() != Unit.PERSON && number.unit() != Unit.BARE && number.unit() != Unit.UNKNOWN)
                || number.value() < 2) {
            return null;
        }
        for (int back = 1; back <= 9 && number.from() - back >= sentence.first(); back++) {
            int i = number.from() - back;
            Lexicon.Hit hit = document.hit(i, Tag.CHARGE_VERB);
            if (hit != null) {
                boolean touches = i + hit.length() == number.from();
                boolean against = document.is(number.from() - 1, "against");
                boolean passive = document.is(i - 1, "were") || document.is(i - 1, "are");
                if ((touches && !passive && !(document.is(i, "charges") && document.is(i + 1, "of"))) || against) {
                    return CHARGED;
                }
            }
            if (document.is(i, ",") || document.is(i, ";") || document.in(i, Tag.UNIT)) {
                break;
            }
        }
        return null;
    }

    /** The category behind a figure; empty when there is one that does not count, null when there is none. */
    private @Nullable String behind(NumberMention number, int end) {
        Set<String> categories = new LinkedHashSet<>();
        boolean own = false;
        boolean or = false;
        boolean thing = number.unit() == Unit.THING;
        for (int i = number.end(); i < end; i++) {
            Lexicon.Hit hit = ofOneCrime(i) ? null : document.hit(i, Tag.CATEGORY);
            if (document.has(i, Tag.FACE) && charges(i, end)) {
                categories.add(CHARGED);
            }
            if (belongs(i) && gangs(i, document.sentenceAt(i).end())) {
                categories.add(GANG);
            }
            if (i - number.end() > FAR && categories.isEmpty()) {
                break;
            }
            if (hit != null) {
                if (thing && i - number.end() < 1) {
                    return "";
                }
                String category = hit.value();
                if (category.equals("fugitives")) {
                    category = immigration && !document.is(i - 1, "foreign") && !document.is(i - 1, "violent")
                            ? FUGITIVES
                            : "";
                }
                if (!category.isEmpty()
                        && categories.isEmpty()
                        && i < number.nounEnd()
                        && !document.in(i - 1, Tag.AUXILIARY)) {
                    own = true;
                }
                if (!category.isEmpty()) {
                    categories.add(category);
                }
                i += hit.length() - 1;
                continue;
            }
            or |= document.is(i, "or");
            if (document.is(i, ";")) {
                break;
            }
        }
        boolean opens = number.from() - document.sentenceAt(number.first()).first() <= 1;
        if (categories.isEmpty() || (thing && !(categoryNoun(number) && opens))) {
            return null;
        }
        String category = one(categories, or);
        boolean everybody = total != null
                && (number.value() == total.value()
                        || (number.qualifier() != Qualifier.EXACT
                                && Math.abs(number.value() - total.value()) <= 0.15 * total.value()));
        boolean headline = document.sentenceAt(number.first()).headline();
        if (category == null) {
            return "";
        }
        boolean called = own || category.equals(FUGITIVES);
        if (called && everybody && !category.equals(GANG)) {
            return "";
        }
        if (headline && !category.equals(GANG) && !category.equals(CHARGED)) {
            return "";
        }
        if (everybody && !own && !together(number, end)) {
            return "";
        }
        boolean example = number.value() == 1 && !category.equals(GANG);
        return example ? "" : category;
    }

    /** "belong to", "are members of", "have ties to". */
    private boolean belongs(int i) {
        boolean verb = document.is(i, "belong") || document.is(i, "belongs") || document.is(i, "belonged");
        boolean ties = document.is(i, "ties") || document.is(i, "tied") || document.is(i, "linked");
        return (verb || ties) && document.is(i + 1, "to");
    }

    private boolean gangs(int from, int to) {
        for (int i = from; i < to; i++) {
            if (document.is(i, "gang") || document.is(i, "gangs")) {
                return true;
            }
        }
        return false;
    }

    /** "face new felony charges": nothing says that the charges are pending. */
    private boolean charges(int face, int end) {
        for (int i = face + 1; i < Math.min(end, face + 9); i++) {
            if (document.is(i, "pending")
                    || document.is(i, "deportation")
                    || document.is(i, "removal")
                    || document.is(i, ",")) {
                return false;
            }
            if (document.is(i, "charges")) {
                return true;
            }
        }
        return false;
    }

    /** "convicted of murder": a crime, not a criminal past in general. */
    private boolean ofOneCrime(int i) {
        if (!document.is(i, "convicted") || !document.is(i + 1, "of") || document.is(i - 1, "been")) {
            return false;
        }
        for (int k = i + 2; k < i + 6; k++) {
            String word = document.lower(k);
            if (word.startsWith("crime")
                    || word.startsWith("felon")
                    || word.startsWith("offense")
                    || word.startsWith("criminal")
                    || word.startsWith("misdemeanor")) {
                return false;
            }
        }
        return true;
    }

    private boolean categoryNoun(NumberMention number) {
        return document.in(number.nounEnd() - 1, Tag.CATEGORY);
    }

    /** Whether words that speak of all of them stand between a total and its category ("19 people with criminal records"). */
    private boolean together(NumberMention number, int end) {
        int i = number.nounEnd();
        if (document.has(i, Tag.ARREST_VERB)) {
            i++;
        }
        boolean and = document.is(i, "and");
        if (and) {
            i++;
        }
        String word = document.lower(i);
        return word.equals("with")
                || word.equals("who")
                || word.equals("had")
                || word.equals("have")
                || word.equals("all")
                || word.equals("charged")
                || (document.has(i, Tag.AUXILIARY) && document.in(i + 1, Tag.CATEGORY))
                || (document.has(i, Tag.AUXILIARY) && document.has(i + 1, Tag.FACE))
                || document.is(number.from() - 1, "all")
                || document.has(i, Tag.FACE)
                || (document.in(i, Tag.CATEGORY) && i < end && !and);
    }

    private @Nullable String before(int n, Sentence sentence) {
        NumberMention number = numbers.get(n);
        boolean joint = document.is(number.from() - 1, "for")
                || document.is(number.from() - 1, "by")
                || document.is(number.from() - 1, "against");
        if (!joint || sentence.headline()) {
            return null;
        }
        int from = sentence.first();
        if (n > 0 && numbers.get(n - 1).first() >= from) {
            from = numbers.get(n - 1).end();
        }
        Set<String> categories = new LinkedHashSet<>();
        boolean or = false;
        for (int i = from; i < number.from(); i++) {
            Lexicon.Hit hit = document.hit(i, Tag.CATEGORY);
            if (hit != null && !hit.value().equals("fugitives")) {
                categories.add(hit.value());
                i += hit.length() - 1;
            }
            or |= document.is(i, "or");
        }
        return categories.isEmpty() ? null : one(categories, or);
    }

    /** One category for what is said of a figure; null when the words cannot be put into one. */
    private static @Nullable String one(Set<String> categories, boolean or) {
        boolean convicted = categories.contains(CONVICTIONS) || categories.contains(HISTORY);
        boolean orders = categories.contains(ORDERS);
        boolean removed = categories.contains(REMOVALS);
        if (convicted && (orders || removed) && or) {
            return null;
        }
        if (convicted && (categories.contains(PENDING) || (categories.contains(CHARGED) && or))) {
            return "convicted_or_pending";
        }
        if (orders && removed && or) {
            return "final_order_or_prior_removal";
        }
        if (categories.contains(FUGITIVES)) {
            return FUGITIVES;
        }
        if (categories.size() > 1) {
            categories.remove(DECLINED);
        }
        String first = categories.iterator().next();
        if (first.equals("gang_associates")) {
            return null;
        }
        return first;
    }

    /** "Everyone arrested is under a final order": the total falls into the category. */
    private @Nullable Found everyone(Sentence sentence, Claim whole) {
        if (!sentence.body()) {
            return null;
        }
        int i = sentence.first();
        boolean every = document.is(i, "everyone")
                || document.is(i, "everybody")
                || (document.is(i, "all")
                        && (document.is(i + 1, "of")
                                || document.is(i + 1, "had")
                                || document.is(i + 1, "have")
                                || document.is(i + 1, "were")
                                || document.is(i + 1, "are")
                                || document.is(i + 1, "those")
                                || document.is(i + 1, "the")
                                || document.has(i + 1, Tag.PERSON)
                                || document.is(i + 1, "arrested")));
        if (!every) {
            return null;
        }
        Set<String> categories = new LinkedHashSet<>();
        boolean or = false;
        for (int k = i; k < sentence.end(); k++) {
            Lexicon.Hit hit = document.hit(k, Tag.CATEGORY);
            if (hit != null && !hit.value().equals("fugitives")) {
                if (!hit.value().equals(FUGITIVES)) {
                    categories.add(hit.value());
                }
                k += hit.length() - 1;
            }
            or |= document.is(k, "or");
            if (document.token(k).number() >= 0 || document.is(k, "target") || document.is(k, "targets")) {
                return null;
            }
        }
        String category = categories.isEmpty() ? null : one(categories, or);
        return category == null ? null : new Found(category, whole.number(), whole.value(), "breakdown-everyone");
    }
}
