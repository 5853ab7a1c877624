package org.surgewire.ingest.extract;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.extract.NumberMention.Use;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Finds the days of the action. Every phrasing that names days is a candidate with a weight: a span of dates weighs more
 * than an end with a length, that more than a start, and that more than a single day; words such as "operation" and
 * "arrested" in the sentence add to it, as does an early place in the text. The heaviest wins.
 */
final class PeriodReader {
    /** A date without year that would lie more days than this after the release is of the year before. */
    private static final int FUTURE = 20;

    private static final int FUTURE_PLANNED = 300;

    /** A candidate that weighs less is of something else than the action. */
    private static final double LEAST = -0.5;

    /** The candidate that won, or one of those that lost. */
    record Candidate(
            @Nullable LocalDate start, @Nullable LocalDate end, int first, int last, double weight, String rule) {}

    private final Document document;
    private final List<DateMention> dates;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final @Nullable Claim total;
    private final @Nullable LocalDate published;
    private final boolean planned;
    private final boolean ongoing;
    private final boolean singleDay;
    private final boolean statistics;
    private final boolean charges;
    private final int textYear;

    PeriodReader(
            Document document,
            List<DateMention> dates,
            List<NumberMention> numbers,
            List<Claim> claims,
            @Nullable Claim total,
            @Nullable LocalDate published,
            Facts.Kind kind) {
        this.claims = claims;
        this.total = total;
        this.document = document;
        this.dates = dates;
        this.numbers = numbers;
        this.published = published != null ? published : furnitureDate();
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
        this.ongoing = kind == Facts.Kind.OPERATION_ONGOING;
        this.singleDay = kind == Facts.Kind.SINGLE_ARREST || kind == Facts.Kind.REMOVAL;
        this.charges = kind == Facts.Kind.PROSECUTION || kind == Facts.Kind.OTHER;
        this.statistics = kind == Facts.Kind.STATISTICS;
        this.textYear = this.published == null ? onlyYear() : 0;
    }

    private @Nullable LocalDate furnitureDate() {
        for (DateMention date : dates) {
            Sentence sentence = document.sentenceAt(date.first());
            boolean top = sentence.role() == Sentence.Role.FURNITURE
                    || document.is(date.first() - 1, "date")
                    || (sentence.line() < 4 && date.first() - sentence.first() < 10 && document.is(date.end(), ")"));
            if (top && date.from().year() > 0 && date.from().day() > 0) {
                return day(date.from());
            }
        }
        return null;
    }

    /** The one year that the text names outside of dates in the past tense; 0 when there is none or several. */
    private int onlyYear() {
        for (int i = 0; i < document.size(); i++) {
            long value = document.token(i).number();
            if (document.token(i).isNumber()
                    && value >= 2000
                    && value <= 2050
                    && document.token(i).text().length() == 4
                    && (document.is(i - 1, "of")
                            && (document.in(i - 2, Tag.STATISTICS) || document.is(i - 2, "quarter")))) {
                return (int) value;
            }
        }
        return 0;
    }

    @Nullable
    Candidate read() {
        List<Candidate> candidates = new ArrayList<>();
        for (int d = 0; d < dates.size(); d++) {
            DateMention date = dates.get(d);
            Sentence sentence = document.sentenceAt(date.first());
            if (vague(date)
                    || sentence.role() == Sentence.Role.FURNITURE
                    || sentence.role() == Sentence.Role.ASIDE
                    || document.is(date.first() - 1, "date")) {
                continue;
            }
            DateMention next = d + 1 < dates.size()
                            && document.sentenceIndex(dates.get(d + 1).first()) == document.sentenceIndex(date.first())
                    ? dates.get(d + 1)
                    : null;
            boolean ahead = !planned || document.any(sentence.first(), sentence.end(), Tag.PLANNED);
            if (ahead) {
                add(candidates, spans(sentence, date, next));
                add(candidates, ends(sentence, date));
            }
            if (!planned) {
                add(candidates, starts(sentence, date));
            }
            if (singleDay || planned) {
                add(candidates, dayOf(sentence, date));
            } else if (!charges && !statistics) {
                add(candidates, raidDay(sentence, date));
            }
        }
        if (statistics) {
            add(candidates, fiscalYear());
        }
        add(candidates, countedMonth());
        add(candidates, firstDays());
        add(candidates, months());
        Candidate best = null;
        for (Candidate candidate : candidates) {
            if (candidate.weight() > LEAST && (best == null || candidate.weight() > best.weight())) {
                best = candidate;
            }
        }
        return planned ? lasting(best) : best;
    }

