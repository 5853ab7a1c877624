package org.surgewire.ingest.poll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.archive.Archive;
import org.surgewire.ingest.feed.ArticlePage;
import org.surgewire.ingest.feed.Body;
import org.surgewire.ingest.feed.Dated;
import org.surgewire.ingest.feed.FeedException;
import org.surgewire.ingest.feed.FeedReader;
import org.surgewire.ingest.feed.Item;
import org.surgewire.ingest.feed.Page;
import org.surgewire.ingest.feed.Problem;
import org.surgewire.ingest.feed.TextDecoder;
import org.surgewire.ingest.fetch.FetchException;
import org.surgewire.ingest.fetch.Fetched;
import org.surgewire.ingest.fetch.Fetcher;
import org.surgewire.ingest.fetch.Validators;
import org.surgewire.ingest.poll.Tally.Outcome;
import org.surgewire.ingest.publish.Published;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.CanonicalUrl;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Article;

/**
 * Reads sources over HTTP. An entry is fetched when it is new or has changed, and published when that made a new revision.
 *
 * <p>Identity: the canonical URL; an entry at a new URL with a guid that its source gave to a release of the same day or
 * title is a revision of that. The source that first told a release in full keeps telling it: what another source says of
 * it is passed over, so that two renderings of one text do not take turns. A beginning never replaces a full text. Pages
 * of the last three days are looked at again once a day. A release that says later that it was published after it had been
 * read keeps its day.
 *
 * <p>What was looked at is remembered when the outlet has committed it, so that nothing is lost when it fails. For use by
 * several threads, each source by one at a time.
 */
public final class SourceReader {
    private static final int MOST_PAGES = 20;
    private static final int REMEMBERED = 50_000;
    /** At most this much of a backfill is read again after a kill. */
    private static final Duration COMMIT = Duration.ofSeconds(1);

    private static final Duration RECHECK = Duration.ofDays(1);
    private static final int RECHECKED_DAYS = 3;
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

    private final Fetcher fetcher;
    private final @Nullable Archive archive;
    private final FeedReader feeds;
    private final InstantSource now;
    private final Map<String, Validators> validators = new ConcurrentHashMap<>();
    private final Map<String, Looked> looked = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Looked> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * A page with what it was read from.
     *
     * @param capture SHA-256 of its bytes; null where they are not kept
     */
    private record Captured(Page page, @Nullable String capture) {}

    /** An entry that needs no further look unless it changes. */
    private record Looked(String entryHash, Instant at) {}

    /** @param archive keeps what is fetched; null to keep nothing */
    public SourceReader(Fetcher fetcher, @Nullable Archive archive, InstantSource now) {
        this.archive = archive;
        this.fetcher = fetcher;
        this.feeds = new FeedReader(now);
        this.now = now;
    }

    /**
     * Reads what is new. Fails only where the outlet does; what goes wrong with the source is in the tally.
     *
     * @param readBefore whether the source was read before: then reading goes on to older pages until it meets something
     *     known, and says so when it does not
     * @param notes told of each entry, one line each
     */
    public Tally read(Source source, boolean readBefore, Outlet outlet, Consumer<String> notes)
            throws InterruptedException {
        var reading = new Reading(source, outlet, new Tally(notes), Integer.MAX_VALUE);
        reading.newest(readBefore);
        return reading.tally;
    }

    /** Reads the newest page and at most three of its releases, and publishes nothing. */
    public Tally check(Source source, Consumer<String> notes) throws InterruptedException {
        var reading = new Reading(source, new Nowhere(), new Tally(notes), 3);
        reading.newest(false);
        return reading.tally;
    }

    /**
     * Reads what was published on the days from the one to the other, as far back as the source's pages go.
     *
     * @param progress told after each page of the middle of its days
     */
    public Backfilled backfill(
            Source source,
            LocalDate from,
            LocalDate to,
            Outlet outlet,
            Consumer<String> notes,
            Consumer<LocalDate> progress)
            throws InterruptedException {
        var reading = new Reading(source, outlet, new Tally(notes), Integer.MAX_VALUE);
        boolean reached = reading.range(from, to, progress);
        return new Backfilled(reading.tally, reached && reading.tally.complete());
    }

    /**
     * What a backfill came to.
     *
     * @param whole whether everything of these days that the source lists was read
     */
    public record Backfilled(Tally tally, boolean whole) {}

    /** One reading of one source. */
    private final class Reading {
        private final Source source;
        private final Outlet outlet;
        private final Tally tally;
        private final int mostArticles;
        private final Map<String, Looked> lookedNow = new HashMap<>();
        private int articles;
        private boolean articlesRefused;

