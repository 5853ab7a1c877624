package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.Claim.Role;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/** Tells which numbers count arrested persons, and what their words say about their scope. */
final class ArrestReader {
    /** How far behind a noun phrase the verb of its arrest may stand. */
    /** "the number of arrests in South Carolina has risen to 365". */
    static final String RISE = "arrests-rise-to-number";

    /** "eight arrests in Montana and 33 in Utah, for a total of 41". */
    static final String FOR_A_TOTAL = "for-a-total-of-number";

    /** Headlines with these tell other news than an arrest. */
    private static final Set<Tag> OTHER_NEWS = EnumSet.of(
            Tag.CHARGED,
            Tag.REMOVED,
            Tag.OFF_TOPIC,
            Tag.PLANNED,
            Tag.POLICY,
            Tag.STATISTICS,
            Tag.OPERATION,
            Tag.LAUNCHED);

    private static final Phrases ELSEWHERE = Wording.of("operations-elsewhere");
    private static final Phrases ANOTHER_EVENT = Wording.of("another-event");
    private static final Phrases NUMBER_WORD = Wording.of("number-word");
    private static final Phrases HELD_BEFORE = Wording.of("held-before");
    private static final Phrases FOUND_OR = Wording.of("found-or");

    private static final Set<String> PUTS = Set.of("put", "puts", "putting", "bring", "brings", "bringing", "brought");

    private static final int VERB_REACH = 14;

    /** Tokens from the verb of an arrest to the one who was arrested ("into custody a 38-year-old U.S. citizen"). */
    private static final int NOUN_REACH = 11;

    /** Tokens from the article to that noun. */
    private static final int ARTICLE_REACH = 8;

    /** "Last month" at the head of one of so many first sentences may be the release's own time. */
    private static final int OPENING = 2;

    /** Up to this month a release may still be about the year before. */
    private static final int NEW_YEAR = 3;

    private final Document document;
    private final List<NumberMention> numbers;
    private final List<DateMention> dates;
    private final @Nullable LocalDate published;

    /** @param published the day of the release; null when unknown */
    ArrestReader(
            Document document, List<NumberMention> numbers, List<DateMention> dates, @Nullable LocalDate published) {
        this.published = published;
        this.document = document;
        this.numbers = numbers;
        this.dates = dates;
    }

