package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Reads spans of days: "from … to …", an end with a length, a begin that is still open or has a length. */
final class DateSpans {
    private static final Phrases REACHING = Wording.of("reaching");
    private static final Phrases RECURRING = Wording.of("recurring");
    private static final Phrases REPORTING = Wording.of("reporting");
    private static final Phrases BEGAN = Wording.of("began");

    /** Tokens from a verb of the end to its date. */
    private static final int END_REACH = 16;

    /** Tokens from "since" to the date that ends its clause. */
    private static final int SINCE_REACH = 14;

    /** Begin and end are looked for in this many first sentences. */
    private static final int BOUND_SENTENCES = 8;

    private final Document document;
    private final PeriodText text;
    private final DayResolver days;
    private final boolean ongoing;

    DateSpans(Document document, PeriodText text, DayResolver days, Facts.Kind kind) {
        this.document = document;
        this.text = text;
        this.days = days;
        this.ongoing = kind == Facts.Kind.OPERATION_ONGOING;
    }

    PeriodReader.@Nullable Candidate spans(Sentence sentence, DateMention date, @Nullable DateMention next) {
        if (date.span()) {
            return span(
                    date.from(),
                    date.to(),
                    date.first(),
                    date.end(),
                    6 + text.context(sentence, date.first()),
                    "period-span");
        }
        if (next == null || text.vague(next)) {
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
        boolean recurring = date.from().relative() && RECURRING.within(document, sentence.first(), sentence.end());
        if (recurring) {
            return null;
        }
        boolean toward = REACHING.at(document, date.end())
                || (joint.equals("(") && near && text.reaches(date.end(), next.first()));
        boolean between = false;
        for (int back = 1; back <= 5; back++) {
            between |= document.is(date.first() - back, "between");
        }
        boolean months = joint.equals("and")
                && gap == 1
                && date.from().day() == 0
                && date.from().month() > 0
                && next.from().day() == 0
                && next.from().month() > 0
                && document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN);
        boolean and = months || (between && near && text.contains(date.end(), next.first(), "and"));
        boolean from =
                (before.equals("from") || before2.equals("from")) && near && text.reaches(date.end(), next.first());
        if ((toward && gap <= 5) || and || from) {
            return span(
                    date.from(),
                    next.to(),
                    date.first(),
                    next.end(),
                    (months ? 5 : 6) + text.context(sentence, date.first()),
                    "period-from-to");
        }
        // "worked on Interstate 80 Wednesday and Thursday"
        boolean dayAfterDay = joint.equals("and")
                && gap == 1
                && date.from().relative()
                && next.from().relative()
                && next.from().weekday() == date.from().weekday() + 1
                && (text.tellsArrests(sentence) || text.arrestsBeside(sentence));
        if (dayAfterDay) {
            return span(
                    date.from(),
                    next.to(),
                    date.first(),
                    next.end(),
                    4 + text.context(sentence, date.first()),
                    "period-two-days");
        }
        // "began May 18 and concluded Saturday"
        if (text.cue(date.first(), Tag.PERIOD_START) && text.cue(next.first(), Tag.PERIOD_END)) {
            return span(
                    date.from(),
                    next.to(),
                    date.first(),
                    next.end(),
                    6 + text.context(sentence, date.first()),
                    "period-began-ended");
        }
        return null;
    }

    private PeriodReader.@Nullable Candidate span(Part from, Part to, int first, int last, double weight, String rule) {
        Part start = from;
        Part end = to;
        if (end.year() == 0 && start.year() > 0) {
            end = end.withYear(start.month() > end.month() ? start.year() + 1 : start.year());
        } else if (start.year() == 0 && end.year() > 0) {
            start = start.withYear(start.month() > end.month() ? end.year() - 1 : end.year());
        }
        LocalDate until = days.resolve(end, true);
        LocalDate since = until == null ? days.resolve(start, false) : days.resolveBefore(start, until);
        if (since == null || until == null) {
            return null;
        }
        if (to.relative()) {
            until = days.before(until, last - 1);
        }
        if (since.isAfter(until)) {
            return null;
        }
        return new PeriodReader.Candidate(since, until, first, last, weight, rule);
    }