        Reading(Source source, Outlet outlet, Tally tally, int mostArticles) {
            this.source = source;
            this.outlet = outlet;
            this.tally = tally;
            this.mostArticles = mostArticles;
        }

        void newest(boolean readBefore) throws InterruptedException {
            Validators given = Validators.NONE;
            try {
                Fetched first = fetcher.get(
                        source.address(),
                        source.politeness(),
                        validators.getOrDefault(source.address(), Validators.NONE));
                if (first.notModified()) {
                    tally.notModified();
                    return;
                }
                given = first.validators();
                List<Captured> pages = pages(page(first), readBefore);
                for (int i = pages.size() - 1; i >= 0; i--) {
                    items(pages.get(i), item -> true);
                }
            } catch (FetchException e) {
                failed(e);
            } catch (FeedException e) {
                tally.ended(Outcome.FAILED, e.code(), e.detail());
            }
            finish();
            if (tally.complete()) {
                validators.put(source.address(), given);
            }
        }

        /** The newest pages, newest first, on to one with something known where the source was read before. */
        private List<Captured> pages(Captured first, boolean readBefore)
                throws FetchException, FeedException, InterruptedException {
            boolean reversed = isReversed(first.page());
            Captured current =
                    reversed ? page(fetch(Objects.requireNonNull(first.page().last()))) : first;
            List<Captured> pages = new ArrayList<>(List.of(current));
            int entries = current.page().items().size();
            boolean met = meetsKnown(current.page());
            while (readBefore
                    ? !met
                    : reversed && entries < first.page().items().size()) {
                String further =
                        reversed ? current.page().previous() : current.page().next();
                if (further == null || pages.size() == MOST_PAGES) {
                    break;
                }
                current = page(fetch(further));
                pages.add(current);
                entries += current.page().items().size();
                met = meetsKnown(current.page());
            }
            if (readBefore && !met) {
                tally.gap("nothing on " + (pages.size() == 1 ? "the page" : pages.size() + " pages")
                        + " is known from the last reading: entries between may be lost; backfill reads them");
            }
            return pages;
        }

        private boolean isReversed(Page first) {
            boolean reversed = first.last() != null && PageOrder.of(first.items()) == PageOrder.OLDEST_FIRST;
            if (reversed) {
                tally.problem(
                        new Problem(
                                "ORDER_REVERSED",
                                "the first page has the oldest entries, whatever order was asked for; reading from the"
                                        + " last page",
                                null),
                        0);
            }
            return reversed;
        }

        private boolean meetsKnown(Page page) {
            return page.items().isEmpty()
                    || page.items().stream().anyMatch(item -> {
                        String url = canonical(item);
                        return url != null
                                && (outlet.latest(Release.idOf(url)) != null || looked.containsKey(key(url)));
                    });
        }

        boolean range(LocalDate from, LocalDate to, Consumer<LocalDate> progress) throws InterruptedException {
            boolean reached = false;
            Instant committed = now.instant();
            try {
                Captured captured = page(fetch(source.address()));
                boolean reversed = isReversed(captured.page());
                if (reversed) {
                    captured = page(fetch(Objects.requireNonNull(captured.page().last())));
                }
                while (true) {
                    Page page = captured.page();
                    items(captured, item -> within(item.published(), from, to));
                    if (Duration.between(committed, now.instant()).compareTo(COMMIT) >= 0) {
                        outlet.commit();
                        committed = now.instant();
                    }
                    LocalDate day = day(page);
                    if (day != null) {
                        progress.accept(day);
                        reached = day.isBefore(from);
                    }
                    String further = reversed ? page.previous() : page.next();
                    if (reached || further == null) {
                        break;
                    }
                    captured = page(fetch(further));
                }
            } catch (FetchException e) {
                failed(e);
            } catch (FeedException e) {
                tally.ended(Outcome.FAILED, e.code(), e.detail());
            }
            finish();
            return reached;
        }

        /**
         * The middle of the days of a page, so that a pinned or misdated entry ends no backfill too early or too late;
         * null when no entry has one, neither in the list nor on its page.
         */
        private @Nullable LocalDate day(Page page) {
            List<LocalDate> days = page.items().stream()
                    .flatMap(item -> Stream.ofNullable(day(item)))
                    .sorted()
                    .toList();
            return days.isEmpty() ? null : days.get(days.size() / 2);
        }

        private @Nullable LocalDate day(Item item) {
            Dated listed = item.published();
            String url = canonical(item);
            if (listed != null || url == null) {
                return listed == null ? null : listed.day();
            }
            Published known = outlet.latest(releaseId(item, url));
            return known == null ? null : known.day();
        }

