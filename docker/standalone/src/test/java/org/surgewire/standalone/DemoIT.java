package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.standalone.Program.Ended;

/** {@code surgewire demo} as its users start it. */
@EnabledOnOs(OS.LINUX)
class DemoIT {
    private static final String CALIFORNIA = "/v1/jurisdictions/ocd-division/country:us/state:ca/counts";
    private static final String UP =
            "^Surgewire is up: http://127\\.0\\.0\\.1:(\\d+)/ \\((\\d+) new announcements read; Ctrl-C ends it\\)$";
    private static final String ADDRESSES = "^Kafka: (\\S+), schema registry: (\\S+)$";

    @TempDir
    Path directory;

    private record Shown(
            JsonNode jurisdictions, JsonNode california, JsonNode alerts, Map<String, Integer> schemaIds) {}

    private static Shown shown(Program demo, int port) {
        var registry = URI.create(demo.awaitLine(ADDRESSES).group(2));
        Map<String, Integer> ids = new TreeMap<>();
        for (JsonNode subject : Program.get(registry.getPort(), "/subjects")) {
            String name = subject.textValue();
            ids.put(
                    name,
                    Program.get(registry.getPort(), "/subjects/" + name + "/versions/latest")
                            .get("id")
                            .asInt());
        }
        return new Shown(
                Program.get(port, "/v1/jurisdictions?limit=1000"),
                Program.get(port, CALIFORNIA),
                Program.get(port, "/v1/alerts?status=all&limit=1000"),
                ids);
    }

    @Test
    void theSampleIsCountedAndShownAndASecondStartGoesOnFromIt() throws Exception {
        Path data = directory.resolve("data");
        Shown first;
        try (var demo = Program.start(directory, "demo", "--port", "0", "--data", data.toString())) {
            var up = demo.awaitLine(UP);
            int port = Integer.parseInt(up.group(1));
            assertThat(up.group(2)).isEqualTo("111");
            assertThat(Program.response(port, "/").body()).startsWithIgnoringCase("<!doctype html>");
            first = shown(demo, port);
            assertThat(first.california().at("/total/best").asInt()).isPositive();
            assertThat(Program.get(port, "/v1/alerts?status=open").get("total").asInt())
                    .isPositive();
            assertThat(first.schemaIds()).containsKey("enforcement.alerts.v1-value");

            assertThat(Program.get(
                                    port,
                                    "/v1/sql?query=SELECT%20sum(arrests)%20FROM%20counts%20WHERE%20jurisdiction_id="
                                            + "'ocd-division/country:us/state:ca'")
                            .at("/rows/0/0")
                            .asInt())
                    .isPositive();
            assertThat(Program.response(port, "/sql").body()).startsWithIgnoringCase("<!doctype html>");
            assertThat(Program.response(port, "/v1/sql?query=DROP%20TABLE%20counts")
                            .body())
                    .contains("only a SELECT can be asked");
            String url = "http://127.0.0.1:" + port;
            Path tables = directory.resolve("tables");
            Ended exported = Program.run(
                    directory,
                    "export",
                    "--url",
                    url,
                    "--out",
                    tables.toString(),
                    "--format",
                    "parquet",
                    "--table",
                    "counts,jurisdictions");
            assertThat(exported.code()).as(exported.err().toString()).isZero();
            assertThat(tables.resolve("counts.parquet")).isNotEmptyFile();
            assertThat(tables.resolve("codebook.md")).content().contains("| arrests_low | whole |");
            assertThat(Program.run(
                                    directory,
                                    "export",
                                    "--url",
                                    url,
                                    "--out",
                                    tables.toString(),
                                    "--table",
                                    "counts,jurisdictions")
                            .code())
                    .isZero();
            Recipes.sql(port);
            Recipes.scripts(directory);
            Ended asked = Program.run(directory, "sql", "--url", url, "--csv", "SELECT count(*) AS n FROM alerts");
            assertThat(asked.out()).hasSize(2).first().isEqualTo("n");

            Ended second = Program.run(directory, "demo", "--port", "0", "--data", data.toString());
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err().get(second.err().size() - 1))
                    .startsWith("surgewire: ")
                    .contains(data.toString(), "in use by another process");

            demo.signal("TERM");
            Ended ended = demo.end();
            assertThat(ended.code()).isZero();
            assertQuiet(ended);
            assertThat(ended.out())
                    .anyMatch(line ->
                            line.matches("ALERT [A-Z]+ [\\d,]+ announced arrests in California on .*expected.*"));
        }
        try (var demo = Program.startAsInTerminal(directory, "demo", "--port", "0", "--data", data.toString())) {
            var up = demo.awaitLine(UP);
            assertThat(up.group(2)).isEqualTo("0");
            assertThat(shown(demo, Integer.parseInt(up.group(1)))).isEqualTo(first);
            demo.signal("INT");
            Ended ended = demo.end();
            assertThat(ended.code()).isZero();
            assertQuiet(ended);
            assertThat(ended.out()).noneMatch(line -> line.startsWith("ALERT"));
        }
    }

    @Test
    void aSignalWhileItStartsEndsItQuietlyToo() throws Exception {
        try (var demo = Program.start(directory, "demo", "--port", "0")) {
            demo.awaitLine("^surgewire: starting broker");
            demo.signal("TERM");
            Ended ended = demo.end();
            assertThat(ended.code()).isZero();
            assertQuiet(ended);
        }
        try (var left = Files.list(directory)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("surgewire-")))
                    .as("temporary directories")
                    .isEmpty();
        }
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertOneLine(
                    Program.run(directory, "demo", "--port", port),
                    "surgewire: cannot open the page: port " + port + " is in use; choose another with --port");
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        for (Path unwritable : List.of(file, file.resolve("below"), Path.of("/proc"), Path.of("/proc/below"))) {
            assertOneLine(
                    Program.run(directory, "demo", "--port", "0", "--data", unwritable.toString()),
                    "surgewire: cannot write the data: " + unwritable + "; choose a writable directory with --data");
        }
    }

    @Test
    void aFileToLoadThatIsNotThereIsOneLine() throws IOException, Exception {
        assertOneLine(
                Program.run(directory, "demo", "--port", "0", "--file", "no-such.jsonl"),
                "surgewire: cannot read: no-such.jsonl; name a JSON Lines file, plain or gzip");
    }

    private static void assertOneLine(Ended ended, String line) {
        assertThat(ended.err()).containsExactly(line);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(1);
    }

    private static void assertQuiet(Ended ended) {
        assertThat(ended.err())
                .allMatch(line -> line.equals("surgewire: starting broker, registry and topologies")
                        || line.startsWith("surgewire: the page is at http://127.0.0.1:")
                        || line.startsWith("loading the sample "));
        assertThat(ended.out()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
    }
}
