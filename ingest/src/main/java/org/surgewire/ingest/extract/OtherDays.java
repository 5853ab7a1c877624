package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;

/** The dates of a text that lie before the release's own period: what happened on them was another event. */
final class OtherDays {
    /** A release without a period tells of events of at most so many days before it. */
    private static final int REACH = 60;

    private final Map<Sentence, List<DateMention>> bySentence = new HashMap<>();

    /**
     * @param period the release's own period; null when none was read
     * @param published the day of the release; null when unknown
     */
    OtherDays(
            Document document,
            List<DateMention> dates,
            PeriodReader reader,
            PeriodReader.@Nullable Candidate period,
            @Nullable LocalDate published) {
        LocalDate start = period == null ? null : period.start();
        LocalDate earliest = start != null ? start : published == null ? null : published.minusDays(REACH);
        if (earliest == null) {
            return;
        }
        for (DateMention date : dates) {
            LocalDate end = reader.end(date);
            if (date.from().month() > 0 && end != null && end.isBefore(earliest)) {
                bySentence
                        .computeIfAbsent(document.sentenceAt(date.first()), key -> new ArrayList<>())
                        .add(date);
            }
        }
    }

    /** The dates of other events in a sentence. */
    List<DateMention> in(Sentence sentence) {
        return bySentence.getOrDefault(sentence, List.of());
    }
}