        private static boolean within(@Nullable Dated dated, LocalDate from, LocalDate to) {
            return dated == null || (!dated.day().isBefore(from) && !dated.day().isAfter(to));
        }

        private @Nullable String keep(Fetched fetched) {
            return archive == null ? null : archive.keep(fetched);
        }

        private Fetched fetch(String url) throws FetchException, InterruptedException {
            return fetcher.get(url, source.politeness(), Validators.NONE);
        }

        private Captured page(Fetched fetched) throws FeedException {
            String capture = keep(fetched);
            Page page = feeds.read(source, body(fetched));
            long undated = page.items().stream()
                    .filter(item -> item.published() == null)
                    .count();
            for (Problem problem : page.problems()) {
                if (problem.entry() == null) {
                    boolean constant = problem.code().equals("CONSTANT_DATE")
                            || problem.code().equals("CHANNEL_DATE");
                    tally.problem(problem, constant ? undated : 1);
                } else {
                    tally.refused(problem.code(), problem.detail());
                    park(problem.code(), problem.detail(), problem.entry());
                }
            }
            return new Captured(page, capture);
        }

        private void failed(FetchException e) {
            boolean refused = e.kind() == FetchException.Kind.REFUSED;
            tally.ended(refused ? Outcome.REFUSED : Outcome.FAILED, e.code(), e.detail());
        }

        private void finish() {
            outlet.commit();
            looked.putAll(lookedNow);
        }

        /** Oldest first, so that a reading that is broken off leaves the newest to be found. */
        private void items(Captured captured, Predicate<Item> wanted) throws InterruptedException {
            List<Item> items = new ArrayList<>(captured.page().items());
            if (PageOrder.of(items) == PageOrder.NEWEST_FIRST) {
                Collections.reverse(items);
            }
            for (Item item : items) {
                if (wanted.test(item)) {
                    item(item, captured.capture());
                }
            }
        }

        private void item(Item item, @Nullable String listCapture) throws InterruptedException {
            Dated listedDate = item.published();
            tally.listed(listedDate == null ? null : listedDate.day());
            String url = canonical(item);
            if (url == null) {
                refuse(item, item.url(), "BAD_URL", "\"" + item.url() + "\" is no URL of a release");
                return;
            }
            String hash = entryHash(item);
            String releaseId = releaseId(item, url);
            Published known = outlet.latest(releaseId);
            if (known != null) {
                tally.metKnown();
            }
            if (!isDue(item, url, hash, known)) {
                tally.asItWas();
                return;
            }
            ArticlePage article = null;
            String capture = listCapture;
            boolean partial = item.partial();
            Article selectors = source.article();
            if (selectors != null && (item.partial() || listedDate == null)) {
                if (articles >= mostArticles) {
                    return;
                }
                if (!articlesRefused) {
                    articles++;
                    try {
                        Fetched fetched = fetch(item.url());
                        capture = keep(fetched);
                        article = ArticlePage.read(body(fetched), selectors, source.zone());
                        partial = false;
                    } catch (FetchException e) {
                        switch (e.kind()) {
                            case GONE -> {
                                tally.vanished(item.url());
                                looked(url, hash);
                                return;
                            }
                            case REFUSED -> {
                                // The others will be refused as well: asking for each would be no courtesy.
                                articlesRefused = true;
                                tally.problem(new Problem("PAGES_REFUSED", e.detail(), null), 0);
                            }
                            case FAILED -> {
                                tally.missed(e.code(), e.detail());
                                return;
                            }
                        }
                    } catch (FeedException e) {
                        tally.missed(e.code(), item.url() + ": " + e.detail());
                        return;
                    }
                }
            }
            if (partial && known != null && !known.partial()) {
                tally.asItWas();
                looked(url, hash);
                return;
            }
            publish(item, article, url, releaseId, hash, partial, capture);
        }

