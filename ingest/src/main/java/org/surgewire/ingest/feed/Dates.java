package org.surgewire.ingest.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds the date in what a source gives as one: ISO 8601, RFC 822 as it is really written (wrong weekday, "Sept", two
 * digits for the year, names of zones, no seconds), US dates in figures or words, seconds or milliseconds since 1970, a
 * {@code <time>} element. Without a zone it is the publisher's. A time of exactly midnight, as it is written, stands for
 * a day.
 */
final class Dates {
    private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{0,6})\\.?";
    private static final Pattern EPOCH = Pattern.compile("\\d{9,10}|\\d{12,13}");
    private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{1,2})-(\\d{1,2})(?!\\d)");
    private static final Pattern FIGURES =
            Pattern.compile("(?<!\\d)(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?!\\d)");
    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+" + MONTH + ",?[\\s-]+(\\d{4}|\\d{2})(?![\\d:])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MONTH_FIRST = Pattern.compile(
            "\\b" + MONTH + "\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)", Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_LAST = Pattern.compile(
            "\\b" + MONTH + "\\s+(\\d{1,2})\\s+\\d{1,2}:\\d{2}.*?\\b(\\d{4})\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d:])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?\\s*([ap]\\.?m\\b\\.?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFSET = Pattern.compile("^\\s*(?:GMT|UTC)?([+-])(\\d{1,2}):?(\\d{2})\\b");
    private static final Pattern ZONE_NAME = Pattern.compile("^\\s*\\(?([A-Z]{1,4})\\b");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, ZoneId> ZONES = Map.ofEntries(
            Map.entry("Z", ZoneOffset.UTC),
            Map.entry("UT", ZoneOffset.UTC),
            Map.entry("UTC", ZoneOffset.UTC),
            Map.entry("GMT", ZoneOffset.UTC),
            Map.entry("EST", ZoneOffset.ofHours(-5)),
            Map.entry("EDT", ZoneOffset.ofHours(-4)),
            Map.entry("CST", ZoneOffset.ofHours(-6)),
            Map.entry("CDT", ZoneOffset.ofHours(-5)),
            Map.entry("MST", ZoneOffset.ofHours(-7)),
            Map.entry("MDT", ZoneOffset.ofHours(-6)),
            Map.entry("PST", ZoneOffset.ofHours(-8)),
            Map.entry("PDT", ZoneOffset.ofHours(-7)),
            Map.entry("AKST", ZoneOffset.ofHours(-9)),
            Map.entry("AKDT", ZoneOffset.ofHours(-8)),
            Map.entry("HST", ZoneOffset.ofHours(-10)),
            Map.entry("ET", ZoneId.of("America/New_York")),
            Map.entry("CT", ZoneId.of("America/Chicago")),
            Map.entry("MT", ZoneId.of("America/Denver")),
            Map.entry("PT", ZoneId.of("America/Los_Angeles")));

    private Dates() {}

    /** The first date in it; null when there is none. */
    static @Nullable Dated find(String value, ZoneId zone) {
        String text = value.strip();
        if (text.startsWith("<")) {
            Element time = Jsoup.parseBodyFragment(text).selectFirst("time");
            return time == null ? null : in(time, zone);
        }
        if (EPOCH.matcher(text).matches()) {
            long number = Long.parseLong(text);
            Instant at = text.length() > 10 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            boolean midnight = LocalTime.ofInstant(at, zone).equals(LocalTime.MIDNIGHT);
            return midnight ? Dated.on(LocalDate.ofInstant(at, zone)) : Dated.at(at, zone);
        }
        try {
            return inText(text, zone);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The date of an element: its {@code datetime}, else one inside it, else the first in its text. */
    static @Nullable Dated in(Element element, ZoneId zone) {
        Element dated = element.hasAttr("datetime") ? element : element.selectFirst("[datetime]");
        Dated attribute = dated == null ? null : find(dated.attr("datetime"), zone);
        return attribute == null ? find(HtmlText.of(element).replace('\n', ' '), zone) : attribute;
    }

    private static @Nullable Dated inText(String text, ZoneId zone) {
        Matcher matcher = ISO.matcher(text);
        if (matcher.find()) {
            return timed(day(matcher.group(1), matcher.group(2), matcher.group(3)), text, matcher.end(), zone);
        }
        matcher = DAY_FIRST.matcher(text);
        if (matcher.find()) {
            return timed(day(matcher.group(3), month(matcher.group(2)), matcher.group(1)), text, matcher.end(), zone);
        }
        matcher = MONTH_FIRST.matcher(text);
        if (matcher.find()) {
            return timed(day(matcher.group(3), month(matcher.group(1)), matcher.group(2)), text, matcher.end(), zone);
        }
        matcher = YEAR_LAST.matcher(text);
        if (matcher.find()) {
            return timed(day(matcher.group(3), month(matcher.group(1)), matcher.group(2)), text, matcher.end(2), zone);
        }
        matcher = FIGURES.matcher(text);
        if (matcher.find()) {
            return timed(day(matcher.group(3), matcher.group(1), matcher.group(2)), text, matcher.end(), zone);
        }
        return null;
    }

    private static String month(String name) {
        return Integer.toString(MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) + 1);
    }

    private static LocalDate day(String year, String month, String day) {
        int y = Integer.parseInt(year);
        if (year.length() == 2) {
            y += y < 70 ? 2000 : 1900;
        }
        return LocalDate.of(y, Integer.parseInt(month), Integer.parseInt(day));
    }

    /** The time must follow the date closely: a later one in a running text is something else. */
    private static Dated timed(LocalDate day, String text, int from, ZoneId zone) {
        Matcher time = TIME.matcher(text).region(from, Math.min(text.length(), from + 40));
        if (!time.find() || time.start() - from > 6) {
            return Dated.on(day);
        }
        int hour = Integer.parseInt(time.group(1));
        String half = time.group(4);
        if (half != null) {
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
        }
        String seconds = time.group(3);
        LocalTime at;
        try {
            at = LocalTime.of(hour, Integer.parseInt(time.group(2)), seconds == null ? 0 : Integer.parseInt(seconds));
        } catch (DateTimeException e) {
            return Dated.on(day);
        }
        if (at.equals(LocalTime.MIDNIGHT)) {
            return Dated.on(day);
        }
        return Dated.at(
                LocalDateTime.of(day, at)
                        .atZone(zoneOf(text.substring(time.end()), zone))
                        .toInstant(),
                zone);
    }

    private static ZoneId zoneOf(String rest, ZoneId zone) {
        Matcher offset = OFFSET.matcher(rest);
        if (offset.find()) {
            int sign = offset.group(1).equals("-") ? -1 : 1;
            return ZoneOffset.ofHoursMinutes(
                    sign * Integer.parseInt(offset.group(2)), sign * Integer.parseInt(offset.group(3)));
        }
        Matcher name = ZONE_NAME.matcher(rest);
        return name.find() ? ZONES.getOrDefault(name.group(1), zone) : zone;
    }
}
