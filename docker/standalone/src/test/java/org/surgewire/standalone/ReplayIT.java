package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.standalone.Program.Ended;

/** {@code surgewire replay} as its users start it. */
@EnabledOnOs(OS.LINUX)
class ReplayIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Ended replay(Path out, Path... files) throws Exception {
        var arguments = new ArrayList<>(List.of("replay"));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        arguments.addAll(List.of("--out", out.toString()));
        return Program.run(directory, arguments.toArray(String[]::new));
    }

    private static Map<String, String> contents(Path out) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(out)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static String release(String url, String county, int arrests) {
        return """
                {"source":"test","publisher":"U.S. Immigration and Customs Enforcement","url":"https://releases.example/%s",\
                "title":"ICE arrests %d in %s County, North Carolina","published":"2020-09-28",\
                "text":"RALEIGH, N.C. – Officers of U.S. Immigration and Customs Enforcement arrested %d people in %s County, \
                North Carolina, on September 25, the agency said Monday."}\
                """
                .formatted(url, arrests, county, arrests, county);
    }

    @Test
    void twoReplaysOfTheSampleAreTheSameByteForBytePlainAndGzip() throws Exception {
        Path plain = directory.resolve("sample.jsonl");
        Path gzip = directory.resolve("sample.jsonl.gz");
        try (var sample = Sample.open();
                var to = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            byte[] bytes = sample.readAllBytes();
            Files.write(plain, bytes);
            to.write(bytes);
        }
        Ended first = replay(directory.resolve("first"), plain);
        assertThat(first.code()).as(first.err().toString()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(first.err())
                .last()
                .isEqualTo("surgewire: counted 111 revisions of announcements, parked 0 lines in "
                        + directory.resolve("first/dead-letters.jsonl"));
        assertThat(replay(directory.resolve("second"), gzip).code()).isZero();

        Map<String, String> written = contents(directory.resolve("first"));
        assertThat(written)
                .containsOnlyKeys(
                        "alerts.jsonl",
                        "announcements.jsonl",
                        "cases.jsonl",
                        "counts-by-period.csv",
                        "counts.csv",
                        "dead-letters.jsonl",
                        "operations.jsonl",
                        "totals.csv")
                .isEqualTo(contents(directory.resolve("second")));
        assertThat(written.get("totals.csv").lines().findFirst())
                .hasValue("jurisdiction_id,name,level,announcements,cases,arrests_low,arrests,arrests_high");
        assertThat(written.get("counts.csv").lines().findFirst())
                .hasValue("jurisdiction_id,name,level,date,announcements,cases,arrests_low,arrests,arrests_high");
        assertThat(written.get("totals.csv").lines().skip(1)).isSorted().hasSizeGreaterThan(50);
    }

    @Test
    void linesThatAreNoReleaseAreParkedWithLineAndCauseAndTheRestIsCounted() throws Exception {
        Path input = directory.resolve("input.jsonl");
        String good = release("wake", "Wake", 12);
        Files.write(
                input,
                List.of(
                        good,
                        "not JSON",
                        good.replace("\"publisher\"", "\"publisher_\""),
                        "",
                        good.replace("2020-09-28", "2020-09-31"),
                        good.replace("https://releases.example/", "/"),
                        release("durham", "Durham", 7)));
        Path out = directory.resolve("out");
        Ended ended = replay(out, input);
        assertThat(ended.code()).as(ended.err().toString()).isZero();
        assertThat(ended.err())
                .last()
                .isEqualTo("surgewire: counted 2 revisions of announcements, parked 4 lines in "
                        + out.resolve("dead-letters.jsonl"));
        Map<Integer, String> causes = new TreeMap<>();
        for (String line : Files.readAllLines(out.resolve("dead-letters.jsonl"))) {
            JsonNode letter = JSON.readTree(line);
            assertThat(letter.get("file").textValue()).isEqualTo(input.toString());
            assertThat(letter.get("detail").textValue()).isNotBlank();
            causes.put(letter.get("line").asInt(), letter.get("cause").textValue());
        }
        assertThat(causes)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(2, "NOT_JSON", 3, "MISSING_FIELD", 5, "BAD_DATE", 6, "BAD_URL"));
        assertThat(Files.readAllLines(out.resolve("totals.csv")))
                .contains(
                        "ocd-division/country:us/state:nc,North Carolina,state,2,2,19,19,19",
                        "ocd-division/country:us/state:nc/county:wake,Wake County,county,1,1,12,12,12");
    }

    @Test
    void aCorrectionReplacesAndAWithdrawalTakesBackWhatAFileBeforeSaid() throws Exception {
        Path first = directory.resolve("first.jsonl");
        Path later = directory.resolve("later.jsonl");
        Files.write(
                first,
                List.of(release("wake", "Wake", 12), release("durham", "Durham", 7), release("orange", "Orange", 5)));
        Files.write(
                later,
                List.of(
                        release("wake?utm_source=mail", "Wake", 15),
                        """
                        {"source":"test","publisher":"ICE","url":"https://releases.example/durham",\
                        "published":"2020-09-28","withdrawn":true}"""));
        Path out = directory.resolve("out");
        Ended ended = replay(out, first, later);
        assertThat(ended.code()).as(ended.err().toString()).isZero();
        List<String> totals = Files.readAllLines(out.resolve("totals.csv"));
        assertThat(totals)
                .contains(
                        "ocd-division/country:us/state:nc,North Carolina,state,2,2,20,20,20",
                        "ocd-division/country:us/state:nc/county:orange,Orange County,county,1,1,5,5,5",
                        "ocd-division/country:us/state:nc/county:wake,Wake County,county,1,1,15,15,15")
                .noneMatch(line -> line.contains("Durham"));
    }

    @Test
    void whatCannotBeReadOrWrittenIsOneLine() throws Exception {
        Path missing = directory.resolve("missing.jsonl");
        Ended unread = replay(directory.resolve("out"), missing);
        assertThat(unread.err())
                .containsExactly("surgewire: cannot read: " + missing + "; name a JSON Lines file, plain or gzip");
        assertThat(unread.code()).isEqualTo(1);

        Path file = Files.createFile(directory.resolve("file"));
        Ended unwritten = replay(file, file);
        assertThat(unwritten.err())
                .containsExactly(
                        "surgewire: cannot write the result: " + file + "; choose a writable directory with --out");
        assertThat(unwritten.code()).isEqualTo(1);
    }

    @Test
    void aFileWithoutReleasesGivesHeadersAlone() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.jsonl"));
        Path out = directory.resolve("out");
        Ended ended = replay(out, empty);
        assertThat(ended.code()).as(ended.err().toString()).isZero();
        assertThat(Files.readAllLines(out.resolve("totals.csv"))).hasSize(1);
        assertThat(Files.readAllLines(out.resolve("alerts.jsonl"))).isEmpty();
    }
}
