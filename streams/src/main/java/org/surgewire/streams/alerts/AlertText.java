package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** The words of an alert. */
final class AlertText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final double ALMOST_NONE = 0.05;
    private static final double MOST_WEEKS = 10_000;
    private static final int MOST_NAMES = 4;

    private AlertText() {}

    /** "Mecklenburg County, NC"; a state or the country by its name alone. */
    static String name(Jurisdiction jurisdiction) {
        boolean local =
                jurisdiction.level().equals("county") || jurisdiction.level().equals("place");
        return local ? jurisdiction.name() + ", " + jurisdiction.state() : jurisdiction.name();
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** Severity in the words of OASIS CAP 1.2, by announced arrests. */
    static String severity(long arrests) {
        if (arrests >= 500) {
            return "EXTREME";
        } else if (arrests >= 100) {
            return "SEVERE";
        } else if (arrests >= 25) {
            return "MODERATE";
        }
        return "MINOR";
    }

    /** One sentence: how many, where, when, what was expected, and how often chance alone does that. */
    static String surge(
            String name, long observed, LocalDate first, LocalDate last, double expected, double recurrenceWeeks) {
        return String.format(
                Locale.ROOT,
                "%,d announced arrests in %s %s; %s expected, and chance alone brings such a day there %s.",
                observed,
                name,
                when(first, last),
                expected(expected),
                often(recurrenceWeeks));
    }

    /** The same where weeks are judged, and which parts the surge most likely reached. */
    static String surgeOfWeek(
            String name,
            List<String> reached,
            long observed,
            LocalDate first,
            LocalDate last,
            double expected,
            double recurrenceWeeks) {
        List<String> named = reached.subList(0, Math.min(reached.size(), MOST_NAMES));
        int more = reached.size() - named.size();
        String where = named.isEmpty()
                ? ""
                : ", most likely of a surge in " + String.join(", ", named)
                        + (more > 0 ? " and " + more + " more" : "");
        return String.format(
                Locale.ROOT,
                "%,d announced arrests in %s %s%s; %s expected, and chance alone brings such a week there %s.",
                observed,
                name,
                when(first, last),
                where,
                expected(expected),
                often(recurrenceWeeks));
    }

    private static String when(LocalDate first, LocalDate last) {
        return last.equals(first) ? "on " + day(last) : "from " + day(first) + " to " + day(last);
    }

    private static String expected(double expected) {
        return expected < ALMOST_NONE ? "almost none were" : String.format(Locale.ROOT, "%,.1f were", expected);
    }

    /** One sentence on a lull. */
    static String lull(String name, long observed, LocalDate first, LocalDate last, double expected) {
        return String.format(
                Locale.ROOT,
                "%,d announced arrests in %s from %s to %s, where the year before leads to expect %,.0f: a lull in what"
                        + " is announced.",
                observed,
                name,
                day(first),
                day(last),
                expected);
    }

    private static String often(double weeks) {
        if (weeks >= MOST_WEEKS) {
            return String.format(Locale.ROOT, "less than once in %,.0f weeks", MOST_WEEKS);
        }
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(weeks)) - 1));
        return String.format(Locale.ROOT, "about once in %,.0f weeks", Math.round(weeks / unit) * unit);
    }
}
