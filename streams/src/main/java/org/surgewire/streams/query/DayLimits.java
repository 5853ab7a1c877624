package org.surgewire.streams.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How many days one answer may be about. */
final class DayLimits {
    private DayLimits() {}

    /**
     * Refuses days that make no sense together; where one is open, there is nothing to refuse yet.
     *
     * @throws IllegalArgumentException when {@code start} is after {@code end} or more than
     *     {@link JurisdictionQueries#MOST_DAYS} lie between
     */
    static void refuse(@Nullable LocalDate start, @Nullable LocalDate end) {
        if (start == null || end == null) {
            return;
        }
        if (start.isAfter(end)) {
            throw new IllegalArgumentException("from " + start + " is after to " + end);
        }
        if (end.toEpochDay() - start.toEpochDay() >= JurisdictionQueries.MOST_DAYS) {
            throw new IllegalArgumentException(
                    "from " + start + " to " + end + " are more than " + JurisdictionQueries.MOST_DAYS + " days");
        }
    }
}
