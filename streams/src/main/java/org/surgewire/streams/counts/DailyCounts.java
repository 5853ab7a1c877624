package org.surgewire.streams.counts;

import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads daily panes and adds them up. One row holds a jurisdiction's calendar year, so that a window of 365 days reads
 * two rows and a change writes one, whatever the length of the history.
 */
public final class DailyCounts {
    private final Function<String, @Nullable YearOfDays> years;
    private final Function<String, @Nullable SpanOfCounts> spans;

    /**
     * @param years rows of the store {@link CountNames#DAILY}
     * @param spans rows of the store {@link CountNames#SPANS}
     */
    public DailyCounts(Function<String, @Nullable YearOfDays> years, Function<String, @Nullable SpanOfCounts> spans) {
        this.years = years;
        this.spans = spans;
    }

    /** The key of a row of {@link CountNames#DAILY}. */
    public static String key(String jurisdictionId, int year) {
        return jurisdictionId + "|" + year;
    }

    /** The year of such a key. */
    public static int yearOf(String key) {
        return Integer.parseInt(key.substring(key.indexOf('|') + 1));
    }

    /** First and last day with an announcement; empty where nothing was announced. */
    public Optional<SpanOfCounts> span(String jurisdictionId) {
        return Optional.ofNullable(spans.apply(jurisdictionId));
    }

    /** Days with an announcement from {@code from} to {@code to}, both included, in order. */
    public List<DayCount> days(String jurisdictionId, LocalDate from, LocalDate to) {
        List<DayCount> days = new ArrayList<>();
        for (int year = from.getYear(); year <= to.getYear(); year++) {
            YearOfDays row = years.apply(key(jurisdictionId, year));
            if (row == null) {
                continue;
            }
            int first = year == from.getYear() ? from.getDayOfYear() : 1;
            int last = year == to.getYear() ? to.getDayOfYear() : Year.of(year).length();
            for (Pane pane : row.getDays()) {
                if (pane.getDay() >= first && pane.getDay() <= last) {
                    days.add(new DayCount(
                            LocalDate.ofYearDay(year, pane.getDay()),
                            pane.getAnnouncements(),
                            pane.getCases(),
                            pane.getArrestsLow(),
                            pane.getArrests(),
                            pane.getArrestsHigh()));
                }
            }
        }
        return days;
    }

    /** Every day with an announcement, in order. */
    public List<DayCount> days(String jurisdictionId) {
        return span(jurisdictionId)
                .map(span -> days(jurisdictionId, span.getFirstDay(), span.getLastDay()))
                .orElse(List.of());
    }

    /** The sum of {@code length} days up to {@code lastDay}. */
    public DayCount window(String jurisdictionId, LocalDate lastDay, int length) {
        return sum(lastDay, days(jurisdictionId, lastDay.minusDays(length - 1L), lastDay));
    }

    /** The sum of some days, dated {@code day}. */
    public static DayCount sum(LocalDate day, Collection<DayCount> days) {
        DayCount sum = DayCount.none(day);
        for (DayCount each : days) {
            sum = sum.plus(each);
        }
        return sum;
    }

    /** Announced arrests of each day from {@code from} to {@code to}, both included, zero where nothing was announced. */
    public double[] series(String jurisdictionId, LocalDate from, LocalDate to) {
        double[] series = new double[(int) (to.toEpochDay() - from.toEpochDay() + 1)];
        for (DayCount day : days(jurisdictionId, from, to)) {
            series[(int) (day.day().toEpochDay() - from.toEpochDay())] = day.arrests();
        }
        return series;
    }
}
