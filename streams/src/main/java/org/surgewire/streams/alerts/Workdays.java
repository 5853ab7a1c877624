package org.surgewire.streams.alerts;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;

/**
 * How much of an ordinary day's announcements a day is expected to have: agencies publish little on weekends and federal
 * holidays. A holiday counts on its own date; when that is a Saturday or Sunday, the day off beside it is an ordinary day.
 */
final class Workdays {
    /** What a quiet day has of an ordinary one. */
    static final double QUIET = 0.15;

    private static final LocalDate FROM = LocalDate.of(1990, Month.JANUARY, 1);
    private static final LocalDate TO = LocalDate.of(2100, Month.JANUARY, 1);
    private static final long FIRST = FROM.toEpochDay();

    /** A table, since a judgement asks for a year of days. */
    private static final double[] EXPOSURES =
            FROM.datesUntil(TO).mapToDouble(day -> isQuiet(day) ? QUIET : 1).toArray();

    private Workdays() {}

    /** 1 for an ordinary day; days before 1990 and after 2099 are all ordinary. */
    static double exposure(long epochDay) {
        long at = epochDay - FIRST;
        return at >= 0 && at < EXPOSURES.length ? EXPOSURES[(int) at] : 1;
    }

    private static boolean isQuiet(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY || isHoliday(day);
    }

    private static boolean isHoliday(LocalDate day) {
        return switch (day.getMonth()) {
            case JANUARY -> day.getDayOfMonth() == 1 || isNth(day, DayOfWeek.MONDAY, 3);
            case FEBRUARY -> isNth(day, DayOfWeek.MONDAY, 3);
            case MAY -> day.getDayOfWeek() == DayOfWeek.MONDAY && day.getDayOfMonth() > 24;
            case JUNE -> day.getDayOfMonth() == 19 && day.getYear() >= 2021;
            case JULY -> day.getDayOfMonth() == 4;
            case SEPTEMBER -> isNth(day, DayOfWeek.MONDAY, 1);
            case OCTOBER -> isNth(day, DayOfWeek.MONDAY, 2);
            case NOVEMBER -> day.getDayOfMonth() == 11 || isNth(day, DayOfWeek.THURSDAY, 4);
            case DECEMBER -> day.getDayOfMonth() == 25;
            default -> false;
        };
    }

    private static boolean isNth(LocalDate day, DayOfWeek weekday, int nth) {
        return day.getDayOfWeek() == weekday && (day.getDayOfMonth() + 6) / 7 == nth;
    }
}
