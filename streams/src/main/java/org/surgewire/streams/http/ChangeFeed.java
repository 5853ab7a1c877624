package org.surgewire.streams.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * The latest changes, for many readers at their own pace. It holds a bounded number; a reader that falls behind them is
 * told that it missed some. Positions are of one run of the process: those of another are unknown to it.
 */
final class ChangeFeed implements AutoCloseable {
    private final int capacity;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Deque<Change> latest = new ArrayDeque<>();
    private long last;
    private boolean closed;

    ChangeFeed(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Something that changed.
     *
     * @param type {@code alert} or {@code counts}
     * @param data JSON
     */
    record Change(long position, String type, String data) {}

    /**
     * What came after a position.
     *
     * @param missed whether there was more than is still held
     * @param changes none when nothing came in time
     */
    record News(boolean missed, long position, List<Change> changes) {}

    synchronized void add(String type, String data) {
        latest.addLast(new Change(++last, type, data));
        if (latest.size() > capacity) {
            latest.removeFirst();
        }
        notifyAll();
    }

    /** The position after the latest change. */
    synchronized long end() {
        return last;
    }

    /** The id that a client keeps of a position. */
    String id(long position) {
        return run + '-' + position;
    }

    /** The position of an id; -1 where it is none, or one of another run. */
    synchronized long position(String id) {
        try {
            long position = id.startsWith(run + '-') ? Long.parseLong(id.substring(run.length() + 1)) : -1;
            return position < 0 || position > last ? -1 : position;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Waits for what comes after a position; -1 has missed everything. */
    synchronized News after(long position, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (last == position && !closed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return new News(false, last, List.of());
            }
            wait(left);
        }
        if (position < last - latest.size()) {
            return new News(true, last, List.of());
        }
        List<Change> news = new ArrayList<>();
        for (Change each : latest) {
            if (each.position() > position) {
                news.add(each);
            }
        }
        return new News(false, last, news);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets every reader go. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
