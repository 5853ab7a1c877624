package org.surgewire.ingest.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.archive.Archive;
import org.surgewire.ingest.fetch.FetchLimits;
import org.surgewire.ingest.fetch.Fetcher;
import org.surgewire.ingest.fetch.TestBed;
import org.surgewire.ingest.poll.Tally.Outcome;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Article;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.ListPage;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;

class SourceReaderTest {
    private static final String BODY =
            " people were arrested between 21 and 25 September, the made-up office said. The office called this a part of"
                    + " its routine work. Six of them had been released by a jail before, although a detainer was lodged;"
                    + " nobody was hurt. More will be said at the end of the month, when the figures of all offices are in.";
    private static final Article ARTICLE = new Article("h1", "main", "time", List.of());

    private Instant now = Instant.parse("2020-10-08T12:00:00Z");
    private final TestBed bed = new TestBed();
    private final Memory memory = new Memory();
    private final List<String> notes = new ArrayList<>();
    private final Source feed = source("feed", Kind.FEED, "/feed", null);
    private final Fetcher fetcher = new Fetcher(
            "reader@example.org",
            List.of(feed),
            new FetchLimits(
                    Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20, 1, Duration.ZERO),
            () -> now,
            new SplittableRandom(1));
    private SourceReader reader = new SourceReader(fetcher, null, () -> now);

    @AfterEach
    void close() {
        fetcher.close();
        bed.close();
    }

    private Source source(String id, Kind kind, String path, Article article) {
        return new Source(
                id,
                "Made-up Office",
                "ocd-division/country:us",
                kind,
                bed.url(path),
                ZoneId.of("America/New_York"),
                Duration.ofHours(1),
                new Politeness(Duration.ZERO, 100_000),
                Status.RECORDED,
                "test",
                kind == Kind.HTML_LIST ? new ListPage("li", "a", null, "time", null, "a.next") : null,
                article);
    }

    private Tally read(Source source, boolean readBefore) throws InterruptedException {
        return reader.read(source, readBefore, memory, notes::add);
    }

    private static String item(String url, String guid, String title, String date, String text) {
        return "<item><title>" + title + "</title><link>" + url + "</link><guid isPermaLink=\"false\">" + guid
                + "</guid><pubDate>" + date + "</pubDate><description>" + text + "</description></item>";
    }

    private static String item(int n) {
        return item("https://x.example.org/news/" + n, "g" + n, "Title " + n, "2020-09-" + (10 + n), n + BODY);
    }

    private static TestBed.Play rss(String... items) {
        return TestBed.text("text/xml", "<rss><channel>" + String.join("", items) + "</channel></rss>");
    }

    private static String doj(int page, int pages, int... days) {
        String results = IntStream.of(days)
                .mapToObj(day -> "{\"title\":\"Day " + day + "\",\"url\":\"https://j.example.org/" + day
                        + "\",\"uuid\":\"u" + day + "\",\"date\":\""
                        + LocalDate.of(2020, 1, 1).plusDays(day)
                        + "\",\"body\":\"<p>" + day + BODY + "</p>\"}")
                .collect(Collectors.joining(","));
        return "{\"metadata\":{\"responseInfo\":{\"status\":200},\"resultset\":{\"count\":" + 2 * pages
                + ",\"pagesize\":2,\"page\":" + page + "}},\"results\":[" + results + "]}";
    }

    private static TestBed.Play json(String json) {
        return TestBed.text("application/json", json);
    }

    @Test
    void publishesWhatIsNewOldestFirstAndNothingTwice() throws Exception {
        bed.on("/feed", rss(item(3), item(2), item(1)));

        Tally first = read(feed, false);
        Tally again = read(feed, true);

        assertThat(memory.titles()).containsExactly("Title 1", "Title 2", "Title 3");
        assertThat(first.published()).isEqualTo(3);
        assertThat(again.published()).isZero();
        assertThat(again.unchanged()).isEqualTo(3);
        assertThat(again.hasGap()).isFalse();
    }

    @Test
    void publishesNothingTwiceWhenItStartsAnew() throws Exception {
        bed.on("/feed", rss(item(2), item(1)));
        read(feed, false);

        reader = new SourceReader(fetcher, null, () -> now);
        read(feed, true);

        assertThat(memory.published).hasSize(2);
    }

    @Test
    void publishesAChangedBodyAsARevision() throws Exception {
        bed.on("/feed", rss(item(1)), rss(item(1).replace("Six", "Seven")));

        read(feed, false);
        read(feed, true);

        assertThat(memory.published).hasSize(2);
        assertThat(memory.latest(memory.published.get(0).releaseId()).revision())
                .isEqualTo(2);
    }

