package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.DateMention.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/** Finds dates and spans of dates; it does not resolve missing years or weekdays. */
final class DateFinder {
    private static final int FIRST_YEAR = 1950;
    private static final int LAST_YEAR = 2060;

    private DateFinder() {}

    static List<DateMention> find(Document document) {
        List<DateMention> found = new ArrayList<>();
        int i = 0;
        while (i < document.size()) {
            DateMention date = at(document, i);
            if (date == null) {
                i++;
            } else {
                found.add(date);
                i = date.end();
            }
        }
        return found;
    }

    private static @Nullable DateMention at(Document document, int i) {
        Token token = document.token(i);
        if (token.kind() == Token.Kind.ORDINAL) {
            return daysOf(document, i);
        }
        if (token.isNumber()) {
            DateMention numeric = numeric(document, i);
            return numeric != null ? numeric : dayFirst(document, i);
        }
        Lexicon.Hit month = document.hit(i, Tag.MONTH);
        if (month != null && token.capital()) {
            return monthFirst(document, i, Integer.parseInt(month.value()));
        }
        Lexicon.Hit weekday = document.hit(i, Tag.WEEKDAY);
        if (weekday != null
                && (token.capital() || token.is("yesterday") || weekday.value().equals("0"))) {
            int value = Integer.parseInt(weekday.value());
            int behind = document.is(i + 1, ",") ? i + 2 : i + 1;
            if (value > 0 && document.has(behind, Tag.MONTH)) {
                DateMention date = at(document, behind);
                if (date != null && date.from().day() > 0) {
                    return new DateMention(i, date.end(), date.from(), date.to());
                }
            }
            int day = value == 0 ? Part.TODAY : value < 0 ? Part.YESTERDAY : value;
            Part part = new Part(0, 0, 0, day);
            return new DateMention(i, i + weekday.length(), part, part);
        }
        return null;
    }

    /** "the 21st of March", "the 18th and 21st of March". */
    private static @Nullable DateMention daysOf(Document document, int i) {
        int last = i;
        if (joint(document, i + 1) > 0) {
            int next = joint(document, i + 1);
            last = document.is(next, "the") ? next + 1 : next;
        }
        long day = day(document, i);
        long day2 = day(document, last);
        Lexicon.Hit month = document.hit(last + 2, Tag.MONTH);
        if (day < 1
                || day2 < day
                || month == null
                || !document.is(last + 1, "of")
                || !document.token(last + 2).capital()
                || (document.is(i + 1, "and") && !between(document, i) && day2 != day + 1)) {
            return null;
        }
        int value = Integer.parseInt(month.value());
        return withFinalYear(
                document, i, last + 3, new Part(0, value, (int) day, 0), new Part(0, value, (int) day2, 0));
    }

    private static @Nullable DateMention numeric(Document document, int i) {
        for (String mark : new String[] {"-", "/"}) {
            if (glued(document, i + 1, mark) && number(document, i + 2) > 0) {
                long a = number(document, i);
                long b = number(document, i + 2);
                long c = glued(document, i + 3, mark) ? number(document, i + 4) : -1;
                if (year(a) && b >= 1 && b <= 12 && c >= 1 && c <= 31) {
                    return single(i, i + 5, (int) a, (int) b, (int) c);
                }
                if (mark.equals("/") && a >= 1 && a <= 12 && b >= 1 && b <= 31 && year(c)) {
                    return single(i, i + 5, (int) c, (int) a, (int) b);
                }
                if (mark.equals("/") && year(a) && b >= 1 && b <= 12 && c < 0) {
                    return single(i, i + 3, (int) a, (int) b, 0);
                }
            }
        }
        return null;
    }

    private static DateMention single(int first, int end, int year, int month, int day) {
        Part part = new Part(year, month, day, 0);
        return new DateMention(first, end, part, part);
    }

    private static @Nullable DateMention dayFirst(Document document, int i) {
        long day = number(document, i);
        Lexicon.Hit month = document.hit(i + 1, Tag.MONTH);
        if (day < 1 || day > 31 || month == null || !document.token(i + 1).capital()) {
            return null;
        }
        if (document.token(i).text().length() > 2) {
            return null;
        }
        int end = i + 2;
        int year = 0;
        if (year(number(document, end))) {
            year = (int) number(document, end);
            end++;
        } else if (number(document, end) > 0) {
            return null;
        }
        return single(i, end, year, Integer.parseInt(month.value()), (int) day);
    }

