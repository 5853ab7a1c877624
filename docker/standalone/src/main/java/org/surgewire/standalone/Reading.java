package org.surgewire.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;

/** Reads JSON Lines into a publisher and keeps count. */
final class Reading {
    /** Where lines come from; opened twice, once to count them. */
    interface Source {
        InputStream open() throws IOException;
    }

    private final JsonLines lines = new JsonLines(Stack.ZONE, InstantSource.system());
    private final Publisher publisher;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Reading(Publisher publisher) {
        this.publisher = publisher;
    }

    /** A file to read; fails with one line when there is none. */
    static Source file(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Failure("cannot read", file.toString(), "name a JSON Lines file, plain or gzip");
        }
        return () -> Files.newInputStream(file);
    }

    /** Number of lines, for the progress bar. */
    static long countLines(Source source) throws IOException {
        try (var in = new BufferedInputStream(source.open(), 1 << 16)) {
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            InputStream plain = gzip ? new GZIPInputStream(in, 1 << 16) : in;
            byte[] buffer = new byte[1 << 16];
            long count = 0;
            int last = '\n';
            for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        count++;
                    }
                }
                last = read > 0 ? buffer[read - 1] : last;
            }
            return last == '\n' ? count : count + 1;
        }
    }

    /**
     * Publishes every release of the source and parks every line that is none. What a reading of the same source that was
     * broken off has published is passed over.
     *
     * @param beforeEach called with each release before it is published, to pace it
     */
    void read(String name, Source source, ProgressBar progress, Consumer<Release> beforeEach) throws IOException {
        Map<String, Long> before = publisher.resumes() ? publishedBefore(name, source) : Map.of();
        var number = new AtomicLong();
        try (InputStream in = source.open()) {
            lines.read(
                    name,
                    in,
                    release -> {
                        if (number.incrementAndGet() > before.getOrDefault(release.releaseId(), 0L)) {
                            beforeEach.accept(release);
                            switch (publisher.publish(release)) {
                                case NEW -> published.incrementAndGet();
                                case TOO_LARGE -> refused.incrementAndGet();
                                case AS_BEFORE -> {}
                            }
                        }
                        progress.advance(1);
                    },
                    refusal -> {
                        publisher.park(refusal);
                        refused.incrementAndGet();
                        progress.advance(1);
                        if (refused.get() <= 5) {
                            progress.print(System.err, describe(refusal));
                        }
                    });
        }
        publisher.commit();
    }

    /**
     * For each release of the source that was published, the number of its revision in the source that was the last one.
     * The revisions before it were published or overtaken: published now, they would be newer than it.
     */
    private Map<String, Long> publishedBefore(String name, Source source) throws IOException {
        Map<String, Long> before = new HashMap<>();
        var number = new AtomicLong();
        try (InputStream in = source.open()) {
            lines.read(
                    name,
                    in,
                    release -> {
                        long at = number.incrementAndGet();
                        if (publisher.isLatest(release)) {
                            before.put(release.releaseId(), at);
                        }
                    },
                    refusal -> {});
        }
        return before;
    }

    private static String describe(Refusal refusal) {
        return "surgewire: " + refusal.file() + " line " + refusal.line() + ": " + refusal.detail();
    }

    /** Revisions that were new. */
    long published() {
        return published.get();
    }

    /** Lines that were no release. */
    long refused() {
        return refused.get();
    }
}
