package org.surgewire.ingest.release;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads releases from JSON Lines, plain or gzip, in UTF-8: one object a line with {@code source}, {@code publisher},
 * {@code url}, {@code published} and {@code text}, optionally {@code title} (else the first line of the text; a
 * first line that repeats it is left out),
 * {@code updated} and {@code withdrawn}. Further fields and empty lines are passed over. A withdrawn release needs no
 * text.
 *
 * <p>{@code published} is an ISO day ({@code 2020-09-28}), taken as the publisher's, or an ISO instant with an offset. A
 * line that is no such object is refused with its number and cause, and the next one is read. Lines over 16 MiB are
 * refused without being kept in memory.
 */
public final class JsonLines {
    private static final int MOST_LINE_BYTES = 16 << 20;
    private static final int MOST_RAW_CHARS = 64 << 10;
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ZoneId zone;
    private final InstantSource now;

    /**
     * @param zone time zone of the publishers
     * @param now tells which publication days lie in the future; such days are refused
     */
    public JsonLines(ZoneId zone, InstantSource now) {
        this.zone = zone;
        this.now = now;
    }

    /**
     * Reads a file to its end.
     *
     * @param file its name, for refusals
     * @throws IOException when it cannot be read on, for instance truncated gzip; the lines before were handed over
     */
    public void read(String file, InputStream in, Consumer<Release> releases, Consumer<Refusal> refusals)
            throws IOException {
        var lines = new Lines(unzipped(in));
        for (long number = 1; lines.next(); number++) {
            String line = number == 1 ? withoutByteOrderMark(lines.text()) : lines.text();
            if (lines.tooLong()) {
                refusals.accept(new Refusal(
                        file, number, "TOO_LARGE", "the line is longer than 16 MiB; split the text", cut(line)));
            } else if (!line.isBlank()) {
                try {
                    releases.accept(release(line));
                } catch (RefusedException e) {
                    refusals.accept(new Refusal(file, number, e.code, e.detail, cut(line)));
                }
            }
        }
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        return first == 0x1f && second == 0x8b
                ? new BufferedInputStream(new GZIPInputStream(buffered, 1 << 16), 1 << 16)
                : buffered;
    }

    private static String withoutByteOrderMark(String line) {
        return line.startsWith("\ufeff") ? line.substring(1) : line;
    }

    private static String cut(String line) {
        return line.length() > MOST_RAW_CHARS ? line.substring(0, MOST_RAW_CHARS) : line;
    }

    private Release release(String line) throws RefusedException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // What breaks a limit of the parser, of depth or length, has no place.
            JsonLocation at = e.getLocation();
            throw new RefusedException(
                    "NOT_JSON",
                    "not JSON" + (at == null ? "" : " at column " + at.getColumnNr()) + ": " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new RefusedException("NOT_JSON", "not a JSON object; write one object a line");
        }
        boolean withdrawn = withdrawn(node);
        String text = withdrawn ? optional(node, "text") : required(node, "text");
        String title = optional(node, "title");
        if (text != null) {
            int end = text.indexOf('\n');
            String firstLine = end < 0 ? text : text.substring(0, end);
            if (title == null || title.strip().equals(firstLine.strip())) {
                title = firstLine;
                text = end < 0 ? "" : text.substring(end + 1);
            }
        }
        String published = required(node, "published");
        String updated = optional(node, "updated");
        Instant at = instant("published", published);
        LocalDate day = at == null ? day("published", published) : LocalDate.ofInstant(at, zone);
        if (day.isBefore(EARLIEST)
                || day.isAfter(LocalDate.ofInstant(now.instant(), zone).plusDays(1))) {
            throw new RefusedException(
                    "BAD_DATE",
                    "field published: " + day + " lies before " + EARLIEST + " or in the future; correct the date");
        }
        return new Release(
                required(node, "source"),
                required(node, "publisher"),
                url(required(node, "url")),
                title == null ? "" : title.strip(),
                text == null ? "" : text,
                day,
                at,
                updated == null ? null : updated(updated),
                withdrawn);
    }

    private static boolean withdrawn(JsonNode node) throws RefusedException {
        JsonNode value = node.get("withdrawn");
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new RefusedException("BAD_FIELD", "field withdrawn: write true or false without quotes");
        }
        return value.booleanValue();
    }

    private static String required(JsonNode node, String field) throws RefusedException {
        String value = optional(node, field);
        if (value == null || value.isBlank()) {
            throw new RefusedException(
                    "MISSING_FIELD",
                    "field " + field + " is missing or empty; a line needs source, publisher, url, published and text");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode node, String field) throws RefusedException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedException("BAD_FIELD", "field " + field + ": write it as a JSON string");
        }
        return value.textValue();
    }

    private static String url(String url) throws RefusedException {
        try {
            return CanonicalUrl.of(url);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("BAD_URL", "field url: \"" + brief(url) + "\" " + e.getMessage());
        }
    }

    /** The instant, or null when it is written as a day. */
    private static @Nullable Instant instant(String field, String value) throws RefusedException {
        if (!value.contains("T")) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.strip()).toInstant();
        } catch (DateTimeException e) {
            throw badDate(field, value);
        }
    }

    private static LocalDate day(String field, String value) throws RefusedException {
        try {
            return LocalDate.parse(value.strip());
        } catch (DateTimeException e) {
            throw badDate(field, value);
        }
    }

    private Instant updated(String value) throws RefusedException {
        Instant at = instant("updated", value);
        return at == null ? day("updated", value).atStartOfDay(zone).toInstant() : at;
    }

    private static RefusedException badDate(String field, String value) {
        return new RefusedException(
                "BAD_DATE",
                "field " + field + ": \"" + brief(value)
                        + "\" is no date; write 2020-09-28 or 2020-09-28T14:30:00-04:00");
    }

    private static String brief(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        final String code;
        final String detail;

        RefusedException(String code, String detail) {
            super(detail);
            this.code = code;
            this.detail = detail;
        }
    }

    /** Lines of at most {@link #MOST_LINE_BYTES}; the rest of a longer one is passed over. */
    private static final class Lines {
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        private int next;
        private int end;
        private boolean tooLong;

        Lines(InputStream in) {
            this.in = in;
        }

        boolean next() throws IOException {
            line.reset();
            tooLong = false;
            if (next == end && !fill()) {
                return false;
            }
            do {
                int from = next;
                while (next < end && buffer[next] != '\n') {
                    next++;
                }
                int kept = Math.min(next - from, MOST_LINE_BYTES - line.size());
                tooLong |= kept < next - from;
                line.write(buffer, from, kept);
                if (next < end) {
                    next++;
                    return true;
                }
            } while (fill());
            return true;
        }

        private boolean fill() throws IOException {
            next = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        }

        boolean tooLong() {
            return tooLong;
        }

        String text() {
            String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
