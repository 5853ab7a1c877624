package org.surgewire.ingest.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How one host is spared: one request at a time, a least time between two, a budget for any hour, and none at all for a
 * while after repeated failures or when the host asks for it. After that one request is let through: an answer opens the
 * gate, a failure closes it for twice as long, six hours at most. Times are spread by up to a half, so that readers do not
 * come back all at once. Thread-safe.
 */
final class HostGate {
    private static final int FAILURES_TO_CLOSE = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final RandomGenerator random;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Deque<Instant> lastHour = new ArrayDeque<>();
    private Instant lastRequest = Instant.MIN;
    private Instant closedUntil = Instant.MIN;
    private int failures;

    HostGate(RandomGenerator random) {
        this.random = random;
    }

    /** Held for the time of a request. */
    ReentrantLock oneAtATime() {
        return oneAtATime;
    }

    /** When the gate opens again; null when it is open. */
    synchronized @Nullable Instant closedUntil(Instant now) {
        return now.isBefore(closedUntil) ? closedUntil : null;
    }

    /** Books the next request and returns its time, now or later. */
    synchronized Instant book(Instant now, Duration delay, int budget) {
        Instant at = lastRequest.equals(Instant.MIN) ? now : later(now, lastRequest.plus(delay));
        while (!lastHour.isEmpty() && !lastHour.peekFirst().plus(HOUR).isAfter(at)) {
            lastHour.removeFirst();
        }
        while (lastHour.size() >= budget) {
            at = later(at, lastHour.removeFirst().plus(HOUR));
        }
        lastHour.addLast(at);
        lastRequest = at;
        return at;
    }

    /** The host answered, if only with a refusal. */
    synchronized void answered() {
        failures = 0;
    }

    /** The host asked to be left alone until then. */
    synchronized void askedToWait(Instant now, Instant until) {
        closedUntil = later(closedUntil, until.isAfter(now.plus(LONGEST_ASKED)) ? now.plus(LONGEST_ASKED) : until);
    }

    /** There was no answer, or an error of the server. */
    synchronized void failed(Instant now) {
        failures++;
        if (failures >= FAILURES_TO_CLOSE) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - FAILURES_TO_CLOSE, 9));
            closedUntil = later(closedUntil, now.plus(spread(shorter(pause, LONGEST_PAUSE), random)));
        }
    }

    /** From half of it to all of it. */
    static Duration spread(Duration pause, RandomGenerator random) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 2));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
