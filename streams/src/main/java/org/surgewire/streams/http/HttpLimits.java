package org.surgewire.streams.http;

import java.time.Duration;

/**
 * What the HTTP server puts up with. A client is a key where keys are asked for, else an address, or the network of 64 bits
 * of an IPv6 address.
 *
 * @param perSecond requests a second that a client may send in the long run
 * @param burst requests that it may send at once after a quiet time
 * @param mostAtOnce requests of a client that are answered at the same time, its event streams among them
 * @param connections open at the same time; more wait to be accepted
 * @param request time for a whole request, from the opening of a connection or the end of the answer before; a connection
 *     that nothing is asked on is closed then too
 * @param silence longest time that a client takes no byte of an answer
 * @param headerBytes most bytes of a request's first line and headers together
 */
public record HttpLimits(
        int perSecond,
        int burst,
        int mostAtOnce,
        int connections,
        Duration request,
        Duration silence,
        int headerBytes) {
    /** Requests a second that a client may send unless told otherwise. */
    public static final int USUAL_PER_SECOND = 200;

    private static final int SECONDS_OF_BURST = 10;

    /** With so many requests a second for each client, and what is usual of everything else. */
    public static HttpLimits perSecond(int perSecond) {
        return new HttpLimits(
                perSecond,
                perSecond * SECONDS_OF_BURST,
                64,
                1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                8 << 10);
    }
}