    @Test
    void aReleaseIsNotPublishedAfterItWasRead() throws Exception {
        bed.on(
                "/feed",
                rss(item(1), item(2), item(3)),
                rss(
                        item(1).replace("2020-09-11", "2020-10-20"),
                        item(2).replace("2020-09-12", "2020-10-20"),
                        item(3).replace("2020-09-13", "2020-10-20")));

        read(feed, false);
        now = Instant.parse("2020-10-20T12:00:00Z");
        Tally again = read(feed, true);

        assertThat(memory.published).hasSize(3);
        assertThat(again.published()).isZero();
        assertThat(again.problems()).contains("REDATED", "MASS_REDATED");
        assertThat(again.implausible()).isEqualTo(3);
    }

    @Test
    void aDateThatIsCorrectedToOneBeforeTheReadingIsTaken() throws Exception {
        bed.on("/feed", rss(item(1)), rss(item(1).replace("2020-09-11", "2020-09-30")));

        read(feed, false);
        Tally again = read(feed, true);

        assertThat(again.published()).isEqualTo(1);
        assertThat(again.problems()).doesNotContain("REDATED");
    }

    @Test
    void takesOneReleaseUnderSeveralSpellingsOfItsAddressForOne() throws Exception {
        String one = item(1);
        bed.on(
                "/feed",
                rss(one),
                rss(one.replace("https://x", "http://www.x")),
                rss(one.replace("/news/1", "/news/1?utm_source=mail")),
                rss(one.replace("/news/1", "/news/1/#top")));

        for (int i = 0; i < 4; i++) {
            read(feed, i > 0);
        }

        assertThat(memory.published).hasSize(1);
    }

    @Test
    void takesANewAddressWithTheGuidOfAReleaseOfTheSameDayForARevisionOfIt() throws Exception {
        bed.on(
                "/feed",
                rss(item(1)),
                rss(item(1).replace("/news/1", "/news/1-corrected").replace("Title 1", "Corrected")));

        read(feed, false);
        read(feed, true);

        assertThat(memory.titles()).containsExactly("Title 1", "Corrected");
        assertThat(memory.published.get(1).releaseId())
                .isEqualTo(memory.published.get(0).releaseId());
    }

    @Test
    void keepsReleasesApartThatShareAGuid() throws Exception {
        bed.on(
                "/feed",
                rss(item(1).replace(">g1<", ">all<"), item(2).replace(">g2<", ">all<")),
                rss(item(3).replace(">g3<", ">all<")));

        read(feed, false);
        read(feed, true);

        assertThat(memory.published)
                .extracting(each -> each.releaseId())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void leavesAReleaseToTheSourceThatToldItInFull() throws Exception {
        Source other = source("other", Kind.FEED, "/other", null);
        bed.on("/feed", rss(item(1))).on("/other", rss(item(1).replace("Six", "About six")));

        read(feed, false);
        read(other, false);
        read(feed, true);
        read(other, true);

        assertThat(memory.published).hasSize(1);
    }

    @Test
    void completesTheBeginningThatAnotherSourceTold() throws Exception {
        Source other = source("other", Kind.FEED, "/other", null);
        bed.on("/feed", rss(item(1).replace(BODY, " were arrested..."))).on("/other", rss(item(1)));

        read(feed, false);
        read(other, false);
        read(feed, true);
        read(other, true);

        assertThat(memory.published).extracting(each -> each.partial()).containsExactly(true, false);
    }

    @Test
    void readsThePageOfAnEntryThatIsABeginning() throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        bed.on("/list", TestBed.text("text/html", "<ul><li><a href='/one'>One</a></li></ul>"))
                .on(
                        "/one",
                        TestBed.text(
                                "text/html",
                                "<h1>The one</h1><time>Sept. 28, 2020</time><main><p>12" + BODY + "</p></main>"));

        read(list, false);
        read(list, true);
        now = now.plus(Duration.ofDays(2));
        read(list, true);

        assertThat(memory.titles()).containsExactly("The one");
        assertThat(memory.published.get(0).partial()).isFalse();
        assertThat(memory.published.get(0).release().publishedDay()).isEqualTo("2020-09-28");
        assertThat(bed.count("/one")).isEqualTo(1);
    }

    @Test
    void looksAgainAtRecentPagesOnceADay() throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        String page = "<h1>The one</h1><time>Oct. 8, 2020</time><main><p>12" + BODY + "</p></main>";
        bed.on("/list", TestBed.text("text/html", "<ul><li><a href='/one'>One</a></li></ul>"))
                .on("/one", TestBed.text("text/html", page), TestBed.text("text/html", page.replace("12 ", "13 ")));

        read(list, false);
        read(list, true);
        now = now.plus(Duration.ofHours(25));
        read(list, true);
        read(list, true);

