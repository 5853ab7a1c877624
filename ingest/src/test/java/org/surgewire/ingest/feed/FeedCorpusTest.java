package org.surgewire.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.ingest.source.Sources;

/**
 * Reads what stands in the folders {@code recorded}, by the bundled source of the folder's name or by a source of the kind
 * that ships none ({@code bulletins}, {@code lines}), and {@code malformed}, as
 * a feed: each folder holds {@code input.*}, where the source has pages of its own {@code article.html}, and
 * {@code expected.txt}. Read on 8 October 2020.
 */
class FeedCorpusTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final FeedReader READER = new FeedReader(InstantSource.fixed(Instant.parse("2020-10-08T12:00:00Z")));

    @TestFactory
    Stream<DynamicTest> recordedShapesAreReadAsExpected() throws IOException {
        return tests("recorded");
    }

    @TestFactory
    Stream<DynamicTest> malformedFeedsAreReadOrRefusedAsExpected() throws IOException {
        return tests("malformed");
    }

    private static Stream<DynamicTest> tests(String folder) throws IOException {
        try (Stream<Path> cases = Files.list(folder(folder))) {
            return cases
                    .sorted()
                    .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> check(each)))
                    .toList()
                    .stream();
        }
    }

    private static void check(Path folder) throws IOException {
        Source source = Sources.bundled()
                .find(folder.getFileName().toString())
                .orElseGet(() -> feed(folder.getFileName().toString()));
        assertThat(read(source, folder)).isEqualTo(Files.readString(folder.resolve("expected.txt")));
    }

    static Path folder(String name) {
        URL folder = Objects.requireNonNull(FeedCorpusTest.class.getResource("/org/surgewire/ingest/" + name));
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Source feed(String id) {
        return new Source(
                id,
                "Made-up Office",
                "ocd-division/country:us",
                switch (id) {
                    case "bulletins" -> Kind.GOVDELIVERY;
                    case "lines" -> Kind.JSON_LINES;
                    default -> Kind.FEED;
                },
                "https://feeds.example.org/feed.xml",
                ZONE,
                Duration.ofHours(1),
                new Politeness(Duration.ZERO, 1000),
                Status.RECORDED,
                "for the test",
                null,
                null);
    }

    private static String read(Source source, Path folder) throws IOException {
        var out = new StringBuilder();
        try {
            Page page =
                    READER.read(source, new Body(source.address(), TextDecoder.decode(bytes(folder, "input"), null)));
            page.problems().forEach(problem -> out.append("problem ")
                    .append(problem.code())
                    .append(": ")
                    .append(problem.detail())
                    .append(problem.entry() == null ? "\n" : " (left out)\n"));
            page.items().forEach(item -> out.append(text(item)));
            if (page.next() != null) {
                out.append("next ").append(page.next()).append('\n');
            }
            if (page.entries() >= 0) {
                out.append("entries ").append(page.entries()).append('\n');
            }
        } catch (FeedException e) {
            out.append("failure ")
                    .append(e.code())
                    .append(": ")
                    .append(e.getMessage())
                    .append('\n');
        }
        if (Files.exists(folder.resolve("article.html"))) {
            out.append(article(source, folder));
        }
        return out.toString();
    }

    private static byte[] bytes(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(name + "."))
                    .toList();
            assertThat(found).as("%s of %s", name, folder).hasSize(1);
            return Files.readAllBytes(found.get(0));
        }
    }

    private static String text(Item item) {
        return "item " + date(item.published()) + " " + item.url() + (item.partial() ? " partial" : "")
                + (item.guid() == null ? "" : " guid=" + item.guid())
                + (item.version() == null ? "" : " version=" + item.version())
                + (item.updated() == null ? "" : " updated=" + item.updated())
                + "\n  # " + item.title() + "\n" + indented(item.text());
    }

    private static String article(Source source, Path folder) throws IOException {
        try {
            ArticlePage page = ArticlePage.read(
                    new Body(source.address(), TextDecoder.decode(bytes(folder, "article"), "text/html")),
                    Objects.requireNonNull(source.article()),
                    source.zone());
            return "article " + date(page.published()) + "\n  # " + page.title() + "\n" + indented(page.text());
        } catch (FeedException e) {
            return "failure " + e.code() + ": " + e.getMessage() + "\n";
        }
    }

    private static String date(Dated dated) {
        return dated == null
                ? "undated"
                : dated.at() == null ? dated.day().toString() : dated.at().toString();
    }

    private static String indented(String text) {
        return text.isEmpty() ? "" : text.indent(2);
    }
}
