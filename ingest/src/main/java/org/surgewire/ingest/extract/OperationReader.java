package org.surgewire.ingest.extract;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/** Finds the names of operations and tells this release's own from those it only mentions. */
final class OperationReader {
    private static final Phrases ACTION_NOUN = Wording.of("name-noun");

    private static final int LONGEST_NAME = 7;

    /** Names behind this many are not looked at when the release's own is chosen. */
    private static final int MOST_MENTIONS = 200;

    private static final Pattern NOT_A_WORD = Pattern.compile("[^a-z0-9]+");

    /**
     * A name in the text.
     *
     * @param first index of the first token of the whole phrase, "Operation" included
     * @param end index behind it, closing quote included
     * @param name as written, without quotes
     */
    record Mention(int first, int end, String name, boolean quoted, boolean prefixed) {}

    private OperationReader() {}

    /** All names of operations, also of those only mentioned, in the order of the text. */
    static List<Mention> mentions(Document document) {
        List<Mention> found = new ArrayList<>();
        int i = 0;
        while (i < document.size()) {
            Mention mention = at(document, i);
            if (mention == null) {
                i++;
            } else {
                found.add(mention);
                i = mention.end();
            }
        }
        List<Mention> bare = bare(document, found);
        if (!bare.isEmpty()) {
            found.addAll(bare);
            found.sort((a, b) -> Integer.compare(a.first(), b.first()));
        }
        return found;
    }

    private static @Nullable Mention at(Document document, int i) {
        if (document.has(i, Tag.OPERATION)) {
            boolean capital = document.token(i).capital();
            boolean quoteBefore = document.is(i - 1, "\"") || document.is(i - 1, "'");
            if (quoteBefore && capital) {
                int close = closing(document, i + 1, i + 1 + LONGEST_NAME + 2);
                if (close > i + 1) {
                    return mention(document, i, i, close, close, true);
                }
            }
            if (opensQuote(document, i + 1)) {
                int close = closing(document, i + 2, i + 2 + LONGEST_NAME + 2);
                if (close > i + 2 && document.token(i + 2).capital()) {
                    return mention(document, i, i + 2, close, close + 1, true);
                }
            }
            int start = document.is(i + 1, ":") && capital ? i + 2 : i + 1;
            int end = nameEnd(document, start);
            if (start > i + 1 && end - start >= 1 && !document.sentenceAt(i).headline()) {
                return mention(document, i, start, end, end, false);
            }
            return start == i + 1
                            && end > i + 1
                            && (capital || document.sentenceAt(i).body())
                    ? mention(document, i, i, end, end, false)
                    : null;
        }
        if (opensQuote(document, i) && !document.has(i + 1, Tag.OPERATION)) {
            int close = closing(document, i + 1, i + 1 + LONGEST_NAME + 2);
            if (close > i + 1
                    && close - i - 1 <= LONGEST_NAME
                    && document.token(i + 1).capital()) {
                boolean named = namedBefore(document, i);
                boolean action = (document.has(close + 1, Tag.ACTION) && !document.has(close + 1, Tag.ARREST_NOUN))
                        || (document.has(close + 2, Tag.ACTION) && !document.is(close + 1, ","));
                if ((named && allCapital(document, i + 1, close)) || (action && allCapital(document, i + 1, close))) {
                    return mention(document, -1, i + 1, close, close + 1, true);
                }
            }
        }
        return null;
    }

    /** Whether the words before a quote say that a name follows. */
    private static boolean namedBefore(Document document, int quote) {
        for (int back = 1; back <= 3; back++) {
            if (document.in(quote - back, Tag.NAMED) && !document.is(quote - back, "under")) {
                return true;
            }
        }
        if (document.in(quote - 1, Tag.LAUNCHED)) {
            return true;
        }
        return false;
    }

