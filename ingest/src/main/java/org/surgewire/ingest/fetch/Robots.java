package org.surgewire.ingest.fetch;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What robots.txt of each host allows (RFC 9309): no such file allows everything; while it cannot be read nothing is.
 * Rules are kept for a day.
 */
final class Robots {
    private static final List<String> NAMES = List.of("surgewire");
    private static final Duration KEPT = Duration.ofDays(1);

    /** Reads a robots.txt. */
    interface Reader {
        Fetched read(String url) throws FetchException, InterruptedException;
    }

    private record Known(BaseRobotRules rules, Instant until) {}

    private final Map<String, Known> byOrigin = new ConcurrentHashMap<>();

    /**
     * The rules of an origin such as {@code https://www.example.org}.
     *
     * @throws FetchException why they cannot be read
     */
    BaseRobotRules of(String origin, Instant now, Reader reader) throws FetchException, InterruptedException {
        Known known = byOrigin.get(origin);
        if (known == null || now.isAfter(known.until())) {
            known = read(origin, now, reader);
            byOrigin.put(origin, known);
        }
        return known.rules();
    }

    private static Known read(String origin, Instant now, Reader reader) throws FetchException, InterruptedException {
        String url = origin + "/robots.txt";
        try {
            Fetched file = reader.read(url);
            String type = file.contentType() == null ? "text/plain" : file.contentType();
            return new Known(new SimpleRobotRulesParser().parseContent(url, file.body(), type, NAMES), now.plus(KEPT));
        } catch (FetchException e) {
            // A refusal of the file itself counts like its absence: RFC 9309, 2.3.1.3.
            if (e.code().startsWith("HTTP_4") && !e.code().equals("HTTP_429")) {
                return new Known(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL), now.plus(KEPT));
            }
            throw e;
        }
    }
}