    private static @Nullable DateMention monthFirst(Document document, int i, int month) {
        int at = i + 1;
        long day = day(document, at);
        if (day < 0) {
            return monthOnly(document, i, month);
        }
        at++;
        Part from = new Part(0, month, (int) day, 0);
        int afterYear = yearAt(document, at);
        if (afterYear > 0) {
            from = from.withYear((int) number(document, afterYear - 1));
            at = afterYear;
        }
        int joined = joint(document, at);
        if (joined > 0) {
            Lexicon.Hit otherMonth = document.hit(joined, Tag.MONTH);
            if (otherMonth != null && day(document, joined + 1) > 0) {
                int month2 = Integer.parseInt(otherMonth.value());
                Part to = new Part(0, month2, (int) day(document, joined + 1), 0);
                return withFinalYear(document, i, joined + 2, from, to);
            }
            long day2 = day(document, joined);
            if (day2 > day
                    && (!document.is(joined - 1, "and") || between(document, i) || day2 == day + 1)
                    && number(document, joined) <= 31
                    && !document.has(joined + 1, Tag.PERSON)) {
                Part to = new Part(0, month, (int) day2, 0);
                return withFinalYear(document, i, joined + 1, from, to);
            }
        }
        return new DateMention(i, at, from, from);
    }

    private static boolean between(Document document, int i) {
        return document.is(i - 1, "between") || document.is(i - 2, "between");
    }

    private static DateMention withFinalYear(Document document, int first, int end, Part from, Part to) {
        int afterYear = yearAt(document, end);
        if (afterYear > 0) {
            to = to.withYear((int) number(document, afterYear - 1));
            end = afterYear;
        }
        if (to.year() == 0 && from.year() > 0) {
            to = to.withYear(from.month() > to.month() ? from.year() + 1 : from.year());
        } else if (from.year() == 0 && to.year() > 0) {
            from = from.withYear(from.month() > to.month() ? to.year() - 1 : to.year());
        }
        return new DateMention(first, end, from, to);
    }

    private static @Nullable DateMention monthOnly(Document document, int i, int month) {
        int at = i + 1;
        int year = 0;
        if (document.is(at, ",") && year(number(document, at + 1))) {
            at++;
        }
        if (document.is(at, "of") && year(number(document, at + 1))) {
            at++;
        }
        if (year(number(document, at))) {
            year = (int) number(document, at);
            at++;
        } else if (document.token(i).is("may") || document.token(i).is("march")) {
            // "May" and "March" alone are months only after a preposition.
            String before = document.lower(i - 1);
            if (!(before.equals("in")
                    || before.equals("during")
                    || before.equals("of")
                    || before.equals("since")
                    || before.equals("late")
                    || before.equals("early")
                    || before.equals("through")
                    || before.equals("from")
                    || before.equals("to")
                    || before.equals("and")
                    || before.equals("last"))) {
                return null;
            }
        }
        return single(i, at, year, month, 0);
    }

    /** Index behind a year that stands at {@code at} or behind a comma there; 0 when there is none. */
    private static int yearAt(Document document, int at) {
        if (year(number(document, at))) {
            return at + 1;
        }
        return document.is(at, ",") && year(number(document, at + 1)) ? at + 2 : 0;
    }

    /** Index behind a word or dash that joins two dates; 0 when there is none. */
    private static int joint(Document document, int at) {
        String word = document.lower(at);
        if (word.equals("-")
                || word.equals("–")
                || word.equals("to")
                || word.equals("through")
                || word.equals("until")
                || word.equals("thru")
                || word.equals("and")) {
            int next = at + 1;
            if (document.has(next, Tag.WEEKDAY) && document.is(next + 1, ",")) {
                next += 2;
            }
            return next;
        }
        if (document.has(at, Tag.WEEKDAY)) {
            return 0;
        }
        if (word.equals(",") && (document.is(at + 1, "through") || document.is(at + 1, "to"))) {
            return at + 2;
        }
        return 0;
    }

    private static long day(Document document, int i) {
        if (i >= document.size()) {
            return -1;
        }
        Token token = document.token(i);
        boolean day = (token.isNumber() && token.text().length() <= 2) || token.kind() == Token.Kind.ORDINAL;
        return day && token.number() >= 1 && token.number() <= 31 ? token.number() : -1;
    }

    private static boolean glued(Document document, int i, String mark) {
        return document.is(i, mark)
                && !document.token(i).spaced()
                && i + 1 < document.size()
                && !document.token(i + 1).spaced();
    }

    private static long number(Document document, int i) {
        return i < document.size() && document.token(i).isNumber()
                ? document.token(i).number()
                : -1;
    }

    private static boolean year(long value) {
        return value >= FIRST_YEAR && value <= LAST_YEAR;
    }
}
