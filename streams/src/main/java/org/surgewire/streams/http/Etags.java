package org.surgewire.streams.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tags an answer with a hash of its content and the time since when it is the same, so that who has it already is sent
 * nothing. The time is that at which this process gave the answer first; after a start, or when it was not asked for long,
 * that is later than the change itself, which costs a client one answer that it had.
 */
final class Etags {
    private static final int BYTES = 12;
    private static final int MOST_REMEMBERED = 4096;

    private final InstantSource clock;
    private final Map<String, Given> given = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Given(String tag, Instant since) {}

    Etags(InstantSource clock) {
        this.clock = clock;
    }

    /** Runs after an endpoint; answers 304 where the client has this very answer. */
    void tag(Context context) {
        InputStream answer = context.statusCode() == 200 && context.method().equals(HandlerType.GET)
                ? context.resultInputStream()
                : null;
        if (answer == null || !answer.markSupported()) {
            return;
        }
        // Weak, since the same answer may travel compressed or not.
        String tag = "W/\"" + hash(answer) + '"';
        Instant since = since(context.path() + '?' + context.queryString(), tag);
        context.header("ETag", tag);
        if (!since.isAfter(clock.instant())) {
            context.header("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(since.atZone(ZoneOffset.UTC)));
        }
        String known = context.header("If-None-Match");
        if (known == null ? !since.isAfter(modifiedSince(context)) : known.contains(tag)) {
            context.status(304).result("");
        }
    }

    private synchronized Instant since(String target, String tag) {
        Given before = given.get(target);
        if (before != null && before.tag().equals(tag)) {
            return before.since();
        }
        // A date of HTTP has whole seconds: a second change within one is dated to the next, and told from then on.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant since = before == null || before.since().isBefore(now)
                ? now
                : before.since().plusSeconds(1);
        given.put(target, new Given(tag, since));
        return since;
    }

    /** What the client says it has; what is no date counts as nothing. */
    private static Instant modifiedSince(Context context) {
        String date = context.header("If-Modified-Since");
        try {
            return date == null
                    ? Instant.MIN
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    /** Reads an answer that is in memory, and leaves it as it was. */
    private static String hash(InputStream answer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            answer.mark(Integer.MAX_VALUE);
            answer.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            answer.reset();
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory can be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
