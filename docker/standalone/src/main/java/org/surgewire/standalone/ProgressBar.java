package org.surgewire.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.surgewire.ingest.text.OneLine;

/**
 * Progress on standard error: a bar that is redrawn in place on a terminal, else a line every five seconds. The
 * launcher says whether it is a terminal, by the system property {@code surgewire.terminal}, since Java cannot tell for
 * standard error alone. May be used from several threads.
 */
public final class ProgressBar implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int CELLS = 24;
    /** Back to the first column, and clear the line. */
    private static final String CLEAR = "\r\u001b[K";

    private final String what;
    private final long total;
    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private long done;
    private boolean closed;

    ProgressBar(String what, long total, PrintStream err, boolean terminal, LongSupplier nanoTime) {
        this.what = what;
        this.total = total;
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
        if (terminal) {
            show();
        }
    }

    /**
     * Begins at zero items.
     *
     * @param what for example {@code "loading the sample"}
     * @param total number of items, 0 or less when it is not known: then there is no bar, percentage or time left
     */
    public static ProgressBar onStandardError(String what, long total) {
        return new ProgressBar(what, total, System.err, Boolean.getBoolean("surgewire.terminal"), System::nanoTime);
    }

    /** So many more items are done. */
    public synchronized void advance(long items) {
        done += items;
        if (!closed && nanoTime.getAsLong() - lastShown >= (terminal ? REDRAW : LINE).toNanos()) {
            show();
        }
    }

    /** Prints a line to another stream without tearing the bar. */
    public synchronized void print(PrintStream out, String line) {
        if (terminal && !closed) {
            err.print(CLEAR);
            err.flush();
        }
        out.println(OneLine.of(line));
        if (terminal && !closed) {
            show();
        }
    }

    /** Shows the last state for good. */
    @Override
    public synchronized void close() {
        if (!closed) {
            show();
            if (terminal) {
                err.println();
            }
            closed = true;
        }
    }

    private void show() {
        lastShown = nanoTime.getAsLong();
        if (terminal) {
            err.print(CLEAR + text());
            err.flush();
        } else {
            err.println(text());
        }
    }

    private String text() {
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        double rate = seconds > 0 ? done / seconds : 0;
        var text = new StringBuilder(what);
        if (total > 0) {
            double share = Math.min(1, (double) done / total);
            if (terminal) {
                int filled = (int) (share * CELLS);
                text.append(" [")
                        .append("#".repeat(filled))
                        .append(".".repeat(CELLS - filled))
                        .append(']');
            }
            text.append(format(" %3d%% %,d/%,d", (int) (share * 100), done, total));
        } else {
            text.append(format(" %,d", done));
        }
        text.append(format(" %,.0f/s", rate));
        if (total > done && rate > 0) {
            text.append(' ').append(clock((total - done) / rate)).append(" left");
        } else {
            text.append(' ').append(clock(seconds));
        }
        return text.toString();
    }

    /** Minutes and seconds, and hours where there are any. */
    private static String clock(double seconds) {
        long s = Math.round(seconds);
        return s < 3600 ? format("%d:%02d", s / 60, s % 60) : format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
