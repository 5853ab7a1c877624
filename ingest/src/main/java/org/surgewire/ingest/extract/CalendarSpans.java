package org.surgewire.ingest.extract;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Reads periods that the calendar names: "the first two weeks of June", "the second quarter of fiscal year 2024", "fiscal
 * year 2018", "over the weekend". A fiscal year begins on October 1 of the year before.
 */
final class CalendarSpans {
    private static final Phrases WEEKEND = Wording.of("weekend");
    private static final Phrases LAST_WEEKEND = Wording.of("last-weekend");
    private static final Phrases FIRST_PART = Wording.of("first-part");
    private static final Phrases LAST_PART = Wording.of("last-part");

    /** A period of the calendar is looked for in this many first sentences. */
    private static final int FIRST_SENTENCES = 6;

    /** The months of a part of the calendar: the first of them, counted from 0 at the begin of the year, and how many. */
    private record Part(int first, int months, int end) {}

    /** A year as written: its first day and the token behind it. */
    private record Year(LocalDate first, int end) {}

    private final Document document;
    private final PeriodText text;
    private final DayResolver days;
    private final boolean statistics;
    private final boolean planned;

    CalendarSpans(Document document, PeriodText text, DayResolver days, Facts.Kind kind) {
        this.document = document;
        this.text = text;
        this.days = days;
        this.statistics = kind == Facts.Kind.STATISTICS;
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
    }

    /** "in the first five days of March", "the first two weeks of June", "the second half of May". */
    PeriodReader.@Nullable Candidate partOfMonth(DateMention date) {
        if (date.from().day() > 0 || date.from().relative() || date.span() || !document.is(date.first() - 1, "of")) {
            return null;
        }
        int unit = date.first() - 2;
        LocalDate month = days.resolve(date.from(), false);
        if (month == null) {
            return null;
        }
        boolean half = document.is(unit, "half");
        int length = half ? 15 : length(unit);
        int before = text.startOfNumberBefore(unit) - 1;
        boolean first = FIRST_PART.endsAt(document, before);
        if (length == 0 || (!first && !LAST_PART.endsAt(document, before))) {
            return null;
        }
        LocalDate end = month.plusMonths(1).minusDays(1);
        LocalDate from = month;
        LocalDate to = end;
        if (half) {
            from = first ? month : month.plusDays(15);
            to = first ? month.plusDays(14) : end;
        } else if (first) {
            to = month.plusDays(length - 1L);
        } else {
            from = end.minusDays(length - 1L);
        }
        return new PeriodReader.Candidate(
                from, to, unit, date.end(), 5 + text.context(document.sentenceAt(unit), unit), "period-part-of-month");
    }

    /** Days that "two weeks", "week" or "ten days" stand for, read backwards from their unit; 0 for none. */
    private int length(int unit) {
        if (document.is(unit, "week")) {
            return 7;
        }
        long value = text.numberBefore(unit);
        long length = document.is(unit, "days") ? value : document.is(unit, "weeks") ? 7 * value : 0;
        return length <= 31 ? (int) length : 0;
    }

    /** A quarter, half or year of the calendar or of the government's fiscal year that the first sentences name. */
    PeriodReader.@Nullable Candidate partOfYear() {
        PeriodReader.Candidate best = null;
        for (int i = 0; i < document.size() && document.sentenceIndex(i) < FIRST_SENTENCES; i++) {
            Sentence sentence = document.sentenceAt(i);
            if (sentence.role() == Sentence.Role.FURNITURE || sentence.role() == Sentence.Role.ASIDE) {
                continue;
            }
            PeriodReader.Candidate found = part(i);
            if (found == null && statistics && document.sentenceIndex(i) < 4) {
                Year year = fiscalYear(i);
                found = year == null ? null : candidate(year.first(), 12, i, year.end(), 2, "period-fiscal-year");
            }
            if (found != null && (best == null || found.weight() > best.weight())) {
                best = found;
            }
        }
        return best;
    }

    private PeriodReader.@Nullable Candidate part(int i) {
        Part part = partAt(i);
        if (part == null || !(statistics || text.countsTotal(document.sentenceAt(i)))) {
            return null;
        }
        int at = document.is(part.end(), "of") || document.is(part.end(), "in") ? part.end() + 1 : part.end();
        at = document.is(at, "the") ? at + 1 : at;
        Year year = fiscalYear(at);
        if (year == null) {
            year = calendarYear(at);
        }
        if (year == null) {
            return null;
        }
        return candidate(year.first().plusMonths(part.first()), part.months(), i, year.end(), 3, "period-part-of-year");
    }

    private static PeriodReader.Candidate candidate(
            LocalDate first, int months, int from, int end, double weight, String rule) {
        return new PeriodReader.Candidate(first, first.plusMonths(months).minusDays(1), from, end, weight, rule);
    }

    /** "first quarter", "second half", "first six months". */
    private @Nullable Part partAt(int i) {
        Lexicon.Hit hit = document.hit(i, Tag.ORDINAL);
        int ordinal = hit == null ? 0 : Integer.parseInt(hit.value());
        if (ordinal >= 1 && ordinal <= 4 && document.is(i + 1, "quarter")) {
            return new Part(3 * (ordinal - 1), 3, i + 2);
        }
        if (ordinal >= 1 && ordinal <= 2 && document.is(i + 1, "half")) {
            return new Part(6 * (ordinal - 1), 6, i + 2);
        }
        if (ordinal == 1
                && document.is(i + 2, "months")
                && document.token(i + 1).number() > 0) {
            int months = (int) Math.min(12, document.token(i + 1).number());
            return new Part(0, months, i + 3);
        }
        return null;
    }

    private @Nullable Year fiscalYear(int i) {
        boolean fiscal = document.is(i, "fiscal");
        int at = fiscal && document.is(i + 1, "year") ? i + 2 : fiscal || document.is(i, "fy") ? i + 1 : -1;
        if (at < 0) {
            return null;
        }
        while (document.is(at, "(") || document.is(at, "fy") || document.is(at, ")")) {
            at++;
        }
        Year year = calendarYear(at);
        return year == null ? null : new Year(year.first().minusMonths(3), year.end());
    }

    private @Nullable Year calendarYear(int i) {
        int at = document.is(i, "calendar") && document.is(i + 1, "year") ? i + 2 : i;
        long value = at < document.size() && document.token(at).isNumber()
                ? document.token(at).number()
                : -1;
        return value >= 2000 && value <= 2050 ? new Year(LocalDate.of((int) value, 1, 1), at + 1) : null;
    }

    /** "arrested nine people over the weekend": the Saturday and Sunday before the release, or behind it for a plan. */
    PeriodReader.@Nullable Candidate weekend() {
        LocalDate published = days.published();
        if (published == null) {
            return null;
        }
        for (int i = 1; i < document.size() && document.sentenceIndex(i) < FIRST_SENTENCES; i++) {
            if (!WEEKEND.at(document, i) || !LAST_WEEKEND.endsAt(document, i - 1)) {
                continue;
            }
            Sentence sentence = document.sentenceAt(i);
            boolean told = text.tellsArrests(sentence) && !text.onlyShares(sentence);
            if (sentence.bullet() || !(planned || told) || text.anyLength()) {
                continue;
            }
            LocalDate sunday = planned
                    ? published.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY))
                    : published.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
            return new PeriodReader.Candidate(
                    sunday.minusDays(1), sunday, i, i + 1, 1 + text.context(sentence, i), "period-weekend");
        }
        return null;
    }
}
