package org.surgewire.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.ingest.fetch.FetchException.Kind;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;

class FetcherTest {
    private static final Politeness POLITE = new Politeness(Duration.ZERO, 1000);
    private static final FetchLimits LIMITS = new FetchLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500), 1 << 20, 3, Duration.ofMillis(1));

    private final TestBed bed = new TestBed();
    private final Fetcher fetcher = fetcher(bed.url("/feed"));

    private static Fetcher fetcher(String address) {
        var source = new Source(
                "bed",
                "p",
                "ocd-division/country:us",
                Source.Kind.FEED,
                address,
                ZoneOffset.UTC,
                Duration.ofHours(1),
                POLITE,
                Status.RECORDED,
                "test",
                null,
                null);
        return new Fetcher(
                "reader@example.org", List.of(source), LIMITS, InstantSource.system(), new SplittableRandom(1));
    }

    @AfterEach
    void close() {
        fetcher.close();
        bed.close();
    }

    private Fetched get(String path) throws FetchException, InterruptedException {
        return fetcher.get(bed.url(path), POLITE, Validators.NONE);
    }

    private FetchException refused(String path) {
        return assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> get(path))
                .actual();
    }

    @Test
    void readsAPageUnderItsOwnNameAndUnpacksIt() throws Exception {
        String[] agent = new String[1];
        bed.on("/feed", exchange -> {
            agent[0] = exchange.getRequestHeaders().getFirst("User-Agent");
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).contains("gzip");
            TestBed.gzip("text/xml", "<rss/>", 0).answer(exchange);
        });

        Fetched fetched = get("/feed");

        assertThat(new String(fetched.body(), StandardCharsets.UTF_8)).isEqualTo("<rss/>");
        assertThat(fetched.contentType()).isEqualTo("text/xml");
        assertThat(agent[0]).isEqualTo("Surgewire/0.1 (contact: reader@example.org)");
    }

    @Test
    void asksOnlyForWhatHasChanged() throws Exception {
        bed.on("/feed", TestBed.tagged("text/xml", "<rss/>", "\"one\""));

        Validators given = get("/feed").validators();
        Fetched again = fetcher.get(bed.url("/feed"), POLITE, given);

        assertThat(given.etag()).isEqualTo("\"one\"");
        assertThat(again.notModified()).isTrue();
        assertThat(again.body()).isEmpty();
    }

    @Test
    void followsRedirectsAndSaysWhereThePageCameFrom() throws Exception {
        bed.on("/feed", TestBed.redirect("/moved to")).on("/moved%20to", TestBed.text("text/plain", "here"));

        assertThat(get("/feed").url()).isEqualTo(bed.url("/moved%20to"));
    }

    @Test
    void givesUpRedirectsThatLeadInACircle() {
        bed.on("/feed", TestBed.redirect("/b")).on("/b", TestBed.redirect("/feed"));

        assertThat(refused("/feed").code()).isEqualTo("REDIRECTS");
        assertThat(bed.requests()).hasSize(7);
    }

    @Test
    void asksNoPrivateAddressBecauseARedirectSaidSo() {
        try (var inside = new TestBed()) {
            inside.on("/secret", TestBed.text("text/plain", "secret"));
            bed.on("/feed", TestBed.redirect(inside.url("/secret")));

            FetchException refusal = refused("/feed");

            assertThat(refusal.code()).isEqualTo("PRIVATE_ADDRESS");
            assertThat(refusal).hasMessageContaining("127.0.0.1 leads to the private address 127.0.0.1");
            assertThat(inside.requests()).isEmpty();
        }
    }

    @Test
    void asksNoPrivateAddressUnderAnotherName() {
        int port = java.net.URI.create(bed.url("/")).getPort();

        for (String host : List.of("localhost", "[::1]", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]")) {
            assertThatExceptionOfType(FetchException.class)
                    .as(host)
                    .isThrownBy(() -> fetcher.get("http://" + host + ":" + port + "/feed", POLITE, Validators.NONE));
        }
        assertThat(bed.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://example.org/", "http://user:word@127.0.0.1/", "no url", "/feed"})
    void asksNothingButHttp(String url) {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.get(url, POLITE, Validators.NONE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("BAD_URL"));
    }

    @Test
    void obeysRobotsTxt() throws Exception {
        bed.on("/robots.txt", TestBed.text("text/plain", "User-agent: surgewire\nDisallow: /private\n"))
                .on("/feed", TestBed.text("text/plain", "public"))
                .on("/private/feed", TestBed.text("text/plain", "private"));

        get("/feed");
        FetchException refusal = refused("/private/feed");
        get("/feed");

        assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refusal.code()).isEqualTo("ROBOTS");
        assertThat(bed.requests()).containsExactly("/robots.txt", "/feed", "/feed");
    }

    @Test
    void readsNothingWhileRobotsTxtCannotBeRead() {
        bed.on("/robots.txt", TestBed.status(503)).on("/feed", TestBed.text("text/plain", "public"));

        assertThat(refused("/feed").code()).isEqualTo("HTTP_503");
        assertThat(bed.count("/feed")).isZero();
    }

    @Test
    void waitsAsLongAsRobotsTxtAsks() throws Exception {
        bed.on("/robots.txt", TestBed.text("text/plain", "User-agent: *\nCrawl-delay: 1\n"))
                .on("/feed", TestBed.text("text/plain", "public"));

        Instant begun = get("/feed").at();
        Instant second = get("/feed").at();

        assertThat(Duration.between(begun, second)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void triesAgainAfterAnErrorOfTheServer() throws Exception {
        bed.on("/feed", TestBed.status(500), TestBed.status(502), TestBed.text("text/plain", "here"));

        assertThat(get("/feed").body()).hasSize(4);
        assertThat(bed.count("/feed")).isEqualTo(3);
    }

    @Test
    void doesNotTryAgainAfterARefusal() {
        bed.on("/feed", TestBed.status(403));

        FetchException refusal = refused("/feed");

        assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refusal).hasMessage(bed.url("/feed") + " answers with status 403");
        assertThat(bed.count("/feed")).isEqualTo(1);
    }

    @Test
    void tellsWhatIsGone() {
        assertThat(refused("/nothing").kind()).isEqualTo(Kind.GONE);
    }

    @Test
    void leavesAHostAloneThatAsksForIt() {
        bed.on("/feed", TestBed.status(429, "Retry-After: 120")).on("/other", TestBed.text("text/plain", "x"));

        assertThat(refused("/feed").code()).isEqualTo("HTTP_429");
        assertThat(refused("/other").code()).isEqualTo("HELD_OFF");
        assertThat(bed.count("/other")).isZero();
    }

    @Test
    void leavesAHostAloneAfterRepeatedFailures() {
        bed.on("/feed", TestBed.status(500));

        refused("/feed");
        refused("/feed");
        assertThat(refused("/feed").code()).isEqualTo("HELD_OFF");
        assertThat(bed.count("/feed")).isEqualTo(5);
    }

    @Test
    void endsAnAnswerThatNeverEnds() {
        bed.on("/feed", TestBed.drip());

        assertThat(refused("/feed").code()).isEqualTo("TIME_OUT");
    }

    @Test
    void endsAnAnswerThatIsTooLargeWhenUnpacked() {
        bed.on("/feed", TestBed.bomb(64));

        assertThat(refused("/feed").code()).isEqualTo("TOO_LARGE");
        assertThat(bed.count("/feed")).isEqualTo(1);
    }

    @Test
    void takesNoAnswerThatWasCutOff() {
        bed.on("/feed", TestBed.cutOff("<rss>")).on("/gzip", TestBed.gzip("text/xml", "<rss/>".repeat(1000), 20));

        assertThat(refused("/feed").code()).isEqualTo("CUT_OFF");
        assertThat(refused("/gzip").code()).isEqualTo("CUT_OFF");
    }

    @Test
    void saysThatNobodyListens() {
        String address = bed.url("/feed");
        bed.close();

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.get(address, POLITE, Validators.NONE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NO_CONNECTION"));
    }

    @Test
    void readsRetryAfterInSecondsAndAsADate() {
        Instant at = Instant.parse("2020-10-08T12:00:00Z");

        assertThat(Fetcher.retryAfter("90", at)).isEqualTo(at.plusSeconds(90));
        assertThat(Fetcher.retryAfter("Thu, 08 Oct 2020 12:05:00 GMT", at)).isEqualTo(at.plusSeconds(300));
        assertThat(Fetcher.retryAfter("soon", at)).isNull();
    }

    @Test
    void spacesRequestsAndKeepsTheBudgetOfAnHour() {
        var gate = new HostGate(new SplittableRandom(1));
        Instant at = Instant.parse("2020-10-08T12:00:00Z");
        Duration delay = Duration.ofSeconds(10);

        assertThat(gate.book(at, delay, 3)).isEqualTo(at);
        assertThat(gate.book(at, delay, 3)).isEqualTo(at.plusSeconds(10));
        assertThat(gate.book(at.plusSeconds(60), delay, 3)).isEqualTo(at.plusSeconds(60));
        assertThat(gate.book(at.plusSeconds(60), delay, 3)).isEqualTo(at.plusSeconds(3600));
        assertThat(gate.book(at.plusSeconds(60), delay, 3)).isEqualTo(at.plusSeconds(3610));
    }

    @Test
    void closesTheGateForLongerWithEachFailure() {
        var gate = new HostGate(new SplittableRandom(1));
        Instant at = Instant.parse("2020-10-08T12:00:00Z");
        for (int i = 0; i < 4; i++) {
            gate.failed(at);
        }
        assertThat(gate.closedUntil(at)).isNull();
        gate.failed(at);
        assertThat(gate.closedUntil(at)).isBetween(at.plusSeconds(30), at.plusSeconds(60));
        gate.failed(at);
        assertThat(gate.closedUntil(at)).isBetween(at.plusSeconds(60), at.plusSeconds(120));
        for (int i = 0; i < 50; i++) {
            gate.failed(at);
        }
        assertThat(gate.closedUntil(at)).isCloseTo(at.plus(Duration.ofHours(6)), within(3, ChronoUnit.HOURS));
        gate.answered();
        gate.failed(at.plus(Duration.ofHours(7)));
        assertThat(gate.closedUntil(at.plus(Duration.ofHours(7)))).isNull();
    }
}
