package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** The words of an alert. */
final class AlertText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private AlertText() {}

    /** "Mecklenburg County, NC"; a state or the country by its name alone. */
    static String name(Jurisdiction jurisdiction) {
        boolean local =
                jurisdiction.level().equals("county") || jurisdiction.level().equals("place");
        return local ? jurisdiction.name() + ", " + jurisdiction.state() : jurisdiction.name();
    }

    /** Severity in the words of OASIS CAP 1.2, by standard deviations above the baseline on the highest day. */
    static String severity(double score) {
        if (score >= 100) {
            return "EXTREME";
        } else if (score >= 30) {
            return "SEVERE";
        } else if (score >= 10) {
            return "MODERATE";
        }
        return "MINOR";
    }

    /** One sentence: how many, where, when, and what was expected. */
    static String reason(String name, long observed, List<Alarm> alarms) {
        Alarm first = alarms.get(0);
        LocalDate last = alarms.get(alarms.size() - 1).getDay();
        String when = last.equals(first.getDay())
                ? "on " + DAY.format(last)
                : "from " + DAY.format(first.getDay()) + " to " + DAY.format(last);
        return String.format(
                Locale.ROOT,
                "%,d announced arrests in %s %s; %.1f a day were expected, and more than %.1f is a surge.",
                observed,
                name,
                when,
                first.getExpected(),
                first.getBound());
    }
}
