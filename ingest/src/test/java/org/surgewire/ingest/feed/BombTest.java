package org.surgewire.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.ListPage;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;

/** Small answers that grow when they are read. The tests run in a small heap and have little time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BombTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2020-10-08T12:00:00Z"));

    static Source source(Kind kind) {
        return new Source(
                "office",
                "Made-up Office",
                "ocd-division/country:us",
                kind,
                "https://feeds.example.org/list",
                ZONE,
                Duration.ofHours(1),
                new Politeness(Duration.ZERO, 1000),
                Status.RECORDED,
                "for the test",
                kind == Kind.HTML_LIST ? new ListPage("li", "a", null, "time", null, null) : null,
                null);
    }

    private static Page read(Kind kind, String text) throws FeedException {
        return new FeedReader(NOW).read(source(kind), new Body("https://feeds.example.org/list", text));
    }

    /** A gzip stream of so many mebibytes of one byte. */
    private static byte[] bomb(int octet, int mebibytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) octet);
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(block);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aBodyThatUnpacksWithoutEndIsRefused() throws IOException {
        byte[] bomb = bomb(' ', 128);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() -> TextDecoder.decode(bomb, "text/xml"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("TOO_LARGE"));
    }

    @Test
    void aBodyPackedTwiceIsUnpackedOnce() throws Exception {
        var outer = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(outer)) {
            gzip.write(bomb('a', 100));
        }
        assertThat(TextDecoder.decode(outer.toByteArray(), "text/xml").length()).isLessThan(1 << 20);
    }

    @Test
    void aPackedFileOfOneEndlessLineIsPassedOver() throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        List<Release> releases = new ArrayList<>();

        new JsonLines(ZONE, NOW)
                .read("bomb.jsonl.gz", new ByteArrayInputStream(bomb('[', 128)), releases::add, refusals::add);

        assertThat(releases).isEmpty();
        assertThat(refusals).extracting(Refusal::cause).containsExactly("TOO_LARGE");
        assertThat(refusals.get(0).raw().length()).isLessThanOrEqualTo(64 << 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"results\":[{\"body\":["})
    void deepJsonIsRefusedInsteadOfOverflowingTheStack(String opening) throws Exception {
        String deep = opening.repeat(20_000);
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() -> read(Kind.DOJ_API, deep))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NOT_JSON"));
        assertThat(read(Kind.JSON_LINES, deep + "\n").problems())
                .extracting(Problem::code)
                .containsExactly("NOT_JSON");
    }

    @Test
    void aNumberOfAMillionDigitsIsNotWorkedOut() throws Exception {
        String digits = "9".repeat(1_000_000);
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() ->
                        read(Kind.DOJ_API, "{\"metadata\":{\"resultset\":{\"count\":" + digits + "}},\"results\":[]}"));
        assertThat(read(Kind.JSON_LINES, "{\"url\":" + digits + "}\n").problems())
                .hasSize(1);
        // A small number with a large exponent is as long when it is written out.
        assertThat(read(Kind.JSON_LINES, "{\"url\":1e999999999}\n").problems()).hasSize(1);
        read(Kind.DOJ_API, "{\"metadata\":{\"resultset\":{\"count\":1e999999999}},\"results\":[]}");
    }

    @ParameterizedTest
    @EnumSource(names = {"FEED", "GOVDELIVERY", "HTML_LIST"})
    void deepAndWideMarkupIsReadOrRefusedInTime(Kind kind) {
        for (String text : List.of(
                "<rss><channel><item>" + "<div>".repeat(20_000),
                "<rss><channel>" + "<item><title>a</title><link>https://x.example/a</link></item>".repeat(5_000)
                        + "</channel></rss>",
                "<rss a='" + "x".repeat(1_000_000) + "'><channel></channel></rss>",
                "<rss><channel><item><description>" + "&amp;lt;b&amp;gt;".repeat(20_000)
                        + "</description></item></channel></rss>",
                "<rss><channel>" + "<item><title>a<description>b".repeat(20_000),
                "<html><body><ul>" + "<li><ul>".repeat(20_000),
                "<html><body>" + "<a href='".repeat(50_000),
                "<!DOCTYPE r [" + "<!ENTITY a \"" + "a".repeat(1000) + "\">".repeat(1000) + "]><rss>&a;</rss>")) {
            try {
                read(kind, text);
            } catch (FeedException e) {
                assertThat(e.code()).isNotBlank();
            }
        }
    }
}