        assertThat(bed.count("/one")).isEqualTo(2);
        assertThat(memory.published).hasSize(2);
    }

    @Test
    void marksABeginningWhosePageIsRefusedAndAsksForNoFurtherPage() throws Exception {
        Source teasers = source("feed", Kind.FEED, "/feed", ARTICLE);
        String teaser = item(bed.url("/one"), "g1", "One", "2020-09-11", "Officers arrested 12 people...");
        bed.on("/feed", rss(teaser, teaser.replace("/one", "/two").replace("g1", "g2")))
                .on("/one", TestBed.status(403))
                .on("/two", TestBed.status(403));

        Tally tally = read(teasers, false);

        assertThat(memory.published).extracting(each -> each.partial()).containsExactly(true, true);
        assertThat(tally.partials()).isEqualTo(2);
        assertThat(tally.problems()).contains("PAGES_REFUSED");
        assertThat(bed.count("/one") + bed.count("/two")).isEqualTo(1);
    }

    @Test
    void recordsAPageThatIsGoneAndWithdrawsNothing() throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        bed.on("/list", TestBed.text("text/html", "<ul><li><a href='/one'>One</a></li></ul>"))
                .on(
                        "/one",
                        TestBed.text("text/html", "<time>Oct. 8, 2020</time><main>12" + BODY + "</main>"),
                        TestBed.status(410));

        read(list, false);
        now = now.plus(Duration.ofHours(25));
        Tally tally = read(list, true);

        assertThat(tally.vanished()).isEqualTo(1);
        assertThat(memory.published).hasSize(1);
    }

    @Test
    void withdrawsWhatThePublisherSaysIsWithdrawn() throws Exception {
        bed.on(
                "/feed",
                rss(item(1)),
                rss(item(1).replace("1 people", "This news release has been withdrawn. 1 people")));

        read(feed, false);
        read(feed, true);

        assertThat(memory.published)
                .extracting(each -> each.release().withdrawn())
                .containsExactly(false, true);
    }

    @Test
    void triesAgainNextTimeWhenAPageFails() throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        bed.on("/list", TestBed.tagged("text/html", "<ul><li><a href='/one'>One</a></li></ul>", "\"1\""))
                .on(
                        "/one",
                        TestBed.text("text/html", "<title>Just a moment...</title>"),
                        TestBed.text("text/html", "<time>Oct. 1, 2020</time><main>12" + BODY + "</main>"));

        Tally first = read(list, false);
        read(list, true);

        assertThat(first.complete()).isFalse();
        assertThat(first.problems()).contains("BOT_WALL");
        assertThat(memory.published).hasSize(1);
    }

    @Test
    void losesNothingWhenTheBrokerFails() throws Exception {
        bed.on("/feed", TestBed.tagged("text/xml", "<rss><channel>" + item(2) + item(1) + "</channel></rss>", "\"1\""));
        memory.failAtNextCommit();

        assertThatThrownBy(() -> read(feed, false)).hasMessage("the broker is away");
        read(feed, false);

        assertThat(memory.titles()).containsExactly("Title 1", "Title 2");
    }

    @Test
    void parksWhatHasNoDateOnce() throws Exception {
        String undated = item(1).replaceFirst("<pubDate>.*</pubDate>", "");
        bed.on("/feed", rss(undated));

        Tally tally = read(feed, false);
        read(feed, true);

        assertThat(tally.refused()).isEqualTo(1);
        assertThat(memory.published).isEmpty();
        assertThat(memory.parked).hasSize(1);
        assertThat(memory.parked.get(0).cause()).isEqualTo("NO_DATE");
    }

    @Test
    void readsOnToOlderPagesUntilItMeetsSomethingKnown() throws Exception {
        Source api = source("api", Kind.DOJ_API, "/api", null);
        bed.on("/api", json(doj(0, 4, 8, 7)));
        read(api, false);
        bed.on("/api", json(doj(0, 6, 12, 11)))
                .on("/api?page=1", json(doj(1, 6, 10, 9)))
                .on("/api?page=2", json(doj(2, 6, 8, 7)));

        Tally tally = read(api, true);

        assertThat(memory.titles()).containsExactly("Day 7", "Day 8", "Day 9", "Day 10", "Day 11", "Day 12");
        assertThat(tally.hasGap()).isFalse();
        assertThat(bed.count("/api?page=3")).isZero();
    }

    @Test
    void saysThatEntriesMayBeLostWhenAFeedHoldsNothingKnown() throws Exception {
        bed.on("/feed", rss(item(1)), rss(item(5), item(4)));

        read(feed, false);
        Tally tally = read(feed, true);

        assertThat(tally.hasGap()).isTrue();
        assertThat(notes).anyMatch(note -> note.startsWith("problem  GAP"));
        assertThat(memory.published).hasSize(3);
    }

    @Test
    void readsFromTheLastPageWhenTheOrderIsNotTheOneAskedFor() throws Exception {
        Source api = source("api", Kind.DOJ_API, "/api", null);
        bed.on("/api", json(doj(0, 4, 1, 2)))
                .on("/api?page=3", json(doj(3, 4, 7, 8)))
                .on("/api?page=2", json(doj(2, 4, 5, 6)));

        Tally tally = read(api, false);

        assertThat(tally.problems()).contains("ORDER_REVERSED");
        assertThat(memory.titles()).containsExactly("Day 7", "Day 8");
    }

    @Test
    void backfillsTheDaysAskedForAndStopsAtTheFirstPageBeforeThem() throws Exception {
        Source api = source("api", Kind.DOJ_API, "/api", null);
        bed.on("/api", json(doj(0, 4, 8, 7)))
                .on("/api?page=1", json(doj(1, 4, 6, 5)))
                .on("/api?page=2", json(doj(2, 4, 4, 3)))
                .on("/api?page=3", json(doj(3, 4, 2, 1)));

        var backfilled = reader.backfill(
                api, LocalDate.of(2020, 1, 6), LocalDate.of(2020, 1, 8), memory, notes::add, entries -> {});

        assertThat(memory.titles()).containsExactly("Day 7", "Day 5", "Day 6");
        assertThat(backfilled.whole()).isTrue();
        assertThat(bed.count("/api?page=3")).isZero();
    }

    @Test
    void backfillIsNotEndedByOneOldDateAmongNewOnes() throws Exception {
        Source api = source("api", Kind.DOJ_API, "/api", null);
        bed.on("/api", json(doj(0, 3, 18, 17, 1)))
                .on("/api?page=1", json(doj(1, 3, 16, 15, 14)))
                .on("/api?page=2", json(doj(2, 3, 13, 12, 11)));

        var backfilled = reader.backfill(
                api, LocalDate.of(2020, 1, 15), LocalDate.of(2020, 1, 17), memory, notes::add, entries -> {});

        assertThat(memory.titles()).containsExactly("Day 14", "Day 15", "Day 16");
        assertThat(backfilled.whole()).isTrue();
    }

    @Test
    void backfillOfAListWithoutDatesStopsByTheDatesOfItsPages() throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        bed.on(
                        "/list",
                        TestBed.text(
                                "text/html",
                                "<ul><li><a href='/one'>One</a></li></ul><a class='next' href='/list-2'>older</a>"))
                .on(
                        "/list-2",
                        TestBed.text(
                                "text/html",
                                "<ul><li><a href='/two'>Two</a></li></ul><a class='next' href='/list-3'>older</a>"))
                .on("/one", TestBed.text("text/html", "<time>Oct. 3, 2020</time><main>1" + BODY + "</main>"))
                .on("/two", TestBed.text("text/html", "<time>Oct. 1, 2020</time><main>2" + BODY + "</main>"));

        var backfilled = reader.backfill(
                list, LocalDate.of(2020, 10, 2), LocalDate.of(2020, 10, 4), memory, notes::add, entries -> {});

        assertThat(backfilled.whole()).isTrue();
        assertThat(bed.count("/list-3")).isZero();
    }

    @Test
    void takesAWallForAFailureAndNeverForData() throws Exception {
        bed.on(
                "/feed",
                TestBed.text("text/html", "<html><title>Access Denied</title><body>Reference #18</body></html>"));

        Tally tally = read(feed, false);

        assertThat(tally.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(tally.detail()).startsWith("BOT_WALL");
        assertThat(memory.published).isEmpty();
    }

    @Test
    void tellsARefusalFromAFailure() throws Exception {
        bed.on("/feed", TestBed.status(403));

        assertThat(read(feed, false).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void keepsWhatItFetchedAndSaysWhatEachReleaseWasReadFrom(@TempDir Path directory) throws Exception {
        Source list = source("list", Kind.HTML_LIST, "/list", ARTICLE);
        String page = "<time>Oct. 1, 2020</time><main>12" + BODY + "</main>";
        bed.on("/list", TestBed.text("text/html", "<ul><li><a href='/one'>One</a></li></ul>"))
                .on("/one", TestBed.text("text/html", page));
        try (var archive = new Archive(directory, () -> now)) {
            reader = new SourceReader(fetcher, archive, () -> now);
            read(list, false);
        }

        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(page.getBytes(StandardCharsets.UTF_8)));
        assertThat(memory.published).extracting(each -> each.capture()).containsExactly(hash);
        assertThat(directory).isDirectoryContaining("glob:**.warc.gz");
    }

    @Test
    void checksWithoutPublishing() throws Exception {
        bed.on("/feed", rss(item(2), item(1)));

        Tally tally = reader.check(feed, notes::add);

        assertThat(tally.published()).isEqualTo(2);
        assertThat(notes).hasSize(2).first().asString().startsWith("new      2020-09-11  Title 1");
    }
}
