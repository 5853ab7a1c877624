package org.surgewire.streams.alerts;

import java.time.LocalDate;

/** Days from first to last, both included. */
record DayRange(LocalDate from, LocalDate to) {
    boolean holds(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
