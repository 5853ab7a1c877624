package org.surgewire.ingest.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.source.Source;

/** Reads one answer of a source into entries, and takes from them what cannot be believed. Thread-safe. */
public final class FeedReader {
    private final InstantSource now;

    /** A reader for which this clock tells which dates lie in the future. */
    public FeedReader(InstantSource now) {
        this.now = now;
    }

    /**
     * Reads entries in the order of the source.
     *
     * @throws FeedException when it is no answer of this kind of source: then nothing of it is data
     */
    public Page read(Source source, Body body) throws FeedException {
        Instant at = now.instant();
        List<Problem> problems = new ArrayList<>();
        // The Department of Justice has had 91 releases on a day; its API gives 50 at most.
        var audit = new DateAudit(source.zone(), at, source.kind() == Source.Kind.DOJ_API, problems);
        switch (source.kind()) {
            case FEED, DIRECTORY -> {
                XmlFeed feed = XmlFeed.read(body, source.zone(), problems);
                List<Item> items =
                        feed.entries().stream().map(XmlFeed.Entry::item).toList();
                return page(audit.check(ownGuids(items, problems), feed.channel()), problems);
            }
            case GOVDELIVERY -> {
                XmlFeed feed = XmlFeed.read(body, source.zone(), problems);
                // Releases of one bulletin share its date: only bulletins are audited.
                List<Item> items = new ArrayList<>();
                List<Item> bulletins = audit.check(
                        feed.entries().stream().map(XmlFeed.Entry::item).toList(), feed.channel());
                for (int i = 0; i < bulletins.size(); i++) {
                    items.addAll(Bulletins.split(
                            new XmlFeed.Entry(
                                    bulletins.get(i), feed.entries().get(i).html()),
                            body));
                }
                return page(ownGuids(items, problems), problems);
            }
            case DOJ_API -> {
                Page page = DojApi.read(body, source.zone(), problems);
                List<Item> items = audit.check(ownGuids(page.items(), problems), null);
                return new Page(items, problems, page.next(), page.previous(), page.last(), page.entries());
            }
            case HTML_LIST -> {
                Page page = HtmlList.read(body, Objects.requireNonNull(source.list()), source.zone(), problems);
                return new Page(audit.check(page.items(), null), problems, page.next(), null, null, -1);
            }
            case JSON_LINES -> {
                return page(lines(source, body, problems), problems);
            }
        }
        throw new IllegalStateException("a kind of source that nobody reads: " + source.kind());
    }

    private static Page page(List<Item> items, List<Problem> problems) {
        return new Page(items, problems, null, null, null, -1);
    }

    /** A guid that entries with different links share identifies none of them. */
    private static List<Item> ownGuids(List<Item> items, List<Problem> problems) {
        Map<String, String> urlByGuid = new HashMap<>();
        List<String> shared = new ArrayList<>();
        for (Item item : items) {
            String guid = item.guid();
            if (guid != null) {
                String before = urlByGuid.putIfAbsent(guid, item.url());
                if (before != null && !before.equals(item.url()) && !shared.contains(guid)) {
                    shared.add(guid);
                }
            }
        }
        if (shared.isEmpty()) {
            return items;
        }
        problems.add(Problem.of("SHARED_GUID", "entries with different links share the guid " + shared.get(0)));
        return items.stream()
                .map(item -> item.guid() != null && shared.contains(item.guid()) ? item.withoutGuid() : item)
                .toList();
    }

    private List<Item> lines(Source source, Body body, List<Problem> problems) throws FeedException {
        PageGuard.json(body.text());
        List<Item> items = new ArrayList<>();
        try {
            new JsonLines(source.zone(), now)
                    .read(
                            body.url(),
                            new ByteArrayInputStream(body.text().getBytes(StandardCharsets.UTF_8)),
                            release -> items.add(new Item(
                                    release.url(),
                                    null,
                                    null,
                                    release.publisher(),
                                    release.title(),
                                    release.text(),
                                    new Dated(release.publishedDay(), release.publishedAt()),
                                    release.updated(),
                                    false,
                                    release.withdrawn())),
                            refusal -> problems.add(new Problem(
                                    refusal.cause(),
                                    "line " + refusal.line() + ": " + refusal.detail(),
                                    refusal.raw())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be: it is in memory", e);
        }
        return items;
    }
}
