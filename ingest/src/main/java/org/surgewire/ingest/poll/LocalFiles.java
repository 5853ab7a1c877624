package org.surgewire.ingest.poll;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.surgewire.ingest.poll.Tally.Outcome;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.source.Source;

/**
 * Reads JSON Lines files, in the order given. Read again after a break, or with lines added, they publish only what they
 * had not: the revisions before the one that was published last were published or overtaken.
 */
public final class LocalFiles {
    private final JsonLines lines;
    private final ZoneId zone;

    /** @param zone time zone of the publishers */
    public LocalFiles(ZoneId zone, InstantSource now) {
        this.lines = new JsonLines(zone, now);
        this.zone = zone;
    }

    /** Reads a source that is a folder or a file; a file that cannot be read is the source's failure. */
    public static Tally read(Source source, InstantSource now, Outlet outlet, Consumer<String> notes) {
        var tally = new Tally(notes);
        try {
            new LocalFiles(source.zone(), now).read(files(source), outlet, tally, line -> {});
        } catch (IOException e) {
            outlet.commit();
            tally.ended(Outcome.FAILED, "FILE", e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return tally;
    }

    private static List<Path> files(Source source) throws IOException {
        Path path = Path.of(source.address());
        if (source.kind() != Source.Kind.DIRECTORY) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.(jsonl|ndjson)(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads files to their end and commits.
     *
     * @param progress told after each line
     * @throws IOException when a file cannot be read on; what came before is published but not committed
     */
    public void read(List<Path> files, Outlet outlet, Tally tally, Consumer<Path> progress) throws IOException {
        Map<String, Long> before = outlet.isEmpty() ? Map.of() : publishedBefore(files, outlet);
        var number = new AtomicLong();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                lines.read(
                        file.toString(),
                        in,
                        release -> {
                            tally.listed(release.publishedDay());
                            if (number.incrementAndGet() > before.getOrDefault(release.releaseId(), 0L)) {
                                publish(release, outlet, tally);
                            } else {
                                tally.asItWas();
                            }
                            progress.accept(file);
                        },
                        refusal -> {
                            outlet.park(refusal);
                            tally.refused(refusal.cause(), file + " line " + refusal.line() + ": " + refusal.detail());
                            progress.accept(file);
                        });
            }
        }
        outlet.commit();
        tally.metKnown();
    }

    private void publish(Release release, Outlet outlet, Tally tally) {
        switch (outlet.publish(Delivery.of(release))) {
            case NEW -> {
                Instant at = release.published(zone);
                tally.published(release.title() + "  " + release.url(), release.publishedDay(), at, false, null);
            }
            case AS_BEFORE -> tally.asItWas();
            case TOO_LARGE -> tally.tooLarge(release.url());
        }
    }

    private Map<String, Long> publishedBefore(List<Path> files, Outlet outlet) throws IOException {
        Map<String, Long> before = new HashMap<>();
        var number = new AtomicLong();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                lines.read(
                        file.toString(),
                        in,
                        release -> {
                            long at = number.incrementAndGet();
                            var latest = outlet.latest(release.releaseId());
                            if (latest != null && latest.contentHash().equals(release.contentHash())) {
                                before.put(release.releaseId(), at);
                            }
                        },
                        refusal -> {});
            }
        }
        return before;
    }
}
