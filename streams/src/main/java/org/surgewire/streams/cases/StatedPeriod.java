package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.PeriodShare;

/** In which days the arrests happened that an announcement adds. */
final class StatedPeriod {
    /** A period of more days is no period of arrests but an era; what it adds counts on its publication day. */
    static final long LONGEST_DAYS = 3653;

    private static final Comparator<PeriodShare> IN_ORDER =
            Comparator.comparing(PeriodShare::getStart).thenComparing(PeriodShare::getEnd);

    private StatedPeriod() {}

    /**
     * First and last day, both given; null where the announcement states no first day, or one after its publication.
     * Nothing happened after it was announced, so the period ends on the publication day at the latest. What a running
     * total adds happened after the reading before it.
     *
     * @param lastReading last day of the running total's reading before; null for the first
     */
    static @Nullable Period of(Telling telling, @Nullable LocalDate lastReading) {
        LocalDate start = telling.start();
        LocalDate end = telling.end();
        if (start == null || end == null) {
            return null;
        }
        end = end.isAfter(telling.day()) ? telling.day() : end;
        if (telling.isCumulative() && lastReading != null && lastReading.isBefore(end)) {
            LocalDate next = lastReading.plusDays(1);
            start = next.isAfter(start) ? next : start;
        }
        return start.isAfter(end) || end.toEpochDay() - start.toEpochDay() >= LONGEST_DAYS
                ? null
                : new Period(start, end, null);
    }

    /** The shares with these persons added to the period's. */
    static List<PeriodShare> with(List<PeriodShare> shares, Period period, Persons added) {
        List<PeriodShare> more = new ArrayList<>();
        var share = new PeriodShare(period.getStart(), period.getEnd(), added.low(), added.best(), added.high());
        for (PeriodShare each : shares) {
            if (IN_ORDER.compare(each, share) == 0) {
                share = new PeriodShare(
                        each.getStart(),
                        each.getEnd(),
                        each.getArrestsLow() + share.getArrestsLow(),
                        each.getArrests() + share.getArrests(),
                        each.getArrestsHigh() + share.getArrestsHigh());
            } else {
                more.add(each);
            }
        }
        more.add(share);
        more.sort(IN_ORDER);
        return more;
    }
}
