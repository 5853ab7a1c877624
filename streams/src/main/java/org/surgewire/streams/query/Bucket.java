package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The lengths of time that a series adds its days up to. */
public enum Bucket {
    DAY,

    /** From Monday to Sunday. */
    WEEK,

    /** A calendar month. */
    MONTH;

    /** As answers and parameters write it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The last day of the bucket that a day lies in. */
    LocalDate last(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case MONTH -> day.with(TemporalAdjusters.lastDayOfMonth());
        };
    }
}
