package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Use;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Reads periods of whole months that an action filled or that arrests are counted in. */
final class CountedMonths {
    private static final Phrases HELD_IN = Wording.of("held-in");

    private final Document document;
    private final List<DateMention> dates;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final @Nullable Claim total;
    private final PeriodText text;
    private final DayResolver days;
    private final boolean ongoing;
    private final boolean statistics;
    private final boolean charges;

    CountedMonths(
            Document document,
            List<DateMention> dates,
            List<NumberMention> numbers,
            List<Claim> claims,
            @Nullable Claim total,
            PeriodText text,
            DayResolver days,
            Facts.Kind kind) {
        this.document = document;
        this.dates = dates;
        this.numbers = numbers;
        this.claims = claims;
        this.total = total;
        this.text = text;
        this.days = days;
        this.ongoing = kind == Facts.Kind.OPERATION_ONGOING;
        this.statistics = kind == Facts.Kind.STATISTICS;
        this.charges = kind == Facts.Kind.PROSECUTION || kind == Facts.Kind.OTHER;
    }

    /** "two-month operation … During January … In February": as many months counted in as the action was long. */
    PeriodReader.@Nullable Candidate months() {
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
            LocalDate month = days.resolve(date.from(), true);
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
        return new PeriodReader.Candidate(start, last, first.first(), first.end(), 3, "period-months");
    }

    /** The one month that a month-long action or a release of statistics is about. */
    PeriodReader.@Nullable Candidate countedMonth() {
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
                    || text.vague(date)
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
            boolean held = !statistics && HELD_IN.endsAt(document, date.first() - 1) && !ongoing;
            if (held
                    || (whole && (!charges || document.any(sentence.first(), sentence.end(), Tag.CHARGED)))
                    || ofTotal
                    || (statistics && ((counted && arrests) || dated))
                    || (monthLong && counted && arrests)) {
                return new PeriodReader.Candidate(
                        days.resolve(date.from(), false),
                        days.resolve(date.from(), true),
                        date.first(),
                        date.end(),
                        1,
                        "period-month");
            }
        }
        return null;
    }
}
