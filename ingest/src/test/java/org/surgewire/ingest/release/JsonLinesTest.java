package org.surgewire.ingest.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant NOW = Instant.parse("2020-10-10T12:00:00Z");
    private static final String LINE =
            """
            {"source":"s","publisher":"p","url":"https://a.example/1","title":"T","text":"X","published":"2020-09-28"}""";

    private final List<Release> releases = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private void read(InputStream in) throws IOException {
        new JsonLines(NEW_YORK, () -> NOW).read("in.jsonl", in, releases::add, refusals::add);
    }

    private void read(String text) throws IOException {
        read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Release only(String line) throws IOException {
        read(line);
        assertThat(refusals).isEmpty();
        assertThat(releases).hasSize(1);
        return releases.get(0);
    }

    private static String with(String field, String json) {
        String plain = LINE.replaceFirst(",?\"" + field + "\":\"[^\"]*\"", "").replace("{,", "{");
        return plain.substring(0, plain.length() - 1) + ",\"" + field + "\":" + json + "}";
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aLineIsARelease() throws IOException {
        assertThat(only(LINE))
                .isEqualTo(new Release(
                        "s", "p", "https://a.example/1", "T", "X", LocalDate.of(2020, 9, 28), null, null, false));
    }

    @Test
    void byteOrderMarkWindowsLineEndsEmptyLinesAndAMissingLastLineEndAreNoMatter() throws IOException {
        read("\ufeff" + LINE + "\r\n\r\n  \n" + LINE);
        assertThat(releases).hasSize(2).containsOnly(releases.get(0));
        assertThat(refusals).isEmpty();
    }

    @Test
    void furtherFieldsArePassedOver() throws IOException {
        assertThat(only(with("guid", "{\"a\":[1]}")).title()).isEqualTo("T");
    }

    @Test
    void gzipIsReadAsItIsAlsoInSeveralMembers() throws IOException {
        byte[] first = gzip(LINE + "\n");
        byte[] second = gzip(LINE);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        read(new ByteArrayInputStream(both));
        assertThat(releases).hasSize(2);
    }

    @Test
    void truncatedGzipFailsInsteadOfEndingEarly() throws IOException {
        byte[] whole = gzip(LINE + "\n");
        var cut = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }

    @Test
    void anEmptyFileHasNoLines() throws IOException {
        read("");
        assertThat(releases).isEmpty();
        assertThat(refusals).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "title given, first line differs       | `{'title':' T ','text':'A\\nB'}`  | T | `A\\nB`",
                "title given and repeated by the text  | `{'title':'A','text':' A \\nB'}`  | A | B",
                "no title, it is the first line        | `{'text':'A\\nB\\nC'}`            | A | `B\\nC`",
                "no title, the text is one line        | `{'text':'A'}`                    | A | ``",
            })
    void theTitleIsTheFieldOrElseTheFirstLine(String what, String fields, String title, String text)
            throws IOException {
        String rest = ",'source':'s','publisher':'p','url':'https://a.example/1','published':'2020-09-28'}";
        Release release = only((fields.substring(0, fields.length() - 1) + rest).replace('\'', '"'));
        assertThat(release.title()).as(what).isEqualTo(title);
        assertThat(release.text()).as(what).isEqualTo(text.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-09-28, 2020-09-28,",
        "2020-09-28T14:30:00-04:00, 2020-09-28, 2020-09-28T18:30:00Z",
        "2020-09-28T14:30:00Z, 2020-09-28, 2020-09-28T14:30:00Z",
        "2020-09-29T03:59:59Z, 2020-09-28, 2020-09-29T03:59:59Z",
        "2020-09-29T04:00:00Z, 2020-09-29, 2020-09-29T04:00:00Z",
        "2020-01-15T04:59:00Z, 2020-01-14, 2020-01-15T04:59:00Z",
        "2020-09-29T05:30:00+02:00, 2020-09-28, 2020-09-29T03:30:00Z",
        "2020-10-11, 2020-10-11,",
        "1990-01-01, 1990-01-01,",
    })
    void thePublicationDayIsThePublishersWhateverTheZoneOfTheInstant(String published, LocalDate day, Instant at)
            throws IOException {
        Release release = only(with("published", "\"" + published + "\""));
        assertThat(release.publishedDay()).isEqualTo(day);
        assertThat(release.publishedAt()).isEqualTo(at);
    }

    @Test
    void anUpdateTimeIsAnInstantOrTheBeginOfThePublishersDay() throws IOException {
        read(with("updated", "\"2020-09-30T10:00:00Z\"") + "\n" + with("updated", "\"2020-09-30\"") + "\n"
                + with("updated", "null"));
        assertThat(releases)
                .extracting(Release::updated)
                .containsExactly(Instant.parse("2020-09-30T10:00:00Z"), Instant.parse("2020-09-30T04:00:00Z"), null);
    }

    @Test
    void aWithdrawnReleaseNeedsNoText() throws IOException {
        Release release = only(with("withdrawn", "true").replace(",\"title\":\"T\",\"text\":\"X\"", ""));
        assertThat(release.withdrawn()).isTrue();
        assertThat(release.title()).isEmpty();
        assertThat(release.text()).isEmpty();
    }

    @Test
    void aRefusedLineHasItsNumberCauseAndWordingAndTheNextOneIsRead() throws IOException {
        read("{\n\n" + LINE + "\n[]\n");
        assertThat(releases).hasSize(1);
        assertThat(refusals).extracting(Refusal::line).containsExactly(1L, 4L);
        assertThat(refusals).extracting(Refusal::cause).containsOnly("NOT_JSON");
        assertThat(refusals).extracting(Refusal::file).containsOnly("in.jsonl");
        assertThat(refusals).extracting(Refusal::raw).containsExactly("{", "[]");
        assertThat(refusals.get(1).detail()).isEqualTo("not a JSON object; write one object a line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{\"a\":1", "[1]", "3", "null", "\"text\"", "{} {}", "{'a':1}"})
    void whatIsNoJsonObjectIsRefused(String line) throws IOException {
        assertRefused(line, "NOT_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "publisher", "url", "text", "published"})
    void aFieldThatIsMissingNullOrBlankIsRefusedByName(String field) throws IOException {
        read(with(field, "null") + "\n" + with(field, "\" \"") + "\n" + LINE.replace("\"" + field + "\"", "\"other\""));
        assertThat(releases).isEmpty();
        assertThat(refusals).hasSize(3).allSatisfy(refusal -> {
            assertThat(refusal.cause()).isEqualTo("MISSING_FIELD");
            assertThat(refusal.detail()).startsWith("field " + field + " is missing or empty");
        });
    }

    @ParameterizedTest
    @CsvSource({"title, 3", "text, '[\"a\"]'", "published, 1601251200", "updated, true", "withdrawn, '\"true\"'"})
    void aFieldOfAnotherTypeIsRefusedByName(String field, String json) throws IOException {
        assertThat(assertRefused(with(field, json), "BAD_FIELD").detail()).startsWith("field " + field + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-02-30",
                "2020-13-01",
                "28.09.2020",
                "2020-9-8",
                "2020",
                "0000-00-00",
                "2020-09-28T14:30:00",
                "2020-09-28T25:00:00Z",
                "2020-10-12",
                "2020-10-12T04:00:00Z",
                "1989-12-31",
                "+999999999-12-31",
            })
    void aDateThatCannotBeIsRefused(String published) throws IOException {
        assertThat(assertRefused(with("published", "\"" + published + "\""), "BAD_DATE")
                        .detail())
                .startsWith("field published: ");
    }

    @Test
    void anUpdateTimeThatCannotBeIsRefused() throws IOException {
        assertThat(assertRefused(with("updated", "\"yesterday\""), "BAD_DATE").detail())
                .startsWith("field updated: \"yesterday\" is no date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example/1", "/1", "ftp://a.example/1", "https://", "http://a b/", "mailto:x@a.example"})
    void anAddressThatIsNoneIsRefused(String url) throws IOException {
        assertThat(assertRefused(with("url", "\"" + url + "\""), "BAD_URL").detail())
                .startsWith("field url: \"" + url + "\" is no ");
    }

    @Test
    void aLineOverSixteenMebibytesIsRefusedAndKeptInPartOnly() throws IOException {
        read(" ".repeat((16 << 20) + 1) + "\n" + LINE);
        assertThat(releases).hasSize(1);
        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).cause()).isEqualTo("TOO_LARGE");
        assertThat(refusals.get(0).raw()).hasSize(64 << 10);
    }

    private Refusal assertRefused(String line, String cause) throws IOException {
        read(line);
        assertThat(releases).isEmpty();
        assertThat(refusals).hasSize(1);
        Refusal refusal = refusals.get(0);
        assertThat(refusal.cause()).as(refusal.detail()).isEqualTo(cause);
        assertThat(refusal.line()).isEqualTo(1);
        assertThat(refusal.detail()).hasLineCount(1);
        return refusal;
    }
}
