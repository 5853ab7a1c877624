package org.surgewire.streams.alerts;

import java.time.LocalDate;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.surge.ReleaseSurge;

/** What the calendar leads to expect of a judged day and of the days before it, 0 where such a day is unknown. */
final class KnownDays {
    private final LocalDate judged;
    private final DaySet known;
    private final double[] byDaysAgo = new double[ReleaseSurge.MOST_DAYS + 1];

    KnownDays(LocalDate judged, DaySet known) {
        this.judged = judged;
        this.known = known;
        long today = judged.toEpochDay();
        byDaysAgo[0] = Workdays.exposure(today);
        for (DaySet.Span span : known.spans()) {
            long first = Math.max(span.first().toEpochDay(), today - ReleaseSurge.MOST_DAYS);
            long last = Math.min(span.last().toEpochDay(), today - 1);
            for (long day = first; day <= last; day++) {
                byDaysAgo[(int) (today - day)] = Workdays.exposure(day);
            }
        }
    }

    boolean isOf(LocalDate day, DaySet days) {
        return judged.equals(day) && known.equals(days);
    }

    double ago(int days) {
        return byDaysAgo[days];
    }
}
