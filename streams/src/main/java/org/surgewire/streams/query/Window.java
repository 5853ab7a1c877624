package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;

/** The windows that counts are given for. */
public enum Window {
    DAY("1d", 1),
    WEEK("7d", 7),
    FOUR_WEEKS("28d", 28),
    YEAR("365d", 365),
    ALL("all", 0);

    private final String label;
    private final int days;

    Window(String label, int days) {
        this.label = label;
        this.days = days;
    }

    /** As answers and parameters write it: {@code 1d}, {@code 7d}, {@code 28d}, {@code 365d}, {@code all}. */
    @JsonValue
    public String label() {
        return label;
    }

    /** First day of the window that ends on {@code asOf}; "all" begins on {@code first}, or on {@code asOf} before. */
    LocalDate from(LocalDate asOf, LocalDate first) {
        if (this != ALL) {
            return asOf.minusDays(days - 1L);
        }
        return first.isBefore(asOf) ? first : asOf;
    }
}
