package org.surgewire.streams.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections on which no whole request has come in time, however many bytes of one trickle in: Jetty's own time-out
 * begins anew with every byte.
 */
final class SlowRequests implements Connection.Listener, AutoCloseable {
    private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();
    private final long mostNanos;
    private final ScheduledExecutorService sweeper;
    private final ScheduledFuture<?> sweeps;

    SlowRequests(Duration most) {
        mostNanos = most.toNanos();
        sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "surgewire-http-slow-requests");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, most.toMillis() / 10);
        sweeps = sweeper.scheduleWithFixedDelay(this::sweep, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        waitingSince.put(connection, System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        waitingSince.remove(connection);
    }

    /** The head of a request is complete. */
    void asked(Connection connection) {
        waitingSince.remove(connection);
    }

    /** An answer is complete, and the next request may come. */
    void answered(Connection connection) {
        waitingSince.put(connection, System.nanoTime());
        if (!connection.getEndPoint().isOpen()) {
            waitingSince.remove(connection);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        waitingSince.forEach((connection, since) -> {
            if (now - since > mostNanos && waitingSince.remove(connection, since)) {
                connection.getEndPoint().close();
            }
        });
    }

    @Override
    public void close() {
        sweeps.cancel(false);
        sweeper.shutdownNow();
    }
}
