package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files of the page; the tests in a browser are in {@code docker/e2e/browser}. */
class PageTest {
    private static final int MOST_BYTES = 1_500_000;

    private final Path page = folder();

    @Test
    void theLibrariesAndShapesAreTheFilesThatWerePublished() throws Exception {
        Map<String, String> found = new TreeMap<>();
        for (Path file : files(page.resolve("vendor"))) {
            if (!file.endsWith("SHA256SUMS")) {
                found.put(file.getFileName().toString(), sha256(file));
            }
        }
        Map<String, String> kept = new TreeMap<>();
        for (String line : Files.readAllLines(page.resolve("vendor/SHA256SUMS"))) {
            kept.put(line.substring(66), line.substring(0, 64));
        }

        assertThat(found).isEqualTo(kept);
    }

    @Test
    void everythingTogetherIsUnderOneAndAHalfMegabytesEvenUncompressed() throws IOException {
        long plain = 0;
        long compressed = 0;
        for (Path file : files(page)) {
            if (!file.endsWith("openapi.json")) {
                byte[] bytes = Files.readAllBytes(file);
                plain += bytes.length;
                compressed += gzip(bytes);
            }
        }
        System.out.printf("the page: %,d bytes, %,d with gzip%n", plain, compressed);

        assertThat(plain).isLessThan(MOST_BYTES);
    }

    @Test
    void itLoadsNothingFromElsewhereAndHoldsNoScript() throws IOException {
        String markup = Files.readString(page.resolve("index.html"));

        assertThat(markup)
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("<script>", "<style", "style=")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void nothingIsEverSetAsMarkupOrRunAsCode() throws IOException {
        for (Path file : files(page.resolve("app"))) {
            assertThat(Files.readString(file))
                    .as(file.getFileName().toString())
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "srcdoc")
                    .doesNotContainPattern("\\beval\\(|\\bnew Function|createContextualFragment|DOMParser");
        }
    }

    @Test
    void everyModuleIsAskedForAtOnce() throws IOException {
        var preloads = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"")
                .matcher(Files.readString(page.resolve("index.html")));
        List<String> preloaded = preloads.results().map(each -> each.group(1)).toList();

        assertThat(preloaded)
                .containsExactlyElementsOf(Stream.of("app", "vendor")
                        .flatMap(folder -> files(page.resolve(folder)).stream())
                        .map(file -> page.relativize(file).toString().replace('\\', '/'))
                        .filter(name -> name.endsWith(".js") && !name.equals("app/main.js"))
                        .toList());
    }

    private static Path folder() {
        try {
            return Path.of(PageTest.class.getResource("page/index.html").toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static int gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }
}
