package org.surgewire.ingest.extract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/** Reads the one day of a raid, an arrest, a removal or a planned action. */
final class SingleDays {
    private final Document document;
    private final PeriodText text;
    private final DayResolver days;
    private final boolean planned;

    SingleDays(Document document, PeriodText text, DayResolver days, Facts.Kind kind) {
        this.document = document;
        this.text = text;
        this.days = days;
        this.planned = kind == Facts.Kind.OPERATION_PLANNED;
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

    PeriodReader.@Nullable Candidate raidDay(Sentence sentence, DateMention date) {
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
                || text.dateline(sentence, date)
                || (date.from().day() == 0 && !date.from().relative())
                || text.anyLength()
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
        if (text.cue(date.first(), Tag.PERIOD_END) || remains(sentence, date)) {
            return null;
        }
        LocalDate day = days.resolve(date.from(), true);
        return day == null
                ? null
                : new PeriodReader.Candidate(
                        day,
                        day,
                        date.first(),
                        date.end(),
                        1.5 + text.context(sentence, date.first()),
                        "period-raid-day");
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
                || before.equals("last")
                || document.in(date.first() - 1, Tag.ARREST_VERB);
    }
}