        private void publish(
                Item item,
                @Nullable ArticlePage article,
                String url,
                String releaseId,
                String hash,
                boolean partial,
                @Nullable String capture) {
            Dated published = date(item, article);
            if (published == null) {
                refuse(
                        item,
                        url,
                        "NO_DATE",
                        item.url() + " has no date that can be believed, in the list or on its page");
                looked(url, hash);
                return;
            }
            Dated dated = notAfterReading(published, outlet.latest(releaseId), url);
            String title = article == null || article.title() == null ? item.title() : article.title();
            String text = article == null ? item.text() : article.text();
            var release = new Release(
                    source.id(),
                    item.publisher() == null ? source.publisher() : item.publisher(),
                    url,
                    title,
                    text,
                    dated.day(),
                    dated.at(),
                    item.updated(),
                    item.withdrawn() || Withdrawal.isStated(title, text));
            Taken taken = outlet.publish(
                    new Delivery(release, releaseId, item.guid(), partial, hash, capture, source.zone()));
            looked(url, hash);
            if (taken == Taken.TOO_LARGE) {
                tally.tooLarge(url);
            } else if (taken == Taken.NEW) {
                Instant at = release.published(source.zone());
                Duration latency = Duration.between(at, now.instant());
                boolean recent = dated.at() != null && !latency.isNegative() && latency.compareTo(RECHECK) < 0;
                tally.published(title + "  " + item.url(), dated.day(), at, partial, recent ? latency : null);
            } else {
                tally.asItWas();
            }
        }

        /** A release was not published after it had been read: then the day that it had stands. */
        private Dated notAfterReading(Dated published, @Nullable Published known, String url) {
            if (known == null || !published.day().isAfter(known.day())) {
                return published;
            }
            LocalDate read = LocalDate.ofInstant(known.firstSeen(), source.zone());
            if (!published.day().isAfter(read)) {
                return published;
            }
            tally.redated(url + " was read on " + read + " and says now that it was published on " + published.day()
                    + "; " + known.day() + " stands");
            return new Dated(known.day(), null);
        }

        /** The list's where it can be believed, else the page's. */
        private @Nullable Dated date(Item item, @Nullable ArticlePage article) {
            if (item.published() != null) {
                return item.published();
            }
            Dated dated = article == null ? null : article.published();
            if (dated == null) {
                return null;
            }
            LocalDate tomorrow =
                    LocalDate.ofInstant(now.instant(), source.zone()).plusDays(1);
            return dated.day().isAfter(tomorrow) || dated.day().isBefore(EARLIEST) ? null : dated;
        }

        private boolean isDue(Item item, String url, String hash, @Nullable Published known) {
            Looked before = looked.get(key(url));
            if (known != null && !known.sourceId().equals(source.id())) {
                // Told in full by another source; or a beginning, which this one may complete.
                return known.partial()
                        && !(item.partial() && source.article() == null)
                        && (before == null || !before.entryHash().equals(hash));
            }
            boolean same =
                    before != null ? before.entryHash().equals(hash) : known != null && hash.equals(known.entryHash());
            if (!same) {
                return true;
            }
            LocalDate today = LocalDate.ofInstant(now.instant(), source.zone());
            boolean pageMayChange = source.article() != null
                    && item.partial()
                    && known != null
                    && known.day().isAfter(today.minusDays(RECHECKED_DAYS));
            return pageMayChange && (before == null || before.at().plus(RECHECK).isBefore(now.instant()));
        }

        private String releaseId(Item item, String url) {
            String own = Release.idOf(url);
            String guid = item.guid();
            if (guid == null || outlet.latest(own) != null) {
                return own;
            }
            String other = outlet.releaseWithGuid(source.id(), guid);
            Published before = other == null ? null : outlet.latest(other);
            Dated dated = item.published();
            boolean same = before != null
                    && (before.title().equals(item.title())
                            || (dated != null && dated.day().equals(before.day())));
            return same ? Objects.requireNonNull(other) : own;
        }

        private void refuse(Item item, String key, String code, String detail) {
            if (!looked.containsKey(key(key))) {
                park(code, detail, item.title() + "\n" + item.text());
            }
            tally.refused(code, detail);
        }

        private void park(String code, String detail, String raw) {
            String short64 = raw.length() > 16_000 ? raw.substring(0, 16_000) : raw;
            String key = key(detail);
            if (!looked.containsKey(key)) {
                outlet.park(new Refusal(source.id(), 0, code, detail, short64));
                lookedNow.put(key, new Looked(code, now.instant()));
            }
        }

        private void looked(String url, String hash) {
            lookedNow.put(key(url), new Looked(hash, now.instant()));
        }

        private String key(String url) {
            return source.id() + " " + url;
        }
    }

    private static Body body(Fetched fetched) throws FeedException {
        return new Body(fetched.url(), TextDecoder.decode(fetched.body(), fetched.contentType()));
    }

    private static @Nullable String canonical(Item item) {
        try {
            return CanonicalUrl.of(item.url());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Of everything that tells whether the entry has changed. */
    private static String entryHash(Item item) {
        String all = String.join(
                "\0",
                String.valueOf(item.guid()),
                String.valueOf(item.version()),
                item.title(),
                item.text(),
                String.valueOf(item.published()),
                String.valueOf(item.updated()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
