package org.surgewire.streams.http;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.query.AsOf;
import org.surgewire.streams.query.Paging;

/** The query parameters of a request, checked. Each refusal says which parameter, what it was and what it may be. */
final class Parameters {
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);
    private static final int MOST_SHOWN = 60;
    private static final int LONGEST_QUERY = 200;
    private static final int LONGEST_LIST = 2000;

    private final Context context;

    /** @throws ProblemException when a parameter is not among the allowed ones or is given twice */
    Parameters(Context context, String... allowed) {
        this.context = context;
        Set<String> names = Set.of(allowed);
        context.queryParamMap().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw ProblemException.badRequest("unknown parameter " + shown(name) + "; understood here: "
                        + (allowed.length == 0 ? "none" : String.join(", ", allowed)));
            }
            if (values.size() > 1) {
                throw ProblemException.badRequest(name + " is given " + values.size() + " times; it may be given once");
            }
        });
    }

    /** The text as it is; null when it is not given or blank. */
    @Nullable
    String text(String name) {
        return text(name, LONGEST_QUERY);
    }

    private @Nullable String text(String name, int longest) {
        String value = context.queryParam(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > longest) {
            throw ProblemException.badRequest(name + " has " + value.length() + " characters; it may have " + longest);
        }
        return value;
    }

    /** A day from 1900 to 2199; null when it is not given. */
    @Nullable
    LocalDate day(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(
                    name + " is " + shown(value) + ", which is no date; write it as 2020-10-07");
        }
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw ProblemException.badRequest(
                    name + " is " + shown(value) + "; it must lie between " + EARLIEST + " and " + LATEST);
        }
        return day;
    }

    /** An instant with its offset; null when it is not given. */
    @Nullable
    Instant instant(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        // A plus sign that the client did not encode arrives as a space.
        Instant instant;
        try {
            instant = OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(
                    name + " is " + shown(value) + ", which is no instant; write it as 2020-10-07T18:30:00Z");
        }
        LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw ProblemException.badRequest(
                    name + " is " + shown(value) + "; it must lie between " + EARLIEST + " and " + LATEST);
        }
        return instant;
    }

    /** A day, which ends the windows, or an instant, whose knowledge is asked for. */
    AsOf asOf() {
        String value = text("asOf");
        if (value == null) {
            return AsOf.NOW;
        }
        return value.contains("T") ? new AsOf(null, instant("asOf")) : new AsOf(day("asOf"), null);
    }

    /** Texts separated by commas, each once; none when it is not given. */
    List<String> texts(String name) {
        String value = text(name, LONGEST_LIST);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
    }

    /** The page that {@code cursor} and {@code limit} ask for. */
    Paging paging(int otherwise, int most) {
        int limit = limit(otherwise, most);
        String cursor = text("cursor", LONGEST_LIST);
        try {
            return cursor == null ? Paging.first(limit) : Paging.after(cursor, limit);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    "cursor is " + shown(String.valueOf(cursor)) + ", which is none; take next of the page before");
        }
    }

    /** A whole number from 1 to {@code most}. */
    private int limit(int otherwise, int most) {
        String value = text("limit");
        if (value == null) {
            return otherwise;
        }
        int limit;
        try {
            limit = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            limit = 0;
        }
        if (limit < 1 || limit > most) {
            throw ProblemException.badRequest(
                    "limit is " + shown(value) + "; it must be a whole number from 1 to " + most);
        }
        return limit;
    }

    /** One of some values, by its label. */
    <T> T choice(String name, T otherwise, List<T> values, Function<T, String> label) {
        String wanted = text(name);
        if (wanted == null) {
            return otherwise;
        }
        return values.stream()
                .filter(value -> label.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest(name + " is " + shown(wanted) + "; it may be "
                        + values.stream().map(label).collect(Collectors.joining(", "))));
    }

    /** A given text as a message may show it: short, in quotes, without control characters. */
    static String shown(String given) {
        String clean = given.replaceAll("\\p{C}", "\uFFFD");
        return '"' + (clean.length() > MOST_SHOWN ? clean.substring(0, MOST_SHOWN) + "…" : clean) + '"';
    }
}
