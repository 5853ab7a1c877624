package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.PeriodShare;

/**
 * Spreads what a case adds to a jurisdiction over the days on which it happened: evenly over a stated period, in whole
 * persons, so that the days add up to the number again. What does not divide goes to the first days, one person each; so
 * no day has more at the low end than at the high end. Without a stated period the arrests fall on the publication day,
 * on which announcements and cases always count.
 */
public final class PeriodSpread {
    private final Map<LocalDate, DayCount> days = new TreeMap<>();

    /** Adds the day as often as {@code sign} says: 1, or -1 to take it back. */
    public void add(CaseDay of, int sign) {
        long low = of.getArrestsLow();
        long best = of.getArrests();
        long high = of.getArrestsHigh();
        for (PeriodShare share : of.getPeriods()) {
            spread(share, sign);
            low -= share.getArrestsLow();
            best -= share.getArrests();
            high -= share.getArrestsHigh();
        }
        add(new DayCount(
                of.getDay(),
                (long) sign * of.getAnnouncements(),
                (long) sign * of.getCases(),
                sign * low,
                sign * best,
                sign * high));
    }

    private void spread(PeriodShare share, int sign) {
        int length = (int) (share.getEnd().toEpochDay() - share.getStart().toEpochDay() + 1);
        for (int i = 0; i < length; i++) {
            add(new DayCount(
                    share.getStart().plusDays(i),
                    0,
                    0,
                    sign * part(share.getArrestsLow(), length, i),
                    sign * part(share.getArrests(), length, i),
                    sign * part(share.getArrestsHigh(), length, i)));
        }
    }

    /** What one day of so many gets of a number. */
    static long part(long number, int days, int day) {
        return number / days + (day < number % days ? 1 : 0);
    }

    private void add(DayCount change) {
        days.merge(change.day(), change, DayCount::plus);
    }

    /** The sum of everything added, day by day in order; days whose numbers are all zero are left out. */
    public List<DayCount> days() {
        return days.values().stream().filter(each -> !each.isNothing()).toList();
    }
}