    PeriodReader.@Nullable Candidate ends(Sentence sentence, DateMention date) {
        boolean by = document.is(date.first() - 1, "by") && document.any(date.end(), sentence.end(), Tag.PERIOD_END);
        if (date.span() || !(text.cue(date.first(), Tag.PERIOD_END) || by || closedOn(sentence, date))) {
            return null;
        }
        LocalDate end = days.resolve(date.to(), true);
        int days = text.length(sentence);
        if (end == null || days <= 0) {
            return null;
        }
        return new PeriodReader.Candidate(
                end.minusDays(days - 1L),
                end,
                date.first(),
                date.end(),
                5 + text.context(sentence, date.first()),
                "period-length-ending");
    }

    /** "closed a two-week push against gangs on Friday": the verb of the end stands before what it ended. */
    private boolean closedOn(Sentence sentence, DateMention date) {
        int end = document.last(Math.max(sentence.first(), date.first() - END_REACH), date.first(), Tag.PERIOD_END);
        if (end < 0) {
            return false;
        }
        for (int i = end + 1; i < date.first(); i++) {
            if (document.is(i, ",")
                    || document.is(i, ";")
                    || document.in(i, Tag.ARREST_VERB)
                    || REPORTING.at(document, i)) {
                return false;
            }
        }
        return document.is(date.first() - 1, "on");
    }

    PeriodReader.@Nullable Candidate starts(Sentence sentence, DateMention date) {
        boolean behind = ongoing
                && date.first() - sentence.first() <= 1
                && document.any(date.end(), date.end() + 8, Tag.PERIOD_START);
        boolean launch = ongoing && text.dateline(sentence, date) && launchedAt(date.end(), date.end() + 16);
        boolean sinceBegan = ongoing && sinceBegan(sentence, date.first());
        boolean month = date.from().day() == 0 && !date.from().relative();
        if (date.span()
                || !(text.cue(date.first(), Tag.PERIOD_START) || behind || launch || sinceBegan)
                || (month && (!ongoing || text.vague(date) || date.from().year() == 0 || !began(date.first())))) {
            return null;
        }
        LocalDate start = days.resolve(date.from(), false);
        if (start == null) {
            return null;
        }
        int days = text.length(sentence);
        boolean about = document.any(sentence.first(), sentence.end(), Tag.ACTION) || ongoing;
        if (!about) {
            return null;
        }
        if (ongoing) {
            return new PeriodReader.Candidate(
                    start,
                    null,
                    date.first(),
                    date.end(),
                    (launch ? 3 : 4) + text.context(sentence, date.first()),
                    "period-start");
        }
        if (days > 1 && document.any(sentence.first(), sentence.end(), Tag.PERIOD_SPAN)) {
            return new PeriodReader.Candidate(
                    start,
                    start.plusDays(days - 1L),
                    date.first(),
                    date.end(),
                    3.5 + text.context(sentence, date.first()),
                    "period-start-length");
        }
        return null;
    }

    /** "came to an end on October 26. It had begun on October 1": begin and end in sentences of their own. */
    PeriodReader.@Nullable Candidate beganAndEnded(List<DateMention> dates) {
        DateMention began = bound(dates, Tag.PERIOD_START);
        DateMention ended = bound(dates, Tag.PERIOD_END);
        if (began == null || ended == null || ongoing) {
            return null;
        }
        return span(began.from(), ended.to(), began.first(), began.end(), 7, "period-began-ended");
    }

    /** The first single day of the first sentences before which words of this tag stand. */
    private @Nullable DateMention bound(List<DateMention> dates, Tag tag) {
        for (DateMention date : dates) {
            Sentence sentence = document.sentenceAt(date.first());
            boolean told = sentence.body()
                    && !document.any(sentence.first(), sentence.end(), Tag.EARLIER)
                    && (document.any(sentence.first(), sentence.end(), Tag.ACTION) || text.tellsArrests(sentence));
            if (told
                    && !date.span()
                    && (date.from().day() > 0 || date.from().relative())
                    && document.sentenceIndex(date.first()) < BOUND_SENTENCES
                    && (text.cue(date.first(), tag) || (tag == Tag.PERIOD_END && closedOn(sentence, date)))) {
                return date;
            }
        }
        return null;
    }

    /** "since it started Operation Lake Effect in Ohio on February 20". */
    private boolean sinceBegan(Sentence sentence, int first) {
        for (int i = Math.max(sentence.first(), first - SINCE_REACH); i < first; i++) {
            if (document.is(i, "since") && BEGAN.within(document, i, first)) {
                return document.is(first - 1, "on");
            }
        }
        return false;
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
            if (BEGAN.at(document, first - back)) {
                return true;
            }
        }
        return false;
    }
}
