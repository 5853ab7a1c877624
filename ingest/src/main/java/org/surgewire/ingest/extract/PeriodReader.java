package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;

/**
 * Finds the days of the action. Every phrasing that names days is a candidate with a weight: a span of dates weighs more
 * than an end with a length, that more than a start, and that more than a single day; words such as "operation" and
 * "arrested" in the sentence add to it, as does an early place in the text. The heaviest wins.
 */
final class PeriodReader {
    /** A candidate that weighs less is of something else than the action. */
    private static final double LEAST = -0.5;

    /** The candidate that won, or one of those that lost. */
    record Candidate(
            @Nullable LocalDate start, @Nullable LocalDate end, int first, int last, double weight, String rule) {}

    private final Document document;
    private final List<DateMention> dates;
    private final DayResolver days;
    private final PeriodText text;
    private final DateSpans spans;
    private final SingleDays singleDays;
    private final CountedMonths months;
    private final CalendarSpans calendar;
    private final boolean planned;
    private final boolean singleDay;
    private final boolean statistics;
    private final boolean charges;

    PeriodReader(
            Document document,
            List<DateMention> dates,
            List<NumberMention> numbers,
            List<Claim> claims,
            @Nullable Claim total,
            @Nullable LocalDate published,
            Facts.Kind kind) {
        this.document = document;
        this.dates = dates;
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
        this.singleDay = kind == Facts.Kind.SINGLE_ARREST || kind == Facts.Kind.REMOVAL;
        this.charges = kind == Facts.Kind.PROSECUTION || kind == Facts.Kind.OTHER;
        this.statistics = kind == Facts.Kind.STATISTICS;
        this.days = new DayResolver(document, dates, published, planned);
        this.text = new PeriodText(document, numbers, claims, total);
        this.spans = new DateSpans(document, text, days, kind);
        this.singleDays = new SingleDays(document, text, days, kind);
        this.calendar = new CalendarSpans(document, text, days, kind);
        this.months = new CountedMonths(document, dates, numbers, claims, total, text, days, kind);
    }

    @Nullable
    Candidate read() {
        List<Candidate> candidates = new ArrayList<>();
        for (int d = 0; d < dates.size(); d++) {
            DateMention date = dates.get(d);
            Sentence sentence = document.sentenceAt(date.first());
            if (text.vague(date)
                    || sentence.role() == Sentence.Role.FURNITURE
                    || sentence.role() == Sentence.Role.ASIDE
                    || document.is(date.first() - 1, "date")) {
                continue;
            }
            DateMention next = d + 1 < dates.size()
                            && document.sentenceIndex(dates.get(d + 1).first()) == document.sentenceIndex(date.first())
                    ? dates.get(d + 1)
                    : null;
            boolean ahead = !planned || text.tellsPlan(sentence);
            if (ahead) {
                add(candidates, spans.spans(sentence, date, next));
                add(candidates, spans.ends(sentence, date));
            }
            if (!planned) {
                add(candidates, spans.starts(sentence, date));
            }
            if (singleDay || planned) {
                add(candidates, singleDays.dayOf(sentence, date));
            } else if (!charges && !statistics) {
                add(candidates, singleDays.raidDay(sentence, date));
            }
        }
        for (DateMention date : dates) {
            add(candidates, calendar.partOfMonth(date));
        }
        add(candidates, spans.beganAndEnded(dates));
        add(candidates, calendar.partOfYear());
        add(candidates, calendar.weekend());
        add(candidates, months.countedMonth());
        add(candidates, months.months());
        Candidate best = null;
        for (Candidate candidate : candidates) {
            if (candidate.weight() > LEAST && (best == null || candidate.weight() > best.weight())) {
                best = candidate;
            }
        }
        if (best != null && severalDays(best, candidates)) {
            return null;
        }
        return planned ? lasting(best) : best;
    }

    /** Whether the text tells of raids on different days and counts the total on none of them: then no day is the period. */
    private static boolean severalDays(Candidate best, List<Candidate> candidates) {
        return best.rule().equals(SingleDays.RAID_DAY)
                && candidates.stream()
                        .anyMatch(other -> other.rule().equals(SingleDays.RAID_DAY)
                                && !Objects.equals(other.start(), best.start()));
    }

    private static void add(List<Candidate> candidates, @Nullable Candidate candidate) {
        if (candidate != null && (candidate.start() != null || candidate.end() != null)) {
            candidates.add(candidate);
        }
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
            LocalDate end = until && lasts && date.first() > start.last() ? days.resolve(date.from(), true) : null;
            if (end != null && end.isAfter(start.start())) {
                return new Candidate(
                        start.start(), end, start.first(), start.last(), start.weight(), "period-start-lasting");
            }
        }
        return start;
    }

    /** The first day that a date stands for; null when its year is unknown. */
    @Nullable
    LocalDate start(DateMention date) {
        return days.resolve(date.from(), false);
    }

    /** The last day that a date stands for; null when its year is unknown. */
    @Nullable
    LocalDate end(DateMention date) {
        return days.resolve(date.to(), true);
    }

    /** The first day of the presidential term that the release falls into; null without a publication date. */
    @Nullable
    LocalDate termStart() {
        return days.termStart();
    }
}