    /** "late September", "mid-November": a month that is not meant as a whole. */
    private boolean vague(DateMention date) {
        int before = document.is(date.first() - 1, "-") ? date.first() - 2 : date.first() - 1;
        return date.from().month() > 0
                && date.from().day() == 0
                && (document.is(before, "late") || document.is(before, "early") || document.is(before, "mid"));
    }

    /** The first day that a date stands for; null when its year is unknown. */
    @Nullable
    LocalDate start(DateMention date) {
        return resolve(date.from(), false);
    }

    /** The first day of the presidential term that the release falls into; null without a publication date. */
    @Nullable
    LocalDate termStart() {
        LocalDate day = published;
        if (day == null) {
            return null;
        }
        int year = day.getYear() - Math.floorMod(day.getYear() - 1, 4);
        LocalDate start = LocalDate.of(year, 1, 20);
        return day.isBefore(start) ? start.minusYears(4) : start;
    }

    private static void add(List<Candidate> candidates, @Nullable Candidate candidate) {
        if (candidate != null && (candidate.start() != null || candidate.end() != null)) {
            candidates.add(candidate);
        }
    }

    /** How much a sentence speaks of the action and not of something else. */
    private double context(Sentence sentence, int at) {
        double weight = -0.04 * document.sentenceIndex(sentence.first());
        if (document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN)) {
            weight += 1;
        }
        if (document.any(sentence.first(), sentence.end(), Tag.ACTION)) {
            weight += 0.5;
        }
        if (document.any(sentence.first(), sentence.end(), Tag.EARLIER)) {
            weight -= 1;
        }
        if (sentence.bullet()) {
            weight -= 2;
        }
        if (otherClaim(sentence)) {
            weight -= 9;
        }
        if (document.is(at - 1, "announced")
                || document.is(at - 2, "announced")
                || document.is(at - 2, "said")
                || document.is(at - 1, "said")) {
            weight -= 4;
        }
        return weight;
    }

    /** Whether the sentence counts arrests that are far from the release's total, and the total in no way. */
    private boolean otherClaim(Sentence sentence) {
        Claim whole = total;
        if (whole == null) {
            return false;
        }
        boolean other = false;
        for (Claim claim : claims) {
            if (claim.sentence().equals(sentence) && claim.role() != Claim.Role.SUBSET) {
                if (Math.abs(claim.value() - whole.value()) <= 0.35 * whole.value()) {
                    return false;
                }
                other |= claim.main() || claim.role() == Claim.Role.EARLIER;
            }
        }
        return other
                && document.sentenceIndex(sentence.first())
                        > document.sentenceIndex(whole.number().first());
    }

    private @Nullable Candidate spans(Sentence sentence, DateMention date, @Nullable DateMention next) {
        if (date.span()) {
            return span(
                    date.from(),
                    date.to(),
                    date.first(),
                    date.end(),
                    6 + context(sentence, date.first()),
                    "period-span");
        }
        if (next == null || vague(next)) {
            return null;
        }
        int gap = next.first() - date.end();
        if (gap < 1 || gap > 14) {
            return null;
        }
        String joint = document.lower(date.end());
        String before = document.lower(date.first() - 1);
        String before2 = document.lower(date.first() - 2);
        boolean near = gap <= 6;
        boolean toward = joint.equals("to")
                || joint.equals("through")
                || joint.equals("until")
                || joint.equals("–")
                || joint.equals("-")
                || joint.equals("into")
                || joint.equals("thru")
                || (joint.equals(",")
                        && (document.is(date.end() + 1, "through")
                                || document.is(date.end() + 1, "to")
                                || document.is(date.end() + 1, "into")))
                || (joint.equals("(") && near && reaches(date.end(), next.first()));
        boolean between = false;
        for (int back = 1; back <= 3; back++) {
            between |= document.is(date.first() - back, "between");
        }
        boolean months = joint.equals("and")
                && gap == 1
                && date.from().day() == 0
                && date.from().month() > 0
                && next.from().day() == 0
                && next.from().month() > 0
                && document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN);
        boolean and = months || (between && near && contains(date.end(), next.first(), "and"));
        boolean from = (before.equals("from") || before2.equals("from")) && near && reaches(date.end(), next.first());
        if ((toward && gap <= 5) || and || from) {
            return span(
                    date.from(),
                    next.to(),
                    date.first(),
                    next.end(),
                    (months ? 5 : 6) + context(sentence, date.first()),
                    "period-from-to");
        }
        // "began May 18 and concluded Saturday"
        if (cue(date.first(), Tag.PERIOD_START) && cue(next.first(), Tag.PERIOD_END)) {
            return span(
                    date.from(),
                    next.to(),
                    date.first(),
                    next.end(),
                    6 + context(sentence, date.first()),
                    "period-began-ended");
        }
        return null;
    }

    private boolean reaches(int from, int to) {
        return contains(from, to, "to") || contains(from, to, "through") || contains(from, to, "until");
    }

    private boolean contains(int from, int to, String word) {
        for (int i = from; i < to; i++) {
            if (document.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a phrase with this tag stands right before the date ("ended late on Sept. 25"). */
    private boolean cue(int first, Tag tag) {
        for (int back = 1; back <= 4; back++) {
            int i = first - back;
            if (i < 0) {
                return false;
            }
            if (document.in(i, tag)) {
                return true;
            }
            String word = document.lower(i);
            if (word.equals(",") || word.equals(".") || word.equals("and")) {
                if (!(word.equals(",") && back == 1)) {
                    return false;
                }
            }
        }
        return false;
    }

    private @Nullable Candidate ends(Sentence sentence, DateMention date) {
        boolean by = document.is(date.first() - 1, "by") && document.any(date.end(), sentence.end(), Tag.PERIOD_END);
        if (date.span() || !(cue(date.first(), Tag.PERIOD_END) || by)) {
            return null;
        }
        LocalDate end = resolve(date.to(), true);
        int days = length(sentence);
        if (end == null || days <= 0) {
            return null;
        }
        return new Candidate(
                end.minusDays(days - 1L),
                end,
                date.first(),
                date.end(),
                5 + context(sentence, date.first()),
                "period-length-ending");
    }

    /** The length of the action in days: stated in this sentence, else in the first sentence that states one; 0 for none. */
    private int length(Sentence sentence) {
        int other = 0;
        for (NumberMention number : numbers) {
            if (number.use() != Use.DURATION || number.value() <= 0 || number.value() > 400) {
                continue;
            }
            int unit = document.is(number.end(), "-") ? number.end() + 1 : number.end();
            String word = document.lower(unit);
            int factor = word.startsWith("day") ? 1 : word.startsWith("week") && !word.startsWith("weekend") ? 7 : 0;
            if (factor == 0
                    || document.is(unit + 1, "ago")
                    || document.has(number.from() - 1, Tag.EARLIER)
                    || document.is(number.from() - 1, "last")
                    || document.is(number.from() - 1, "within")) {
                continue;
            }
            int days = (int) number.value() * factor;
            if (number.first() >= sentence.first() && number.first() < sentence.end()) {
                return days;
            }
            Sentence where = document.sentenceAt(number.first());
            if (other == 0 && where.role() != Sentence.Role.ASIDE && document.is(number.end(), "-")) {
                other = days;
            }
        }
        return other;
    }

    private @Nullable Candidate starts(Sentence sentence, DateMention date) {
        boolean behind = ongoing
                && date.first() - sentence.first() <= 1
                && document.any(date.end(), date.end() + 8, Tag.PERIOD_START);
        boolean launch = ongoing && dateline(sentence, date) && launchedAt(date.end(), date.end() + 16);
        boolean month = date.from().day() == 0 && !date.from().relative();
        if (date.span()
                || !(cue(date.first(), Tag.PERIOD_START) || behind || launch)
                || (month && (!ongoing || vague(date) || date.from().year() == 0 || !began(date.first())))) {
            return null;
        }
        LocalDate start = resolve(date.from(), false);
        if (start == null) {
            return null;
        }
        int days = length(sentence);
        boolean about = document.any(sentence.first(), sentence.end(), Tag.ACTION) || ongoing;
        if (!about) {
            return null;
        }
        if (ongoing) {
            return new Candidate(
                    start, null, date.first(), date.end(), 4 + context(sentence, date.first()), "period-start");
        }
        if (days > 1 && document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN)) {
            return new Candidate(
                    start,
                    start.plusDays(days - 1L),
                    date.first(),
                    date.end(),
                    3.5 + context(sentence, date.first()),
                    "period-start-length");
        }
        return null;
    }

    /** Whether the words from one token on tell a launch, and not that something is under way already. */
    private boolean launchedAt(int from, int to) {
        for (int i = from; i < to; i++) {
            if (document.has(i, Tag.LAUNCHED) && !document.in(i, Tag.ONGOING)) {
                return true;
            }
        }
        return false;
    }

    /** Whether "began in", "started in" or "launched in" stands right before a date. */
    private boolean began(int first) {
        for (int back = 1; back <= 3; back++) {
            String word = document.lower(first - back);
            if (word.equals("began") || word.equals("started") || word.equals("launched")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Candidate dayOf(Sentence sentence, DateMention date) {
        if (!sentence.body() || (date.from().day() == 0 && !date.from().relative())) {
            return null;
        }
        LocalDate day = resolve(date.from(), true);
        double weight = 2 + context(sentence, date.first());
        boolean event = planned
                ? document.any(sentence.first(), sentence.end(), Tag.PLANNED)
                : document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                        || document.any(sentence.first(), sentence.end(), Tag.REMOVED)
                        || document.any(sentence.first(), sentence.end(), Tag.CUSTODY);
        if (!event
                && !planned
                && date.from().year() > 0
                && document.sentenceIndex(date.first()) < 5
                && !past(sentence)) {
            event = true;
            weight -= 1.5;
        }
        if (day == null || !event || dateline(sentence, date)) {
            return null;
        }
        return new Candidate(day, day, date.first(), date.end(), weight, "period-day");
    }

    /** Whether the sentence tells of an earlier conviction or removal. */
    private boolean past(Sentence sentence) {
        for (int i = sentence.first(); i < sentence.end(); i++) {
            String word = document.lower(i);
            if (word.equals("convicted")
                    || word.equals("deported")
                    || word.equals("sentenced")
                    || word.equals("removed")
                    || word.equals("warrant")
                    || word.equals("convictions")
                    || word.equals("pleaded")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Candidate raidDay(Sentence sentence, DateMention date) {
        int distance = Integer.MAX_VALUE;
        for (int i = sentence.first(); i < sentence.end(); i++) {
            boolean told = !(document.is(i - 1, "to") || document.is(i - 1, "will"))
                    && (document.has(i, Tag.ARREST_VERB) || document.has(i, Tag.CUSTODY));
            boolean today = date.from().weekday() == Part.TODAY;
            if (told
                    || (!today && document.has(i, Tag.ARREST_NOUN))
                    || (document.is(i, "searched") && document.any(i, sentence.end(), Tag.ARREST_NOUN))) {
                distance = Math.min(distance, Math.abs(i - date.first()));
            }
        }
        boolean carriedOut = date.from().relative() && document.is(date.first() - 1, "out");
        boolean early = document.sentenceIndex(sentence.first()) < (carriedOut ? 14 : 6) && !sentence.bullet();
        boolean announcing = date.from().weekday() == Part.TODAY && distance > 9;
        if (!early
                || announcing
                || distance > 20
                || !(document.is(date.first() - 1, "on")
                        || document.is(date.first(), "yesterday")
                        || (date.from().relative() && adverbial(date)))
                || date.span()
                || dateline(sentence, date)
                || (date.from().day() == 0 && !date.from().relative())
                || anyLength()
                || (!carriedOut
                        && document.any(sentence.first(), sentence.end(), Tag.YIELD)
                        && !document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB))) {
            return null;
        }
        for (int i = Math.max(sentence.first(), date.first() - 6); i < Math.min(sentence.end(), date.end() + 6); i++) {
            String word = document.lower(i);
            boolean before = i < date.first();
            if (word.startsWith("announc") || (before && (word.equals("said") || word.equals("confirmed")))) {
                return null;
            }
        }
        if (cue(date.first(), Tag.PERIOD_END) || remains(sentence, date)) {
            return null;
        }
        LocalDate day = resolve(date.from(), true);
        return day == null
                ? null
                : new Candidate(
                        day, day, date.first(), date.end(), 1.5 + context(sentence, date.first()), "period-raid-day");
    }

    /** "All 16 were still in custody on Wednesday". */
    private boolean remains(Sentence sentence, DateMention date) {
        for (int i = sentence.first(); i < date.first(); i++) {
            String word = document.lower(i);
            if (word.equals("still") || word.equals("remained") || word.equals("remain") || word.equals("remains")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a weekday stands without "on" as the time of what the sentence tells ("detained 159 people Tuesday morning"). */
    private boolean adverbial(DateMention date) {
        String before = document.lower(date.first() - 1);
        String after = document.lower(date.end());
        boolean today = date.from().weekday() == Part.TODAY;
        boolean timed = today
                || after.equals("morning")
                || after.equals("afternoon")
                || after.equals("evening")
                || after.equals("night");
        return timed
                || before.equals("out")
                || before.equals("dawn")
                || before.equals("early")
                || before.equals("late")
                || document.in(date.first() - 1, Tag.ARREST_VERB);
    }

    /** Whether an inquiry, and not the action at its end, is said to have been that long. */
    private boolean inquiry(int from) {
        for (int i = from; i < from + 4; i++) {
            if (document.is(i, "inquiry")
                    || document.is(i, "investigation")
                    || document.is(i, "probe")
                    || document.is(i, "look")
                    || document.is(i, "case")) {
                return true;
            }
        }
        return false;
    }

    private boolean anyLength() {
        for (NumberMention number : numbers) {
            if (number.use() == Use.DURATION && document.is(number.end(), "-") && !inquiry(number.end() + 2)) {
                return true;
            }
        }
        for (int i = 0; i < document.size(); i++) {
            String word = document.lower(i);
            if (word.equals("weeklong")
                    || word.equals("monthlong")
                    || ((word.equals("week") || word.equals("month") || word.equals("year"))
                            && document.is(i + 1, "-")
                            && document.is(i + 2, "long"))) {
                return true;
            }
        }
        return false;
    }

    private boolean dateline(Sentence sentence, DateMention date) {
        for (int i = date.end(); i < Math.min(sentence.end(), date.end() + 3); i++) {
            if (document.is(i, "–") || (document.is(i, "-") && document.token(i).spaced())) {
                return date.first() - sentence.first() < 12;
            }
        }
        return false;
    }

    /** "… will begin a sweep on July 14. The raids are to last until July 18": the end stands in a sentence of its own. */
    private @Nullable Candidate lasting(@Nullable Candidate start) {
        if (start == null || start.start() == null || !start.start().equals(start.end())) {
            return start;
        }
        for (DateMention date : dates) {
            Sentence sentence = document.sentenceAt(date.first());
            boolean until = document.is(date.first() - 1, "until") || document.is(date.first() - 1, "through");
            boolean lasts = false;
            for (int i = sentence.first(); i < date.first(); i++) {
                lasts |= document.is(i, "last")
                        || document.is(i, "lasts")
                        || document.is(i, "run")
                        || document.is(i, "go");
            }
            LocalDate end = until && lasts && date.first() > start.last() ? resolve(date.from(), true) : null;
            if (end != null && end.isAfter(start.start())) {
                return new Candidate(
                        start.start(), end, start.first(), start.last(), start.weight(), "period-start-lasting");
            }
        }
        return start;
    }

    /** "two-month operation … During January … In February": as many months counted in as the action was long. */
    private @Nullable Candidate months() {
        int length = 0;
        for (NumberMention number : numbers) {
            if (number.use() == Use.DURATION
                    && document.is(number.end(), "-")
                    && document.is(number.end() + 1, "month")) {
                length = (int) Math.min(24, number.value());
                break;
            }
        }
        DateMention first = null;
        LocalDate last = null;
        int found = 0;
        for (DateMention date : dates) {
            Sentence sentence = document.sentenceAt(date.first());
            boolean arrests = document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                    || document.in(sentence.first() - 2, Tag.PERSON);
            if (length < 2
                    || !sentence.body()
                    || date.from().day() > 0
                    || date.from().relative()
                    || !(arrests || first != null)) {
                continue;
            }
            LocalDate month = resolve(date.from(), true);
            if (month != null
                    && (last == null
                            || month.equals(last.plusDays(1).plusMonths(1).minusDays(1)))) {
                first = first == null ? date : first;
                last = month;
                found++;
            }
        }
        if (first == null || last == null || found != length) {
            return null;
        }
        LocalDate start = last.plusDays(1).minusMonths(found);
        return new Candidate(start, last, first.first(), first.end(), 3, "period-months");
    }

    /** "in the first five days of March". */
    private @Nullable Candidate firstDays() {
        for (DateMention date : dates) {
            boolean days = document.is(date.first() - 1, "of") && document.is(date.first() - 2, "days");
            if (!days || date.from().day() > 0 || date.from().relative()) {
                continue;
            }
            for (NumberMention number : numbers) {
                if (number.end() == date.first() - 2
                        && document.is(number.first() - 1, "first")
                        && number.value() <= 31) {
                    LocalDate month = resolve(date.from(), false);
                    return month == null
                            ? null
                            : new Candidate(
                                    month.withDayOfMonth(1),
                                    month.withDayOfMonth(1).plusDays(number.value() - 1),
                                    number.first(),
                                    date.end(),
                                    5,
                                    "period-first-days");
                }
            }
        }
        return null;
    }

    /** The one month that a month-long action or a release of statistics is about. */
    private @Nullable Candidate countedMonth() {
        boolean monthLong = false;
        for (int i = 0; i < document.size() && !monthLong; i++) {
            monthLong = document.is(i, "monthlong")
                    || (document.is(i, "month") && document.is(i + 1, "-"))
                    || (document.is(i, "month") && document.is(i + 1, "of"));
        }
        for (DateMention date : dates) {
            Sentence sentence = document.sentenceAt(date.first());
            if (date.from().day() > 0
                    || date.from().relative()
                    || date.span()
                    || vague(date)
                    || sentence.bullet()
                    || !(sentence.headline() || sentence.body())
                    || document.sentenceIndex(date.first()) > 5) {
                continue;
            }
            boolean whole = document.is(date.first() - 1, "throughout")
                    || (document.is(date.first() - 1, "of")
                            && (document.is(date.first() - 2, "whole")
                                    || document.is(date.first() - 2, "all")
                                    || document.is(date.first() - 2, "month")));
            boolean counted = document.is(date.first() - 1, "in")
                    || document.is(date.first() - 1, "during")
                    || document.is(date.first() - 1, "of");
            boolean dated = date.from().year() > 0 && sentence.headline();
            boolean arrests = document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                    || document.any(sentence.first(), sentence.end(), Tag.ACTION);
            Claim figure = total;
            boolean ofTotal = figure != null
                    && claims.stream()
                            .anyMatch(claim -> claim.sentence().equals(sentence) && claim.value() == figure.value())
                    && !ongoing
                    && (document.is(date.first() - 1, "in") || document.is(date.first() - 1, "during"));
            if ((whole && !charges)
                    || ofTotal
                    || (statistics && ((counted && arrests) || dated))
                    || (monthLong && counted && arrests)) {
                return new Candidate(
                        resolve(date.from(), false),
                        resolve(date.from(), true),
                        date.first(),
                        date.end(),
                        1,
                        "period-month");
            }
        }
        return null;
    }

    private @Nullable Candidate fiscalYear() {
        for (int i = 0; i < document.size() && document.sentenceIndex(i) < 4; i++) {
            boolean fiscal = document.is(i, "fiscal") && document.is(i + 1, "year");
            int at = fiscal ? i + 2 : document.is(i, "fy") ? i + 1 : -1;
            if (at < 0) {
                continue;
            }
            while (document.is(at, "(") || document.is(at, "fy") || document.is(at, ")")) {
                at++;
            }
            if (at < document.size()
                    && document.token(at).number() >= 2000
                    && document.token(at).number() <= 2050) {
                int year = (int) document.token(at).number();
                return new Candidate(
                        LocalDate.of(year - 1, 10, 1), LocalDate.of(year, 9, 30), i, at + 1, 2, "period-fiscal-year");
            }
        }
        return null;
    }

    private @Nullable Candidate span(Part from, Part to, int first, int last, double weight, String rule) {
        Part start = from;
        Part end = to;
        if (end.year() == 0 && start.year() > 0) {
            end = end.withYear(start.month() > end.month() ? start.year() + 1 : start.year());
        } else if (start.year() == 0 && end.year() > 0) {
            start = start.withYear(start.month() > end.month() ? end.year() - 1 : end.year());
        }
        LocalDate until = resolve(end, true);
        LocalDate since = until == null ? resolve(start, false) : resolveBefore(start, until);
        if (since == null || until == null) {
            return null;
        }
        if (to.relative()) {
            until = before(until, last - 1);
        }
        if (since.isAfter(until)) {
            return null;
        }
        return new Candidate(since, until, first, last, weight, rule);
    }

    private @Nullable LocalDate resolveBefore(Part part, LocalDate until) {
        if (part.year() > 0 || part.relative()) {
            return part.relative() ? relative(part, until) : edge(part, part.year(), false);
        }
        LocalDate same = edge(part, until.getYear(), false);
        return same != null && same.isAfter(until) ? edge(part, until.getYear() - 1, false) : same;
    }

    /** The day a date stands for; for months the last day when {@code end}; null when a part is missing. */
    private @Nullable LocalDate resolve(Part part, boolean end) {
        LocalDate reference = published;
        if (part.relative()) {
            return reference == null ? null : relative(part, reference);
        }
        if (part.month() == 0) {
            return null;
        }
        if (part.year() > 0) {
            return edge(part, part.year(), end);
        }
        if (reference == null) {
            return textYear > 0 ? edge(part, textYear, end) : null;
        }
        LocalDate same = edge(part, reference.getYear(), end);
        if (same == null) {
            return null;
        }
        int future = planned ? FUTURE_PLANNED : FUTURE;
        long ahead = ChronoUnit.DAYS.between(reference, same);
        if ((ahead > future && part.day() > 0) || (part.day() == 0 && part.month() > reference.getMonthValue())) {
            return edge(part, reference.getYear() - 1, end);
        }
        if (planned && ahead < -FUTURE_PLANNED) {
            return edge(part, reference.getYear() + 1, end);
        }
        return same;
    }

    /** Days that a weekday is set back because "last" stands before it on that very weekday. */
    private LocalDate before(LocalDate day, int first) {
        boolean last = document.is(first - 1, "last") && day.equals(published);
        return last ? day.minusDays(7) : day;
    }

    private LocalDate relative(Part part, LocalDate reference) {
        if (part.weekday() == Part.TODAY) {
            return reference;
        }
        if (part.weekday() == Part.YESTERDAY) {
            return reference.minusDays(1);
        }
        DayOfWeek day = DayOfWeek.of(part.weekday());
        return reference.with(planned ? TemporalAdjusters.nextOrSame(day) : TemporalAdjusters.previousOrSame(day));
    }

    private static @Nullable LocalDate edge(Part part, int year, boolean end) {
        try {
            if (part.day() > 0) {
                return LocalDate.of(year, part.month(), part.day());
            }
            YearMonth month = YearMonth.of(year, part.month());
            return end ? month.atEndOfMonth() : month.atDay(1);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalDate day(Part part) {
        return edge(part, part.year(), false);
    }
}
