package org.surgewire.streams.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what each client asks for, and says when it is too much: a bucket of tokens that fills evenly, and a number of
 * requests at once. A bounded number of clients is known; those that were seen last. Thread-safe.
 */
final class Clients {
    private static final int MOST_KNOWN = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final int mostAtOnce;
    private final LongSupplier nanos;
    private final Map<String, Client> known = new LinkedHashMap<>(64, 0.75f, true);

    private static final class Client {
        private double tokens;
        private long filledAt;
        private int atOnce;

        Client(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /**
     * Why a client has to wait.
     *
     * @param seconds how long at least
     */
    record Wait(String why, int seconds) {}

    /**
     * @param perSecond requests a second in the long run
     * @param burst requests that may come at once after a quiet time
     * @param mostAtOnce requests being answered at the same time
     * @param nanos a clock that only goes forward
     */
    Clients(int perSecond, int burst, int mostAtOnce, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.mostAtOnce = mostAtOnce;
        this.nanos = nanos;
    }

    /** Lets a request in, which must then {@link #leave}; or says why and how long the client has to wait. */
    synchronized @Nullable Wait enter(String client) {
        long now = nanos.getAsLong();
        Client asking = known.computeIfAbsent(client, name -> new Client(burst, now));
        forgetTheOldest();
        asking.tokens = Math.min(burst, asking.tokens + (now - asking.filledAt) / NANOS * perSecond);
        asking.filledAt = now;
        if (asking.tokens < 1) {
            return new Wait("this client may ask " + (int) perSecond + " times a second", (int)
                    Math.max(1, Math.ceil((1 - asking.tokens) / perSecond)));
        }
        if (asking.atOnce >= mostAtOnce) {
            return new Wait(mostAtOnce + " requests of this client are being answered already", 1);
        }
        asking.tokens--;
        asking.atOnce++;
        return null;
    }

    /** A request was answered, or broken off. */
    synchronized void leave(String client) {
        Client asking = known.get(client);
        if (asking != null) {
            asking.atOnce--;
        }
    }

    /** One that is being answered counts as seen now: fewer are than are known. */
    private void forgetTheOldest() {
        while (known.size() > MOST_KNOWN) {
            Map.Entry<String, Client> oldest = known.entrySet().iterator().next();
            if (oldest.getValue().atOnce == 0) {
                known.remove(oldest.getKey());
            } else {
                known.get(oldest.getKey());
            }
        }
    }

    synchronized int known() {
        return known.size();
    }
}
