package org.surgewire.ingest.extract;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Turns dates as written into days: a missing year comes from the publication date or from the one year that the text names,
 * a weekday is the last one before the publication date, or the next one where something is planned.
 */
final class DayResolver {
    /** A date without year that would lie more days than this after the release is of the year before. */
    private static final int FUTURE = 20;

    private static final int FUTURE_PLANNED = 300;

    private final Document document;
    private final List<DateMention> dates;
    private final @Nullable LocalDate published;
    private final boolean planned;
    private final int textYear;

    DayResolver(Document document, List<DateMention> dates, @Nullable LocalDate published, boolean planned) {
        this.document = document;
        this.dates = dates;
        this.planned = planned;
        this.published = published != null ? published : furnitureDate();
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

    /** The day a date stands for; for months the last day when {@code end}; null when a part is missing. */
    @Nullable
    LocalDate resolve(Part part, boolean end) {
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

    @Nullable
    LocalDate resolveBefore(Part part, LocalDate until) {
        if (part.year() > 0 || part.relative()) {
            return part.relative() ? relative(part, until) : edge(part, part.year(), false);
        }
        LocalDate same = edge(part, until.getYear(), false);
        return same != null && same.isAfter(until) ? edge(part, until.getYear() - 1, false) : same;
    }

    /** Days that a weekday is set back because "last" stands before it on that very weekday. */
    LocalDate before(LocalDate day, int first) {
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

    /** The day of the release as far as it is known. */
    @Nullable
    LocalDate published() {
        return published;
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

    private static @Nullable LocalDate day(Part part) {
        return edge(part, part.year(), false);
    }
}