    /** The claims in the order of the text. */
    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (int n = 0; n < numbers.size(); n++) {
            NumberMention number = numbers.get(n);
            Sentence sentence = document.sentenceAt(number.first());
            if (sentence.role() == Sentence.Role.FURNITURE || sentence.role() == Sentence.Role.ASIDE) {
                continue;
            }
            String rule = rule(n, number, sentence);
            if (rule != null) {
                claims.add(claim(n, number, sentence, rule, claims));
            }
        }
        return claims;
    }

    /** A single arrest told without a number ("Agents arrest convicted sex offender"); null when the headline tells none. */
    @Nullable
    Claim single() {
        for (Sentence sentence : document.headlines()) {
            int noun = singleIn(sentence);
            if (noun >= 0 && (sentence.headline() || (article(noun, sentence) && !several()))) {
                return single(noun, sentence);
            }
        }
        return toldInBody();
    }

    /** "Marshals find man wanted for killing. A man … was arrested in Joplin": the first sentence tells it, the headline not. */
    private @Nullable Claim toldInBody() {
        for (Sentence headline : document.headlines()) {
            for (Tag other : OTHER_NEWS) {
                if (document.any(headline.first(), headline.end(), other)) {
                    return null;
                }
            }
            if (numbers.stream()
                    .anyMatch(number -> number.personal()
                            && document.sentenceAt(number.first()).equals(headline))) {
                return null;
            }
        }
        for (Sentence sentence : document.sentences()) {
            if (sentence.body()) {
                int noun = singleIn(sentence);
                return noun >= 0 && article(noun, sentence) && !several() ? single(noun, sentence) : null;
            }
        }
        return null;
    }

    private static Claim single(int noun, Sentence sentence) {
        NumberMention one = new NumberMention(
                noun, noun, noun + 1, noun + 1, 1, Qualifier.EXACT, NumberMention.Use.COUNT, Unit.PERSON, false);
        return new Claim(one, sentence, "single-arrest", Role.MAIN, false, null);
    }

    /** Whether "a" or "an" stands before the noun of one person, only describing words between. */
    private boolean article(int noun, Sentence sentence) {
        for (int i = noun - 1; i >= Math.max(sentence.first(), noun - ARTICLE_REACH); i--) {
            if (document.is(i, "a") || document.is(i, "an")) {
                return true;
            }
            if (document.has(i, Tag.STOP) || document.in(i, Tag.ARREST_VERB)) {
                return false;
            }
        }
        return false;
    }

    /** Whether the first sentences count two arrests or more. */
    private boolean several() {
        for (int n = 0;
                n < numbers.size() && document.sentenceIndex(numbers.get(n).first()) < 6;
                n++) {
            NumberMention number = numbers.get(n);
            if (number.value() > 1
                    && number.personal()
                    && !number.bracketed()
                    && !claimless(number)
                    && rule(n, number, document.sentenceAt(number.first())) != null) {
                return true;
            }
        }
        return false;
    }

    /** Index of the noun of the one person whom a headline says was arrested; -1 when it says so of nobody or of several. */
    private int singleIn(Sentence sentence) {
        for (NumberMention number : numbers) {
            boolean here = number.first() >= sentence.first() && number.first() < sentence.end();
            boolean crime = !sentence.headline() && claimless(number);
            if (here && ((number.count() && !crime) || number.use() == NumberMention.Use.ORDINAL)) {
                return -1;
            }
        }
        int verb = document.next(sentence.first(), sentence.end(), Tag.ARREST_VERB);
        if (verb < 0) {
            verb = document.next(sentence.first(), sentence.end(), Tag.CUSTODY);
        }
        if (verb < 0) {
            return -1;
        }
        for (int i = verb + 1; i < Math.min(sentence.end(), verb + NOUN_REACH); i++) {
            if (document.has(i, Tag.SINGULAR)
                    && !describing(i)
                    && !document.is(i + 1, "-")
                    && !document.has(i + 1, Tag.PERSON)
                    && !document.has(i + 1, Tag.ACTION)) {
                return i;
            }
            if ((document.has(i, Tag.PERSON) && !document.has(i, Tag.SINGULAR))
                    || document.is(i, "for")
                    || document.is(i, "in")
                    || document.is(i, "after")) {
                break;
            }
        }
        for (int i = verb - 1; i >= Math.max(sentence.first(), verb - 8); i--) {
            if (document.has(i, Tag.SINGULAR) && !describing(i) && !document.has(i + 1, Tag.PERSON)) {
                return participle(document.lower(verb)) || document.in(verb, Tag.CUSTODY) ? i : -1;
            }
        }
        return -1;
    }

    /** Whether a nationality describes the noun behind it instead of standing for a person. */
    private boolean describing(int i) {
        Lexicon.Hit hit = document.hit(i, Tag.SINGULAR);
        if (hit == null || !hit.value().equals("nationality")) {
            return false;
        }
        int next = i + 1;
        boolean verbal = document.lower(next).endsWith("ed") || document.is(next, "sought");
        return document.sentenceAt(i).end() > next && !verbal && !document.has(next, Tag.STOP);
    }

    /** "wanted for the murder of two people": persons who are not the ones arrested. */
    private boolean claimless(NumberMention number) {
        return document.is(number.from() - 1, "of") && document.in(number.from() - 2, Tag.ELSEWHERE);
    }

    private @Nullable String rule(int n, NumberMention number, Sentence sentence) {
        if (number.use() == NumberMention.Use.ORDINAL
                && number.value() >= 50
                && document.has(number.end(), Tag.ARREST_NOUN)) {
            return "ordinal-arrest";
        }
        if (!number.personal() || number.bracketed()) {
            return null;
        }
        boolean proportion = document.is(number.from() - 1, "every") || document.is(number.from() - 2, "out");
        if (number.unit() == Unit.ARREST) {
            return proportion ? null : "number-of-arrests";
        }
        int left = left(number.from() - 1, sentence.first());
        if (left >= 0 && verbEndsAt(left) && (number.unit() != Unit.PART || ofWanted(number))) {
            boolean one = number.value() == 1 && number.unit() == Unit.BARE;
            return one ? null : "arrested-number";
        }
        if (left >= 1 && document.in(left, Tag.CUSTODY) && number.unit() != Unit.PART && takenBefore(left)) {
            return "took-into-custody-number";
        }
        if (left >= 1
                && document.is(left, "of")
                && document.in(left - 1, Tag.ARREST_NOUN)
                && !foundOr(left - 1)
                && number.unit() != Unit.PART) {
            return "arrest-of-number";
        }
        if (left >= 0
                && document.is(left, "for")
                && document.is(number.from() - 1, "of")
                && number.unit() == Unit.BARE
                && document.any(sentence.first(), left, Tag.ARREST_NOUN)) {
            return FOR_A_TOTAL;
        }
        if (left >= 0 && (rises(left) || putsAt(left, sentence)) && number.unit() == Unit.BARE) {
            return RISE;
        }
        if (number.unit() == Unit.PART) {
            int head = number.nounEnd();
            while (document.is(head, "the") || document.is(head, "those") || document.is(head, "these")) {
                head++;
            }
            if (document.has(head, Tag.ARREST_NOUN)) {
                return "number-of-the-arrests";
            }
        }
        if (take(number, sentence, left)) {
            return "taken-into-custody";
        }
        if (number.unit() == Unit.PERSON
                || number.unit() == Unit.BARE
                || number.unit() == Unit.UNKNOWN
                || number.unit() == Unit.PART) {
            String passive = passive(n, number, sentence);
            if (passive != null) {
                return passive;
            }
        }
        return null;
    }

    /** "arrested 24 of 31 people who were charged": those arrested, out of a number of others. */
    private boolean ofWanted(NumberMention number) {
        int next = number.end() + 1;
        while (document.is(next, "the") || document.is(next, "its") || document.is(next, "their")) {
            next++;
        }
        return next < document.size()
                && (document.token(next).isNumber() || document.has(next, Tag.UNIT))
                && !document.sentenceAt(number.first()).bullet();
    }

    /** "took into custody 2,901 convicted aliens". */
    private boolean takenBefore(int custodyEnd) {
        int i = custodyEnd;
        while (i > 0 && document.in(i, Tag.CUSTODY)) {
            i--;
        }
        return document.in(i, Tag.TAKE);
    }

    /** Index of the token left of a number behind which its verb ends, words such as "a total of" passed over. */
    private int left(int from, int first) {
        int i = from;
        while (i >= first) {
            String word = document.lower(i);
            if (word.equals("of") && document.is(i - 1, "total")) {
                i -= 2;
                continue;
            }
            if (word.equals("a")
                    || word.equals("the")
                    || word.equals("an")
                    || word.equals("all")
                    || word.equals("some")
                    || word.equals("additional")
                    || word.equals("another")
                    || word.equals("these")
                    || word.equals("combined")
                    || word.equals("nearly")
                    || word.equals("total")
                    || word.equals("those")
                    || word.equals("\"")
                    || word.equals("also")
                    || word.equals("grand")
                    || word.equals("estimated")
                    || word.equals("whopping")) {
                i--;
                continue;
            }
            return i;
        }
        return -1;
    }

    private boolean verbEndsAt(int i) {
        // "identified or arrested 126" does not say how many were arrested.
        if (document.is(i - 1, "or") && !document.in(i - 2, Tag.ARREST_VERB)) {
            return false;
        }
        return (document.in(i, Tag.ARREST_VERB) && !document.in(i - 1, Tag.AUXILIARY))
                || (document.in(i, Tag.ARREST_VERB)
                        && (document.is(i - 1, "has") || document.is(i - 1, "have") || document.is(i - 1, "had")));
    }

    /** "identified or arrested", "arrested or cited": it is not said how many were arrested. */
    private boolean foundOr(int i) {
        return (document.is(i - 1, "or") && FOUND_OR.endsAt(document, i - 2))
                || (document.is(i + 1, "or") && FOUND_OR.at(document, i + 2));
    }

    /** "puts the number of arrests in Oklahoma at 127", "brings the count of arrests to 127". */
    private boolean putsAt(int i, Sentence sentence) {
        if (!document.is(i, "at") && !document.is(i, "to")) {
            return false;
        }
        for (int k = i - 1; k > Math.max(sentence.first(), i - 10); k--) {
            if (document.token(k).number() >= 0) {
                return false;
            }
            if (document.in(k, Tag.ARREST_NOUN) && document.is(k - 1, "of")) {
                int verb = document.is(k - 3, "the") ? k - 4 : k - 3;
                return PUTS.contains(document.lower(verb));
            }
        }
        return false;
    }

    private boolean rises(int i) {
        if (document.is(i, "at")) {
            return numberPutAt(i);
        }
        if (!document.in(i, Tag.RISE)) {
            return false;
        }
        for (int back = 1; back <= 6; back++) {
            if (document.in(i - back, Tag.ARREST_NOUN)) {
                return true;
            }
        }
        return false;
    }

    /** "put the number of those detained at 76". */
    private boolean numberPutAt(int at) {
        int first = Math.max(document.sentenceAt(at).first(), at - 9);
        int word = NUMBER_WORD.next(document, first, at);
        return word >= 0
                && (document.any(word, at, Tag.ARREST_VERB) || document.any(word, at, Tag.ARREST_NOUN))
                && !document.any(word, at, Tag.THING);
    }

    /** "took 80 criminal aliens into custody", "put 43 fugitives under arrest", "ended with 81 aliens in custody". */
    private boolean take(NumberMention number, Sentence sentence, int left) {
        boolean verb = left >= 0
                && (document.in(left, Tag.TAKE)
                        || document.in(left, Tag.YIELD)
                        || document.is(left, "that")
                        || document.is(left, "with"));
        if (number.unit() == Unit.BARE && !verb) {
            return false;
        }
        for (int i = number.nounEnd(); i < Math.min(sentence.end(), number.nounEnd() + VERB_REACH); i++) {
            if (document.has(i, Tag.CUSTODY)) {
                return (verb && !document.is(i, "from"))
                        || document.in(i - 1, Tag.TAKE)
                        || (verb && document.in(left, Tag.TAKE));
            }
            if (document.is(i, ";") || document.token(i).number() >= 0) {
                return false;
            }
        }
        return false;
    }

    /** "20 people were arrested", "510 arrested", "4,083 ended in arrest". */
    private @Nullable String passive(int n, NumberMention number, Sentence sentence) {
        boolean bare = number.unit() == Unit.BARE;
        if (bare && number.value() == 1) {
            return null;
        }
        int reach = bare || number.unit() == Unit.PART ? 4 : VERB_REACH;
        int next = document.size();
        for (int k = n + 1; k < numbers.size() && next == document.size(); k++) {
            NumberMention other = numbers.get(k);
            if (other.count() && other.unit() != Unit.THING) {
                next = other.from();
            }
        }
        int limit = Math.min(Math.min(sentence.end(), number.nounEnd() + reach), next);
        boolean auxiliary = false;
        int start = number.nounEnd();
        if (number.unit() == Unit.PART) {
            // "N of the M": the verb stands behind M, which is a number of its own.
            limit = Math.min(sentence.end(), number.nounEnd() + 6);
        }
        for (int i = start; i < limit; i++) {
            String word = document.lower(i);
            if (document.has(i, Tag.ARREST_VERB) && participle(word)) {
                if (foundOr(i)) {
                    return null;
                }
                boolean reduced = i == number.nounEnd() || auxiliary;
                boolean relative = document.is(i - 1, "who") || document.is(i - 2, "who");
                if (number.unit() == Unit.PART && !auxiliary) {
                    return null;
                }
                boolean had = document.is(i - 1, "had") || document.is(i - 1, "have") || document.is(i - 1, "has");
                boolean active = document.has(i + 1, Tag.UNIT)
                        || (i + 1 < document.size() && document.token(i + 1).isNumber())
                        || (document.has(i + 1, Tag.QUALIFIER) && document.is(i - 1, "and"));
                boolean singular = number.value() != 1 && (document.is(i - 1, "was") || document.is(i - 1, "is"));
                if (active || had || singular) {
                    return null;
                }
                return (reduced || number.unit() == Unit.PERSON) && !(relative && earlier(sentence))
                        ? "number-arrested"
                        : null;
            }
            if (document.has(i, Tag.ARREST_NOUN)
                    && document.is(i - 1, "in")
                    && (document.is(i - 2, "ended") || document.is(i - 2, "resulted"))) {
                return "number-ended-in-arrest";
            }
            if (document.has(i, Tag.CUSTODY)
                    && !HELD_BEFORE.within(document, i - 2, i + 6)
                    && (document.in(i - 1, Tag.TAKE) || auxiliary || (sentence.headline() && i == number.nounEnd()))) {
                return "number-taken-into-custody";
            }
            if (document.has(i, Tag.AUXILIARY) || document.is(i, "also") || document.is(i, "all")) {
                auxiliary |= document.has(i, Tag.AUXILIARY);
                continue;
            }
            if (word.equals(";")
                    || word.equals("after")
                    || word.equals("because")
                    || word.equals("when")
                    || word.equals("face")
                    || word.equals("while")
                    || word.equals("that")
                    || word.equals("before")
                    || word.equals("previously")
                    || word.equals("already")) {
                return null;
            }
            if (auxiliary && bare && !document.in(i, Tag.AUXILIARY) && !word.endsWith("ly")) {
                return null;
            }
        }
        return null;
    }

    /** Whether words of another period stand there; the fiscal year that the headline is about is the release's own. */
    private boolean earlier(int from, int to) {
        for (int i = from; i < to; i++) {
            Lexicon.Hit hit = document.hit(i, Tag.EARLIER);
            // "10 percent fewer than the year before": only compared with it.
            if (hit == null) {
                continue;
            }
            if (document.is(i - 1, "than")) {
                i += hit.length() - 1;
                continue;
            }
            int year = fiscalYear(i, i + hit.length());
            if (year == 0 || (year != headlineFiscalYear() && !lastFiscalYear(year, i))) {
                return true;
            }
            i += hit.length();
        }
        return false;
    }

    /** "helped with 1,120 apprehensions and 75 rescues last year": what is said behind two figures holds for both. */
    private boolean coordinatedEarlier(NumberMention number, int next, Sentence sentence) {
        if (!sentence.body() || next >= sentence.end() || !document.is(next - 1, "and")) {
            return false;
        }
        int limit = Math.min(sentence.end(), next + 6);
        int end = next;
        while (end < limit && !document.is(end, ",") && !document.is(end, ";")) {
            end++;
        }
        return next - number.end() <= 4 && earlier(next, end);
    }

    /**
     * Whether a sentence of the body counts in a calendar year before the release's ("In 2024 the office booked 8,902
     * people"). A release of the first months may sum up the year before, and a headline may be about an older one.
     */
    private boolean yearsBefore(Sentence sentence) {
        LocalDate day = published;
        if (day == null || !sentence.body()) {
            return false;
        }
        if (document.any(sentence.first(), sentence.end(), Tag.COMPARISON)) {
            return false;
        }
        int current = day.getMonthValue() <= NEW_YEAR ? day.getYear() - 1 : day.getYear();
        for (int i = sentence.first() + 1; i < sentence.end(); i++) {
            Token token = document.token(i);
            long year = token.isNumber() && token.text().length() == 4 ? token.number() : -1;
            boolean ofAction = document.is(i - 1, "the") && document.in(i + 1, Tag.ACTION);
            if (year >= 1990
                    && year < current
                    && (document.is(i - 1, "in") || ofAction)
                    && !document.has(i + 1, Tag.PERSON)
                    && !headlineHas(token.text())) {
                return true;
            }
        }
        return false;
    }

    private boolean headlineHas(String word) {
        for (Sentence sentence : document.headlines()) {
            for (int i = sentence.first(); sentence.headline() && i < sentence.end(); i++) {
                if (document.is(i, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int headlineFiscalYear() {
        for (Sentence sentence : document.headlines()) {
            for (int i = sentence.first(); i < sentence.end(); i++) {
                int year = document.is(i, "fiscal") || document.is(i, "fy") ? fiscalYear(i, i + 2) : 0;
                if (year > 0) {
                    return year;
                }
            }
        }
        return 0;
    }

    /**
     * Whether a first sentence under a headline of statistics counts in the fiscal year that ended last: then that year is the
     * release's own, though the headline does not name it.
     */
    private boolean lastFiscalYear(int year, int at) {
        LocalDate day = published;
        if (day == null || headlineFiscalYear() > 0 || !document.sentenceAt(at).body()) {
            return false;
        }
        boolean first = document.sentences().stream()
                .filter(Sentence::body)
                .findFirst()
                .filter(document.sentenceAt(at)::equals)
                .isPresent();
        Sentence sentence = document.sentenceAt(at);
        boolean statistics = document.any(sentence.first(), sentence.end(), Tag.COMPARISON)
                || document.headlines().stream()
                        .anyMatch(headline -> document.any(headline.first(), headline.end(), Tag.STATISTICS));
        LocalDate end = LocalDate.of(year, 9, 30);
        return first && statistics && day.isAfter(end) && day.isBefore(end.plusYears(1));
    }

    /** The year behind "fiscal year" or "FY" in a phrase; 0 when it says none. */
    private int fiscalYear(int from, int to) {
        for (int i = from; i < to; i++) {
            int at = document.is(i, "fiscal") ? i + 1 : document.is(i, "fy") ? i + 1 : -1;
            at += document.is(i, "fiscal") && document.is(i + 1, "year") ? 1 : 0;
            if (document.is(at, "(") && document.is(at + 2, ")")) {
                at += 3;
            }
            if (at > 0 && at < document.size()) {
                long year = document.token(at).number();
                return year >= 2000 && year <= 2050 ? (int) year : 0;
            }
        }
        return 0;
    }

    private boolean earlier(Sentence sentence) {
        return document.any(sentence.first(), sentence.end(), Tag.EARLIER);
    }

    private static boolean participle(String word) {
        return word.endsWith("ed")
                || word.equals("caught")
                || word.equals("rounded")
                || word.equals("picked")
                || word.equals("swept");
    }

    private Claim claim(int n, NumberMention number, Sentence sentence, String rule, List<Claim> before) {
        // The words of this figure: from the end of the one before to the beginning of the next.
        int from = sentence.first();
        int to = sentence.end();
        for (int k = n - 1; k >= 0 && numbers.get(k).first() >= sentence.first(); k--) {
            if (numbers.get(k).count()
                    && numbers.get(k).unit() != Unit.THING
                    && numbers.get(k).unit() != Unit.OFFICER) {
                from = numbers.get(k).end();
                break;
            }
        }
        for (int k = n + 1; k < numbers.size() && numbers.get(k).first() < sentence.end(); k++) {
            if (numbers.get(k).count()
                    && numbers.get(k).unit() != Unit.THING
                    && numbers.get(k).unit() != Unit.OFFICER) {
                to = numbers.get(k).from();
                break;
            }
        }
        Sentence heading = heading(sentence);
        DateMention clock = null;
        boolean since = false;
        for (DateMention date : dates) {
            boolean inHeading = heading != null && date.first() >= heading.first() && date.first() < heading.end();
            if (inHeading || (date.first() >= sentence.first() && date.first() < sentence.end())) {
                for (int back = 1; back <= 3; back++) {
                    if (document.is(date.first() - back, "since")) {
                        clock = date;
                        since = true;
                    }
                }
            }
        }
        boolean setUp = since(sentence) || (heading != null && since(heading));
        boolean toDate = document.any(sentence.first(), sentence.end(), Tag.TO_DATE) || since || setUp;
        Role role = role(number, sentence, rule, before, from, to, setUp);
        return new Claim(number, sentence, rule, role, toDate, clock);
    }

    /** The introduction, ending with a colon, of the list that the sentence is an item of; null for other sentences. */
    private @Nullable Sentence heading(Sentence sentence) {
        if (!sentence.bullet()) {
            return null;
        }
        for (int back = document.sentenceIndex(sentence.first()) - 1; back >= 0; back--) {
            Sentence before = document.sentences().get(back);
            if (!before.bullet()) {
                return document.is(before.end() - 1, ":") ? before : null;
            }
        }
        return null;
    }

    /** Whether the sentence counts since something was set up ("Since the sheriff set up the squad in June 2021"). */
    private boolean since(Sentence sentence) {
        for (int i = sentence.first(); i < sentence.end(); i++) {
            if (document.is(i, "since")) {
                return true;
            }
        }
        return false;
    }

    private Role role(
            NumberMention number, Sentence sentence, String rule, List<Claim> before, int from, int to, boolean setUp) {
        if (rule.equals("ordinal-arrest")) {
            return Role.EARLIER;
        }
        if ((document.any(Math.max(from, number.from() - 3), number.from(), Tag.GOAL)
                        && !rule.equals("number-of-arrests"))
                || wouldBe(number.from(), sentence.first())) {
            return Role.GOAL;
        }
        boolean ofOthers = number.unit() == Unit.PART && rule.equals("arrested-number");
        if ((number.unit() == Unit.PART && !ofOthers) || rule.equals("number-of-the-arrests")) {
            return Role.SUBSET;
        }
        int first = number.from();
        boolean opensWithOf = document.is(sentence.first(), "of")
                || (document.is(sentence.first() + 1, "of")
                        && !document.token(sentence.first()).isWord());
        if (opensWithOf) {
            // "Of the 58 individuals arrested" restates the total; figures behind it are shares.
            boolean restated = first - sentence.first() <= 3;
            return restated ? Role.MAIN : Role.SUBSET;
        }
        for (int i = from; i < first; i++) {
            Lexicon.Hit subset = document.hit(i, Tag.SUBSET);
            boolean far =
                    document.is(i, "of") && (i + 3 >= first || (i > sentence.first() && !document.is(i - 1, ",")));
            if (subset != null && !far) {
                boolean someBefore =
                        before.stream().anyMatch(claim -> claim.sentence().equals(sentence));
                if (someBefore
                        || document.is(i, "among")
                        || document.is(i, "of")
                        || document.is(i, "including")
                        || document.is(i, "include")
                        || document.is(i, "included")) {
                    return Role.SUBSET;
                }
            }
        }
        if (document.any(Math.max(from, first - 3), first, Tag.ALSO)
                || document.is(number.end(), "others")
                || document.is(number.end(), "other")
                || document.is(number.nounEnd() - 1, "others")) {
            return Role.FURTHER;
        }
        for (int i = number.nounEnd(); i < Math.min(to, number.nounEnd() + 4); i++) {
            if (perTime(i)) {
                return Role.RATE;
            }
        }
        if (ELSEWHERE.within(document, sentence.first(), sentence.end())) {
            return Role.EARLIER;
        }
        boolean another = sentence.body()
                && document.sentenceIndex(sentence.first()) > OPENING
                && ANOTHER_EVENT.at(document, sentence.first());
        if (another || earlier(from, to) || coordinatedEarlier(number, to, sentence) || yearsBefore(sentence)) {
            return rate(from, to) ? Role.RATE : Role.EARLIER;
        }
        if (setUp
                && sentence.body()
                && !document.any(sentence.first(), sentence.end(), Tag.OPERATION)
                && document.sentenceIndex(sentence.first()) > 4) {
            return Role.EARLIER;
        }
        if (wider(number.end(), to) || wider(from, first)) {
            return Role.WIDER;
        }
        return Role.MAIN;
    }

    /** Whether words of a wider scope stand there, and not only as the name of what this is a part of. */
    private boolean wider(int from, int to) {
        int at = document.next(from, to, Tag.WIDER);
        if (at < 0) {
            return false;
        }
        for (int back = 1; back <= 3; back++) {
            if (document.is(at - back, "part") || document.is(at - back, "during") || document.is(at - back, "amid")) {
                return false;
            }
        }
        return true;
    }

    private boolean wouldBe(int from, int first) {
        for (int i = Math.max(first, from - 4); i < from; i++) {
            if (document.is(i, "would")
                    || document.is(i, "could")
                    || document.is(i, "will")
                    || document.is(i, "goal")
                    || document.is(i, "quota")) {
                return true;
            }
        }
        return false;
    }

    /** "1,000 aliens a week". */
    private boolean perTime(int end) {
        boolean each = document.is(end, "a")
                || document.is(end, "per")
                || document.is(end, "each")
                || document.is(end, "every");
        String unit = document.lower(end + 1);
        return each
                && (unit.equals("day") || unit.equals("week") || unit.equals("month") || unit.equals("year"))
                && !document.is(end + 2, "-");
    }

    private boolean rate(int from, int to) {
        for (int i = from; i < to; i++) {
            if (document.is(i, "average")
                    || document.is(i, "daily")
                    || ((document.is(i, "a") || document.is(i, "per"))
                            && (document.is(i + 1, "day") || document.is(i + 1, "week")))) {
                return true;
            }
        }
        return false;
    }
}
