package org.surgewire.ingest.extract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Reads the one day of a raid, an arrest, a removal or a planned action. */
final class SingleDays {
    /** The day of a raid in a sentence that counts the release's total. */
    static final String DAY_OF_TOTAL = "period-day-of-total";

    /** The day of a raid in a sentence that does not count the total. */
    static final String RAID_DAY = "period-raid-day";

    private static final Phrases REPORTING = Wording.of("reporting");
    private static final Phrases AT_WORK = Wording.of("officers-at-work");
    private static final Phrases NO_DAY_OF_ACTION = Wording.of("no-day-of-action");
    private static final Phrases TIME_OF = Wording.of("time-of");
    private static final Phrases REMAINING = Wording.of("remaining");
    private static final Phrases PROCEEDING = Wording.of("proceeding");

    /** How many tokens the verb of the action may stand from its day. */
    private static final int REACH = 24;

    private static final int TODAY_REACH = 9;
    private static final int CLAUSE = 12;

    private final Document document;
    private final PeriodText text;
    private final DayResolver days;
    private final boolean planned;
    private final boolean ongoing;

    SingleDays(Document document, PeriodText text, DayResolver days, Facts.Kind kind) {
        this.document = document;
        this.text = text;
        this.days = days;
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
        this.ongoing = kind == Facts.Kind.OPERATION_ONGOING;
    }

    PeriodReader.@Nullable Candidate dayOf(Sentence sentence, DateMention date) {
        if (!sentence.body() || (date.from().day() == 0 && !date.from().relative())) {
            return null;
        }
        LocalDate day = days.resolve(date.from(), true);
        double weight = 2 + text.context(sentence, date.first());
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
        if (day == null || !event || text.dateline(sentence, date)) {
            return null;
        }
        return new PeriodReader.Candidate(day, day, date.first(), date.end(), weight, "period-day");
    }

    /** Whether the sentence tells of an earlier conviction or removal. */
    private boolean past(Sentence sentence) {
        return PROCEEDING.within(document, sentence.first(), sentence.end());
    }

    /** The day of a raid or of a day of arrests: the day whose nearest verb tells what officers did, not who spoke. */
    PeriodReader.@Nullable Candidate raidDay(Sentence sentence, DateMention date) {
        boolean carriedOut = date.from().relative() && document.is(date.first() - 1, "out");
        boolean early = document.sentenceIndex(sentence.first()) < (carriedOut ? 14 : 6) && !sentence.bullet();
        if (!early
                || ongoing
                || date.span()
                || text.dateline(sentence, date)
                || (date.from().day() == 0 && !date.from().relative())
                || text.anyLength()
                || (NO_DAY_OF_ACTION.endsAt(document, date.first() - 1) && !TIME_OF.endsAt(document, date.first() - 1))
                || !ofAction(sentence, date)
                || text.cue(date.first(), Tag.PERIOD_END)
                || REMAINING.within(document, sentence.first(), date.first())) {
            return null;
        }
        LocalDate day = days.resolve(date.from(), true);
        if (day == null || text.onlyShares(sentence)) {
            return null;
        }
        boolean whole = text.countsTotal(sentence);
        return new PeriodReader.Candidate(
                day,
                day,
                date.first(),
                date.end(),
                (whole ? 2 : 1.5) + text.context(sentence, date.first()),
                whole ? DAY_OF_TOTAL : RAID_DAY);
    }

    /** Whether the verb nearest to a day tells what officers did and not that somebody spoke. */
    private boolean ofAction(Sentence sentence, DateMention date) {
        boolean today = date.from().weekday() == Part.TODAY;
        boolean arrests = text.tellsArrests(sentence) || text.arrestsBeside(sentence);
        int action = Integer.MAX_VALUE;
        int report = Integer.MAX_VALUE;
        boolean reported = false;
        for (int i = sentence.first(); i < sentence.end(); i++) {
            boolean meant = document.is(i - 1, "to") || document.is(i - 1, "will") || document.is(i - 1, "had");
            boolean told = !meant && (document.has(i, Tag.ARREST_VERB) || document.has(i, Tag.CUSTODY));
            boolean noun = !today && document.has(i, Tag.ARREST_NOUN);
            if (told || noun || (arrests && !meant && AT_WORK.at(document, i))) {
                action = Math.min(action, Math.abs(i - date.first()));
                reported &= i > date.first();
            }
            if (REPORTING.at(document, i)) {
                report = Math.min(report, distance(i, date));
                reported |= i < date.first();
            }
            reported &= !(i < date.first() && document.is(i, ","));
        }
        // "gave the results on Thursday: 1,840 arrests": whatever was told before the day without an action goes with
        // it.
        return !reported && action <= (today ? TODAY_REACH : REACH) && action < report;
    }

    /** Tokens between a word of telling and a date; a comma between them counts for several, since a clause ends there. */
    private int distance(int i, DateMention date) {
        int from = Math.min(i, date.end());
        int to = Math.max(i, date.first());
        int distance = to - from;
        for (int k = from; k < to; k++) {
            boolean afterOpening = date.first() - document.sentenceAt(i).first() <= 1;
            if (document.is(k, ",") && !afterOpening) {
                distance += CLAUSE;
            }
        }
        return distance;
    }
}
