package org.surgewire.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.surgewire.ingest.fetch.Fetched;
import org.surgewire.ingest.fetch.Validators;

class ArchiveTest {
    private static final Instant AT = Instant.parse("2020-10-08T12:00:00Z");

    @TempDir
    Path directory;

    private static Fetched fetched(String url, String body) {
        return new Fetched(
                url,
                AT,
                false,
                200,
                List.of("Content-Type: text/html; charset=utf-8", "ETag: \"1\""),
                "text/html; charset=utf-8",
                body.getBytes(StandardCharsets.UTF_8),
                Validators.NONE);
    }

    private List<String> kept() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        List<String> kept = new ArrayList<>();
        for (Path file : files) {
            try (var reader = new WarcReader(file)) {
                for (WarcRecord record : reader) {
                    if (record instanceof WarcResponse response) {
                        String body =
                                new String(response.http().body().stream().readAllBytes(), StandardCharsets.UTF_8);
                        kept.add(response.target() + " " + response.date() + " "
                                + response.http().status() + " "
                                + response.http().headers().first("ETag").orElse("") + " " + body + " "
                                + response.headers()
                                        .first("WARC-Payload-Digest")
                                        .orElse(""));
                    }
                }
            }
        }
        return kept;
    }

    @Test
    void keepsWhatWasFetchedWithItsHash() throws Exception {
        String hash;
        try (var archive = new Archive(directory, () -> AT)) {
            hash = archive.keep(fetched("https://x.example.org/", "one"));
            archive.keep(fetched("https://x.example.org/", "one"));
            archive.keep(fetched("https://x.example.org/", "two"));
        }

        assertThat(hash).hasSize(64);
        List<String> kept = kept();
        assertThat(kept).hasSize(2);
        assertThat(kept.get(0)).isEqualTo("https://x.example.org/ " + AT + " 200 \"1\" one sha256:" + hash);
        assertThat(kept.get(1)).contains(" two sha256:");
    }

    @Test
    void beginsAFileEachDay() throws Exception {
        Instant[] now = {AT};
        try (var archive = new Archive(directory, () -> now[0])) {
            archive.keep(fetched("https://x.example.org/", "one"));
            now[0] = AT.plusSeconds(86_400);
            archive.keep(fetched("https://x.example.org/", "two"));
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "surgewire-20201008-120000000.warc.gz", "surgewire-20201009-120000000.warc.gz");
        }
        assertThat(kept()).hasSize(2);
    }

    @Test
    void whatWasKeptBeforeAKillCanBeRead() throws Exception {
        try (var archive = new Archive(directory, () -> AT)) {
            archive.keep(fetched("https://x.example.org/", "one"));
            archive.keep(fetched("https://x.example.org/", "two"));

            assertThat(kept()).hasSize(2);
        }
    }
}
