package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** The words of an alert. */
final class AlertText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final double ALMOST_NONE = 0.05;
    private static final double MOST_WEEKS = 10_000;

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
        String when = last.equals(first) ? "on " + day(last) : "from " + day(first) + " to " + day(last);
        return String.format(
                Locale.ROOT,
                "%,d announced arrests in %s %s; %s expected, and chance alone brings such a day there %s.",
                observed,
                name,
                when,
                expected < ALMOST_NONE ? "almost none were" : String.format(Locale.ROOT, "%,.1f were", expected),
                often(recurrenceWeeks));
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
