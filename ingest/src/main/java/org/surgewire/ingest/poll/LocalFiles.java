package org.surgewire.ingest.poll;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.feed.Body;
import org.surgewire.ingest.feed.Dated;
import org.surgewire.ingest.feed.FeedException;
import org.surgewire.ingest.feed.FeedReader;
import org.surgewire.ingest.feed.Item;
import org.surgewire.ingest.feed.Page;
import org.surgewire.ingest.feed.Problem;
import org.surgewire.ingest.feed.TextDecoder;
import org.surgewire.ingest.poll.Tally.Outcome;
import org.surgewire.ingest.release.CanonicalUrl;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.source.Source;

/**
 * Reads files of JSON Lines and saved feeds, in the order given. Read again after a break, or with lines added, they publish
 * only what they had not: the revisions before the one that was published last were published or overtaken.
 */
public final class LocalFiles {
    private static final Pattern LINES = Pattern.compile("[^.].*\\.(jsonl|ndjson)(\\.gz)?");
    private static final Pattern FEED = Pattern.compile("[^.].*\\.(xml|rss|atom)(\\.gz)?");
    /** What relative links of a saved feed lead to: nothing is known of where it came from. */
    private static final String NOWHERE = "file:///";

    private static final int MOST_RAW_CHARS = 16_000;

    private final JsonLines lines;
    private final FeedReader feeds;
    private final ZoneId zone;
    private final @Nullable Source source;

    /** @param zone time zone of the publishers */
    public LocalFiles(ZoneId zone, InstantSource now) {
        this(zone, now, null);
    }

    private LocalFiles(ZoneId zone, InstantSource now, @Nullable Source source) {
        this.lines = new JsonLines(zone, now);
        this.feeds = new FeedReader(now);
        this.zone = zone;
        this.source = source;
    }

    /** Reads a source that is a folder or a file; a file that cannot be read is the source's failure. */
    public static Tally read(Source source, InstantSource now, Outlet outlet, Consumer<String> notes) {
        var tally = new Tally(notes);
        try {
            new LocalFiles(source.zone(), now, source).read(files(source), outlet, tally, line -> {});
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
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return LINES.matcher(name).matches()
                                || FEED.matcher(name).matches();
                    })
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads files to their end and commits.
     *
     * @param progress told after each line or entry
     * @throws IOException when a file cannot be read on; what came before is published but not committed
     */
    public void read(List<Path> files, Outlet outlet, Tally tally, Consumer<Path> progress) throws IOException {
        Map<String, Long> before = outlet.isEmpty() ? Map.of() : publishedBefore(files, outlet);
        var number = new AtomicLong();
        for (Path file : files) {
            each(
                    file,
                    delivery -> {
                        tally.listed(delivery.release().publishedDay());
                        if (number.incrementAndGet() > before.getOrDefault(delivery.releaseId(), 0L)) {
                            publish(delivery, outlet, tally);
                        } else {
                            tally.asItWas();
                        }
                        progress.accept(file);
                    },
                    refusal -> {
                        outlet.park(refusal);
                        String where = refusal.line() == 0 ? "" : " line " + refusal.line();
                        tally.refused(refusal.cause(), file + where + ": " + refusal.detail());
                        progress.accept(file);
                    });
        }
        outlet.commit();
        tally.metKnown();
    }

    private void publish(Delivery delivery, Outlet outlet, Tally tally) {
        Release release = delivery.release();
        switch (outlet.publish(delivery)) {
            case NEW -> {
                Instant at = release.published(zone);
                tally.published(
                        release.title() + "  " + release.url(), release.publishedDay(), at, delivery.partial(), null);
            }
            case AS_BEFORE -> tally.asItWas();
            case TOO_LARGE -> tally.tooLarge(release.url());
        }
    }

    private Map<String, Long> publishedBefore(List<Path> files, Outlet outlet) throws IOException {
        Map<String, Long> before = new HashMap<>();
        var number = new AtomicLong();
        for (Path file : files) {
            each(
                    file,
                    delivery -> {
                        long at = number.incrementAndGet();
                        var latest = outlet.latest(delivery.releaseId());
                        if (latest != null
                                && latest.contentHash()
                                        .equals(delivery.release().contentHash())) {
                            before.put(delivery.releaseId(), at);
                        }
                    },
                    refusal -> {});
        }
        return before;
    }

    private void each(Path file, Consumer<Delivery> deliveries, Consumer<Refusal> refusals) throws IOException {
        if (source != null && FEED.matcher(file.getFileName().toString()).matches()) {
            feed(source, file, deliveries, refusals);
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            lines.read(file.toString(), in, release -> deliveries.accept(Delivery.of(release, zone)), refusals);
        }
    }

    private void feed(Source from, Path file, Consumer<Delivery> deliveries, Consumer<Refusal> refusals)
            throws IOException {
        Page page;
        String text = "";
        try {
            text = TextDecoder.decode(Files.readAllBytes(file), null);
            page = feeds.read(from, new Body(NOWHERE, text));
        } catch (FeedException e) {
            refusals.accept(refusal(file, e.code(), e.detail(), text));
            return;
        }
        for (Problem problem : page.problems()) {
            if (problem.entry() != null) {
                refusals.accept(refusal(file, problem.code(), problem.detail(), problem.entry()));
            }
        }
        List<Item> items = new ArrayList<>(page.items());
        if (PageOrder.of(items) == PageOrder.NEWEST_FIRST) {
            Collections.reverse(items);
        }
        for (Item item : items) {
            Dated published = item.published();
            if (published == null) {
                refusals.accept(refusal(
                        file,
                        "NO_DATE",
                        item.url() + " has no date that can be believed",
                        item.title() + "\n" + item.text()));
                continue;
            }
            try {
                var release = new Release(
                        from.id(),
                        from.publisher(),
                        CanonicalUrl.of(item.url()),
                        item.title(),
                        item.text(),
                        published.day(),
                        published.at(),
                        item.updated(),
                        Withdrawal.isStated(item.title(), item.text()));
                deliveries.accept(new Delivery(
                        release, release.releaseId(), item.guid(), item.partial(), null, null, from.zone()));
            } catch (IllegalArgumentException e) {
                refusals.accept(refusal(file, "BAD_URL", item.url() + " " + e.getMessage(), item.title()));
            }
        }
    }

    private static Refusal refusal(Path file, String code, String detail, String raw) {
        String cut = raw.length() > MOST_RAW_CHARS ? raw.substring(0, MOST_RAW_CHARS) : raw;
        return new Refusal(file.toString(), 0, code, detail, cut);
    }
}