    private static boolean allCapital(Document document, int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = document.token(i);
            if (token.isWord() && !token.capital() && token.text().length() > 3) {
                return false;
            }
        }
        return true;
    }

    private static boolean opensQuote(Document document, int i) {
        return (document.is(i, "\"") || document.is(i, "'"))
                && i + 1 < document.size()
                && !document.token(i + 1).spaced();
    }

    private static int closing(Document document, int from, int limit) {
        for (int i = from; i < Math.min(limit, document.size()); i++) {
            if (document.is(i, "\"") || document.is(i, "'")) {
                int end = i;
                while (end > from && (document.is(end - 1, ",") || document.is(end - 1, "."))) {
                    end--;
                }
                return end;
            }
        }
        return -1;
    }

    /** Index behind the name that begins at {@code i}; {@code i} when none does. */
    private static int nameEnd(Document document, int i) {
        int end = i;
        if (i >= document.size() || i == 0 || document.sentenceIndex(i) != document.sentenceIndex(i - 1)) {
            return i;
        }
        boolean headline = document.sentenceAt(i).headline();
        boolean verbal = document.has(i, Tag.STOP)
                || document.is(i, "took")
                || document.is(i, "takes")
                || document.is(i, "to")
                || document.is(i, "throughout")
                || document.is(i, "available")
                || document.is(i, "in");
        if (headline && verbal) {
            return i;
        }
        for (int k = i; k < Math.min(document.size(), i + LONGEST_NAME); k++) {
            Token token = document.token(k);
            if (k > i && document.sentenceIndex(k) != document.sentenceIndex(i)) {
                break;
            }
            if (token.is("-")
                    && !token.spaced()
                    && k > i
                    && k + 1 < document.size()
                    && !document.token(k + 1).spaced()) {
                continue;
            }
            if ((token.kind() == Token.Kind.DECIMAL && k > i)
                    || (token.isNumber() && k > i && token.text().length() <= 2 && !document.has(k + 1, Tag.PERSON))) {
                end = k + 1;
                continue;
            }
            if (!token.isWord()) {
                break;
            }
            if (token.capital() && document.has(k, Tag.MONTH) && !monthInName(document, i, k)) {
                break;
            }
            if (token.capital()) {
                boolean person = Vocabulary.BUNDLED.name(token.lower())
                        && !Vocabulary.BUNDLED.word(token.lower())
                        && (k > i || !prefixCapital(document, i));
                boolean odd = k >= i + 2 && odd(document, k) && odd(document, k + 1);
                if (person || odd) {
                    break;
                }
                boolean verb = token.lower().endsWith("s")
                        || token.lower().endsWith("ed")
                        || token.lower().endsWith("ing")
                        || !document.has(k, Tag.TAKE);
                boolean noun = (!headline || smallBehind(document, k)) && ACTION_NOUN.at(document, k);
                if (document.has(k, Tag.NAME_END)
                        && !noun
                        && (k > i || (headline && verb) || !capitalAfter(document, k))) {
                    break;
                }
                end = k + 1;
                if (token.text().endsWith("'s") && k > i) {
                    break;
                }
                continue;
            }
            boolean joins = k > i
                    && (token.is("of") || token.is("the") || token.is("to") || token.is("and") || token.is("a"))
                    && (document.token(Math.min(k + 1, document.size() - 1)).capital() || document.is(k + 1, "the"));
            if (!joins) {
                break;
            }
        }
        return end;
    }

    /** Whether a headline goes on in small letters: then a capital letter before belongs to a name. */
    private static boolean smallBehind(Document document, int k) {
        return k + 1 < document.size()
                && document.sentenceIndex(k + 1) == document.sentenceIndex(k)
                && document.token(k + 1).isWord()
                && !document.token(k + 1).capital()
                && document.token(k + 1).text().length() > 4;
    }

    /** Whether a month belongs to a name ("Operation Dark December") and is not the date of the operation. */
    private static boolean monthInName(Document document, int first, int k) {
        boolean dated = k + 1 < document.size() && document.token(k + 1).isNumber();
        boolean goesOn = k + 1 < document.size()
                && document.token(k + 1).isWord()
                && document.token(k + 1).capital();
        return !dated && (k > first || goesOn);
    }

    /** Whether a token is a capitalised word that is neither common nor a numeral: two of them look like a person's name. */
    private static boolean odd(Document document, int k) {
        if (k >= document.size()) {
            return false;
        }
        Token token = document.token(k);
        return token.capital()
                && !Vocabulary.BUNDLED.word(token.lower())
                && !version(token.lower())
                && !document.has(k, Tag.NAME_END)
                && !token.shouted();
    }

    private static boolean prefixCapital(Document document, int i) {
        return i > 0 && document.token(i - 1).capital();
    }

    private static boolean capitalAfter(Document document, int k) {
        return k + 1 < document.size() && document.token(k + 1).capital() && !document.has(k + 1, Tag.NAME_END);
    }

    private static Mention mention(Document document, int prefix, int nameFirst, int nameEnd, int end, boolean quoted) {
        String name = document.span(nameFirst, nameEnd).replaceAll("\\s+", " ");
        if (name.endsWith("'s") || name.endsWith("’s")) {
            name = name.substring(0, name.length() - 2);
        }
        boolean prefixed = prefix >= 0;
        if (prefixed && nameFirst > prefix) {
            name = capitalized(document.span(prefix, prefix + 1)) + " " + name;
        } else if (prefixed) {
            name = capitalized(name);
        } else {
            name = "Operation " + name;
        }
        return new Mention(prefixed ? prefix : nameFirst, end, name, quoted, prefixed);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Names known from elsewhere in the text, written without "Operation" ("part of Midway Blitz"). */
    private static List<Mention> bare(Document document, List<Mention> known) {
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i + 1 < document.size(); i++) {
            if (!document.in(i, Tag.NAMED) || !document.token(i + 1).capital()) {
                continue;
            }
            int end = nameEnd(document, i + 1);
            if (end < i + 2) {
                continue;
            }
            String name = document.span(i + 1, end);
            boolean same = known.stream().anyMatch(mention -> mention.name().endsWith(" " + name));
            if (same) {
                found.add(new Mention(i + 1, end, "Operation " + name, false, false));
            } else if (end - i - 1 >= 2
                    && end - i - 1 <= 4
                    && document.is(end, ",")
                    && document.is(i, "of")
                    && known.isEmpty()
                    && seasonal(document, end)) {
                found.add(new Mention(i + 1, end, name, false, true));
            }
        }
        if (known.isEmpty() && found.isEmpty()) {
            found.addAll(behindName(document));
        }
        found.addAll(repeated(document, known, found));
        return found;
    }

    /** "a Cross Check operation … Cross Check operations": two capitalised words that stand before the word twice. */
    private static List<Mention> behindName(Document document) {
        Map<String, List<Mention>> found = new LinkedHashMap<>();
        for (int i = 2; i < document.size(); i++) {
            boolean noun = document.is(i, "operation") || document.is(i, "operations") || document.has(i, Tag.CAMPAIGN);
            if (noun
                    && !document.token(i).capital()
                    && plainName(document, i - 2)
                    && plainName(document, i - 1)
                    && !document.token(i - 3 < 0 ? 0 : i - 3).capital()) {
                String name = document.span(i - 2, i);
                if (!found.containsKey(name)) {
                    found.put(name, occurrences(document, name));
                }
            }
        }
        return found.values().stream()
                .filter(all -> all.size() > 1 || ofSomeDays(document, all.get(0)))
                .findFirst()
                .orElse(List.of());
    }

    /** "a five-day Cross Check operation": once is enough where the words before say how long it was. */
    private static boolean ofSomeDays(Document document, Mention name) {
        int before = name.first() - 1;
        return document.is(before - 1, "-") && (document.is(before, "day") || document.is(before, "week"));
    }

    private static List<Mention> occurrences(Document document, String name) {
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i + 2 <= document.size(); i++) {
            if (name.startsWith(document.token(i).text())
                    && document.span(i, i + 2).equals(name)) {
                found.add(new Mention(i, i + 2, "Operation " + name, false, true));
            }
        }
        return found;
    }

    private static boolean plainName(Document document, int i) {
        Token token = document.token(i);
        return token.isWord()
                && token.capital()
                && !token.shouted()
                && Vocabulary.BUNDLED.word(token.lower())
                && !document.in(i, Tag.OFFICER)
                && !document.in(i, Tag.ACTION)
                && !document.in(i, Tag.AGENCY);
    }

    /** A name of two words or more, known from elsewhere in the text, repeated without "Operation" and quotes. */
    private static List<Mention> repeated(Document document, List<Mention> known, List<Mention> bare) {
        List<Mention> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Mention mention : known) {
            if (mention.name().startsWith("Operation ") && names.size() < 20) {
                names.add(mention.name().substring("Operation ".length()));
            }
        }
        if (names.isEmpty()) {
            return found;
        }
        boolean[] taken = new boolean[document.size()];
        for (List<Mention> mentions : List.of(known, bare)) {
            for (Mention mention : mentions) {
                for (int i = Math.max(0, mention.first()); i < mention.end() && i < taken.length; i++) {
                    taken[i] = true;
                }
            }
        }
        for (String name : names) {
            int words = name.split(" ", -1).length;
            for (int i = 0; words >= 2 && i + words <= document.size(); i++) {
                boolean starts = !taken[i]
                        && document.token(i).capital()
                        && name.startsWith(document.token(i).text());
                if (starts
                        && !taken[i + words - 1]
                        && document.span(i, i + words).equals(name)) {
                    found.add(new Mention(i, i + words, "Operation " + name, false, false));
                    i += words - 1;
                }
            }
        }
        return found;
    }

    /** Whether an apposition that calls the name an action follows ("Summer Heat, its national summer push against"). */
    private static boolean seasonal(Document document, int comma) {
        for (int i = comma + 1; i < Math.min(document.size(), comma + 6); i++) {
            if (document.has(i, Tag.ACTION)) {
                return true;
            }
            if (!document.token(i).isWord()) {
                return false;
            }
        }
        return false;
    }

    /** This release's own operation; null when it names none. */
    static @Nullable Mention own(Document document, List<Mention> mentions, @Nullable LocalDate published) {
        Map<String, Double> weights = new HashMap<>();
        Map<String, Mention> best = new LinkedHashMap<>();
        List<Mention> considered = mentions.subList(0, Math.min(MOST_MENTIONS, mentions.size()));
        Set<String> body = new HashSet<>();
        for (Mention mention : considered) {
            if (!document.sentenceAt(mention.first()).headline()) {
                body.add(slug(mention.name()));
            }
        }
        for (Mention mention : considered) {
            Sentence sentence = document.sentenceAt(mention.first());
            String key = slug(mention.name());
            String spelled = sentence.headline() ? inBody(key, body) : key;
            weights.merge(
                    spelled,
                    weight(document, mention, sentence) - (past(document, sentence, mention, published) ? 4 : 0),
                    Double::sum);
            if (spelled.equals(key)) {
                best.putIfAbsent(key, mention);
            }
        }
        Mention own = null;
        double most = 0;
        for (Map.Entry<String, Mention> entry : best.entrySet()) {
            String key = entry.getKey();
            double weight = weights.getOrDefault(key, 0.0);
            for (String other : best.keySet()) {
                // "Operation North Star II", also called "Operation North Star" in the same text.
                if (key.startsWith(other + "-") && version(key.substring(other.length() + 1))) {
                    weight += Math.max(0, weights.getOrDefault(other, 0.0)) + 0.1;
                }
            }
            if (weight > most) {
                most = weight;
                own = entry.getValue();
            }
        }
        return own;
    }

    /** Whether the sentence tells of a year that was over long before the release ("a raid in 2007"). */
    private static boolean past(Document document, Sentence sentence, Mention mention, @Nullable LocalDate published) {
        if (published == null || !sentence.body()) {
            return false;
        }
        int from = Math.max(sentence.first(), mention.first() - 5);
        for (int i = from; i < Math.min(sentence.end(), mention.end() + 7); i++) {
            Token token = document.token(i);
            boolean year = token.isNumber() && token.text().length() == 4 && token.number() >= 1990;
            boolean dates = document.is(i - 1, "in") || document.is(i - 1, "of");
            if (year && dates && token.number() < published.getYear() - 1) {
                return true;
            }
        }
        return false;
    }

    /** The body's spelling of a name that a headline cuts short or runs on into other capitals; the key itself else. */
    private static String inBody(String key, Set<String> body) {
        if (body.contains(key)) {
            return key;
        }
        for (String other : body) {
            boolean longer = other.startsWith(key + "-");
            boolean shorter = key.startsWith(other + "-") && !version(key.substring(other.length() + 1));
            if (longer || shorter) {
                return other;
            }
        }
        return key;
    }

    private static boolean version(String rest) {
        return rest.matches("(i{1,3}|iv|vi{0,3}|ix|xi{0,3}|[0-9]+(-[0-9]+)?)");
    }

    /** Whether a name is only mentioned as the background of the release. */
    static boolean background(Document document, Mention mention) {
        Sentence sentence = document.sentenceAt(mention.first());
        return document.any(Math.max(sentence.first(), mention.first() - 5), mention.first(), Tag.BACKGROUND);
    }

    private static double weight(Document document, Mention mention, Sentence sentence) {
        if (sentence.role() == Sentence.Role.ASIDE || document.has(mention.first(), Tag.PROGRAMME)) {
            return 0;
        }
        double weight = 1.0 / (1 + 0.15 * document.sentenceIndex(mention.first()));
        if (sentence.headline()) {
            weight += 2;
        }
        if (mention.name().startsWith("Project")) {
            weight -= 0.7;
        }
        boolean named = document.in(mention.first() - 1, Tag.NAMED)
                || (document.in(mention.first() - 2, Tag.NAMED) && !document.in(mention.first() - 2, Tag.BACKGROUND));
        for (int i = Math.max(sentence.first(), mention.first() - 7); i < mention.first(); i++) {
            if (document.has(i, Tag.BACKGROUND)
                    && (!named || document.is(i, "sub-operation") || document.is(i, "sub"))) {
                weight -= 4;
            }
            if (document.has(i, Tag.NAMED)) {
                weight += 0.3;
            }
        }
        for (int i = mention.end(); i < Math.min(sentence.end(), mention.end() + 6); i++) {
            if (document.has(i, Tag.BACKGROUND)) {
                weight -= 2;
            }
        }
        return weight;
    }

    /** The id of the operation that the text calls this one a part of; null when it calls it part of none. */
    static @Nullable String partOf(Document document, List<Mention> mentions, Mention own) {
        String ownId = slug(own.name());
        for (Mention mention : mentions.subList(0, Math.min(MOST_MENTIONS, mentions.size()))) {
            int before = mention.first() - 1;
            while (document.is(before, "the") || document.is(before, "\"") || document.is(before, "larger")) {
                before--;
            }
            boolean whole = document.is(before, "of") && document.is(before - 1, "part");
            if (whole && !slug(mention.name()).equals(ownId)) {
                return slug(mention.name());
            }
        }
        return null;
    }

    /** The id of an operation: the same for every spelling of its name, with versions kept apart. */
    static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace("’", "")
                .replace("'", "");
        String slug = NOT_A_WORD.matcher(plain).replaceAll("-");
        if (slug.startsWith("-")) {
            slug = slug.substring(1);
        }
        if (slug.endsWith("-")) {
            slug = slug.substring(0, slug.length() - 1);
        }
        if (slug.startsWith("op-")) {
            slug = "operation-" + slug.substring(3);
        }
        return slug.startsWith("operation-") || slug.startsWith("project-") ? slug : "operation-" + slug;
    }
}
