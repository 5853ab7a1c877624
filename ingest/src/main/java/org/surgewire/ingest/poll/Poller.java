package org.surgewire.ingest.poll;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.surgewire.ingest.publish.Trouble;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.schemas.SourceHealth;

/**
 * Reads every source that is not off, each at its own pace, until it is closed. A source that refuses or fails is read
 * more and more rarely, once a day at least. While the broker or the registry is away nothing is read: what a reading
 * found is read again afterwards, so that nothing is held in memory and nothing lost.
 */
public final class Poller implements AutoCloseable {
    /** Beside the ids of sources. */
    private static final String CLUSTER = "";

    private static final int THREADS = 8;
    private static final Duration RARELY = Duration.ofDays(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final SourceReader reader;
    private final KafkaOutlet outlet;
    private final HealthBook book;
    private final InstantSource now;
    private final RandomGenerator random;
    private final Consumer<String> log;
    private final Consumer<String> fatal;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    /**
     * Reads nothing yet.
     *
     * @param log told of each reading, one line
     * @param fatal told why no source can be read any more, one line
     */
    public Poller(
            SourceReader reader,
            KafkaOutlet outlet,
            HealthBook book,
            InstantSource now,
            RandomGenerator random,
            Consumer<String> log,
            Consumer<String> fatal) {
        this.reader = reader;
        this.outlet = outlet;
        this.book = book;
        this.now = now;
        this.random = random;
        this.log = log;
        this.fatal = fatal;
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            var thread = new Thread(task, "surgewire-poll");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins, with each source at once. */
    public void start(List<Source> sources) {
        for (Source source : sources) {
            if (source.status() == Status.OFF) {
                log.accept(source.id() + ": off. " + source.reason());
            } else {
                schedule(source, Duration.ZERO);
            }
        }
    }

    private void schedule(Source source, Duration in) {
        var unused = threads.schedule(() -> read(source), in.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(Source source) {
        try {
            Tally tally = once(source, reader, outlet, book, now, note -> {});
            log.accept(source.id() + ": " + summary(tally));
            int failed = tally.outcome() == Tally.Outcome.OK ? 0 : failures.getOrDefault(source.id(), 0) + 1;
            failures.put(source.id(), failed);
            failures.remove(CLUSTER);
            schedule(source, pause(source.poll(), failed, RARELY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            Trouble trouble = Trouble.of(e);
            if (trouble == null || !trouble.passing()) {
                fatal.accept(trouble == null ? "internal error: " + e : trouble.message());
                return;
            }
            int failed = failures.merge(CLUSTER, 1, Integer::sum);
            Duration wait = pause(FIRST_WAIT, Math.min(failed, 10), LONGEST_WAIT);
            log.accept(source.id() + ": " + trouble.message() + "; tried again in " + wait.toSeconds() + " s");
            schedule(source, wait);
        }
    }

    /** Reads a source once and records how it is doing; fails where the outlet does. */
    public static Tally once(
            Source source,
            SourceReader reader,
            KafkaOutlet outlet,
            HealthBook book,
            InstantSource now,
            Consumer<String> notes)
            throws InterruptedException {
        var session = outlet.session();
        Tally tally = source.kind().isLocal(source.address())
                ? LocalFiles.read(source, now, session, notes)
                : reader.read(source, book.wasRead(source), session, notes);
        SourceHealth health = book.after(source, tally, now.instant());
        session.publish(health);
        book.put(health);
        return tally;
    }

    /** One line for a log. */
    public static String summary(Tally tally) {
        String counts = String.format(
                "%,d listed, %,d new, %,d as before, %,d refused",
                tally.listed(), tally.published(), tally.unchanged(), tally.refused());
        String what = tally.outcome() == Tally.Outcome.OK ? counts : tally.outcome() + " (" + counts + ")";
        return tally.detail() == null ? what : what + "; " + tally.detail();
    }

    /** Spread by a tenth, so that sources do not keep step. */
    private Duration pause(Duration usual, int failures, Duration longest) {
        Duration pause = usual.multipliedBy(1L << Math.min(failures, 10));
        Duration bounded = pause.compareTo(longest) > 0 && longest.compareTo(usual) > 0 ? longest : pause;
        return Duration.ofMillis((long) (bounded.toMillis() * (0.9 + 0.2 * random.nextDouble())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                log.accept("a reading does not end; what it published and did not commit is read again next time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
