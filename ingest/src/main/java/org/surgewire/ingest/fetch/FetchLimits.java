package org.surgewire.ingest.fetch;

import java.time.Duration;

/**
 * Limits of a request.
 *
 * @param connect time for a connection
 * @param silence longest time without a byte
 * @param total time for the whole answer
 * @param mostBytes most bytes of a body, unpacked
 * @param attempts how often a request is sent when there is no answer or an error of the server
 * @param pause before the second attempt; doubled before each further one
 */
public record FetchLimits(
        Duration connect, Duration silence, Duration total, int mostBytes, int attempts, Duration pause) {
    /** For hosts on the Internet. */
    public static final FetchLimits USUAL = new FetchLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60), 16 << 20, 3, Duration.ofSeconds(4));
}
