package org.surgewire.ingest.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;

class LocalFilesTest {
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2020-10-08T12:00:00Z"));

    @TempDir
    private Path folder;

    private final Memory memory = new Memory();

    private Source source(Kind kind, Path address) {
        return new Source(
                "office",
                "Made-up Office",
                "ocd-division/country:us/state:ca",
                kind,
                address.toString(),
                LOS_ANGELES,
                Duration.ofHours(1),
                new Politeness(Duration.ZERO, 1000),
                Status.RECORDED,
                "for the test",
                null,
                null);
    }

    private static String line(String url, String published, String title) {
        return "{\"source\":\"office\",\"publisher\":\"Made-up Office\",\"url\":\"https://office.example.org/" + url
                + "\",\"published\":\"" + published + "\",\"title\":\"" + title + "\",\"text\":\"3 were arrested.\"}\n";
    }

    private static String rss(String date, String... titles) {
        var items = new StringBuilder();
        for (String title : titles) {
            items.append("<item><title>" + title + "</title><link>https://office.example.org/" + title.charAt(0)
                    + "</link><pubDate>" + date + "</pubDate><description>3 were arrested.</description></item>");
        }
        return "<rss><channel>" + items + "</channel></rss>";
    }

    private Tally read(Kind kind, Path address) {
        return LocalFiles.read(source(kind, address), NOW, memory, note -> {});
    }

    private void gzip(String name, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void aDayWithoutATimeIsOneOfTheSourcesZone() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), line("1", "2020-09-28", "one"));

        read(Kind.JSON_LINES, file);

        assertThat(memory.published).hasSize(1).allSatisfy(delivery -> {
            assertThat(delivery.zone()).isEqualTo(LOS_ANGELES);
            assertThat(delivery.release().published(delivery.zone())).isEqualTo("2020-09-28T19:00:00Z");
        });
    }

    @Test
    void readsAFolderOfLinesAndFeedsByNameAndNothingElse() throws Exception {
        Files.writeString(folder.resolve("2.jsonl"), line("2", "2020-09-28", "2 of lines"));
        gzip("3.ndjson.gz", line("3", "2020-09-28", "3 of packed lines"));
        Files.writeString(folder.resolve("1.xml"), rss("Mon, 28 Sep 2020 11:00:00 -0400", "1 of a feed"));
        gzip("4.rss.gz", rss("Tue, 29 Sep 2020 11:00:00 -0400", "4 of a packed feed"));
        Files.writeString(folder.resolve(".5.jsonl"), line("5", "2020-09-28", "5 hidden"));
        Files.writeString(folder.resolve("6.txt"), line("6", "2020-09-28", "6 of another kind"));

        Tally tally = read(Kind.DIRECTORY, folder);

        assertThat(memory.titles())
                .containsExactly("1 of a feed", "2 of lines", "3 of packed lines", "4 of a packed feed");
        assertThat(tally.listed()).isEqualTo(4);
        assertThat(tally.outcome()).isEqualTo(Tally.Outcome.OK);
        assertThat(memory.published.get(0).partial()).isTrue();
    }

    @Test
    void twoSavingsOfAFeedDoNotTakeTurns() throws Exception {
        Files.writeString(folder.resolve("1.xml"), rss("Mon, 28 Sep 2020 11:00:00 -0400", "1 as it was"));
        Files.writeString(folder.resolve("2.xml"), rss("Mon, 28 Sep 2020 11:00:00 -0400", "1 as it became"));

        read(Kind.DIRECTORY, folder);
        read(Kind.DIRECTORY, folder);

        assertThat(memory.titles()).containsExactly("1 as it was", "1 as it became");
    }

    @Test
    void parksAFileThatIsNoFeedAndEntriesWithoutADateAndReadsTheOthers() throws Exception {
        Files.writeString(folder.resolve("1.xml"), "<html><title>Just a moment...</title></html>");
        Files.writeString(folder.resolve("2.xml"), rss("", "2 without a date"));
        Files.writeString(folder.resolve("3.xml"), rss("Mon, 28 Sep 2020 11:00:00 -0400", "3 as it should be"));

        Tally tally = read(Kind.DIRECTORY, folder);

        assertThat(memory.titles()).containsExactly("3 as it should be");
        assertThat(memory.parked).extracting(Refusal::cause).containsExactly("BOT_WALL", "NO_DATE");
        assertThat(tally.refused()).isEqualTo(2);
    }

    @Test
    void aFolderThatIsNotThereIsAFailureOfTheSource() {
        assertThat(read(Kind.DIRECTORY, folder.resolve("none")).outcome()).isEqualTo(Tally.Outcome.FAILED);
    }

    @Test
    void readsOneFileOfLines() throws Exception {
        Path file = Files.write(
                folder.resolve("a.jsonl"),
                List.of(
                        line("1", "2020-09-28", "one").strip(),
                        "no JSON",
                        line("2", "2020-09-29", "two").strip()));

        Tally tally = read(Kind.JSON_LINES, file);

        assertThat(memory.titles()).containsExactly("one", "two");
        assertThat(tally.detail()).contains("a.jsonl line 2");
    }

    @Test
    void aTitleWritesNoLinesOfItsOwnIntoTheNotes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                line("a", "2020-10-01", "a title\\r\\nFAILED   forged\\u001b[2J\\u202e")
                        + line("b", "2020-10-01\\nforged\\u001b[2J", "b"));
        List<String> notes = new ArrayList<>();

        Tally tally = LocalFiles.read(source(Kind.JSON_LINES, file), NOW, memory, notes::add);

        assertThat(notes).hasSize(2).allSatisfy(note -> assertThat(note).doesNotContainPattern("[\\p{Cntrl}\u202e]"));
        assertThat(tally.detail()).contains("BAD_DATE").doesNotContainPattern("\\p{Cntrl}");
    }
}
