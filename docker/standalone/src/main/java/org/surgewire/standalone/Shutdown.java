package org.surgewire.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Ends a command in order: what was opened is closed in reverse, within a time limit, whether the command returns,
 * fails, is told to stop, or gets a signal (Ctrl-C, SIGTERM).
 *
 * <p>A signal works at any moment, also while the command is still starting, and ends the process with the command's own
 * exit code for it instead of Java's 130 or 143: a server that is told to stop has done its work. From then on the
 * command's thread is not heard any more: it fails on closed resources, which nobody needs to read.
 */
public final class Shutdown {
    /** What a command does between start and end. */
    public interface Body {
        /** The exit code. */
        int run(Shutdown shutdown) throws Exception;
    }

    private record Resource(String name, AutoCloseable closeable) {}

    private final int codeOnSignal;
    private final Duration limit;
    private final PrintStream err;
    private final IntConsumer halt;
    private final CompletableFuture<Integer> stop = new CompletableFuture<>();
    private final Object closing = new Object();
    private final Deque<Resource> resources = new ArrayDeque<>();
    private boolean closed;
    private boolean clean = true;

    Shutdown(int codeOnSignal, Duration limit, PrintStream err, IntConsumer halt) {
        this.codeOnSignal = codeOnSignal;
        this.limit = limit;
        this.err = err;
        this.halt = halt;
    }

    /**
     * Runs a command and closes what it opened. Returns its exit code, or 1 when something could not be closed in time.
     *
     * @param codeOnSignal what the process ends with after a signal
     * @param limit for closing all of it
     */
    public static int run(int codeOnSignal, Duration limit, Body body) throws Exception {
        var shutdown = new Shutdown(codeOnSignal, limit, System.err, Runtime.getRuntime()::halt);
        var hook = new Thread(shutdown::onSignal, "surgewire-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return shutdown.run(body);
        } finally {
            shutdown.leaveToSignal(hook);
        }
    }

    /** Has the resource closed when the command ends, before those that were given earlier. */
    public <T extends AutoCloseable> T closeLater(String name, T resource) {
        synchronized (resources) {
            if (!closed) {
                resources.push(new Resource(name, resource));
                return resource;
            }
        }
        close(new Resource(name, resource));
        throw new CancellationException("stopping");
    }

    /** Lets {@link #await} return; the first code given counts. May be called from any thread, and returns at once. */
    public void stop(int exitCode) {
        stop.complete(exitCode);
    }

    /** Waits for {@link #stop} and returns its code. */
    public int await() throws InterruptedException {
        try {
            return stop.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stop never fails", e);
        }
    }

    int run(Body body) throws Exception {
        int exitCode;
        try {
            exitCode = body.run(this);
        } catch (Exception | Error e) {
            closeAll();
            throw e;
        }
        return closeAll() ? exitCode : 1;
    }

    void onSignal() {
        stop(codeOnSignal);
        halt.accept(closeAll() ? codeOnSignal : 1);
    }

    /** Once the hook runs, it alone ends the process. */
    private void leaveToSignal(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            new CountDownLatch(1).await();
        }
    }

    /** Closes what is open, once; whoever comes second waits for the first. True when all of it was closed in time. */
    private boolean closeAll() {
        synchronized (closing) {
            List<Resource> open;
            synchronized (resources) {
                closed = true;
                open = new ArrayList<>(resources);
                resources.clear();
            }
            var finished = new CountDownLatch(1);
            var thread = new Thread(
                    () -> {
                        open.forEach(this::close);
                        finished.countDown();
                    },
                    "surgewire-close");
            thread.setDaemon(true);
            thread.start();
            try {
                if (!finished.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    clean = false;
                    err.println("surgewire: not everything could be closed in " + limit.toSeconds()
                            + " s; the next start repairs what was left");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                clean = false;
            }
            return clean;
        }
    }

    private void close(Resource resource) {
        try {
            resource.closeable().close();
        } catch (Exception e) {
            err.println("surgewire: " + resource.name() + " did not close: " + e);
        }
    }
}
