package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.ingest.feed.Body;
import org.surgewire.ingest.feed.FeedException;
import org.surgewire.ingest.feed.FeedReader;
import org.surgewire.ingest.feed.TextDecoder;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import org.surgewire.ingest.source.SourcesException;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.AvroSerde;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.streams.http.HttpLimits;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.http.Keys;
import org.surgewire.streams.query.Stores;

/**
 * Every parser of what comes from outside, with what it is meant for changed at random: it reads or refuses, in time, and
 * nothing else. {@code -Dsurgewire.fuzz.seconds=8} gives each so long, {@code -Dsurgewire.seed=} repeats a run.
 */
class FuzzTest {
    private static final Path RECORDED = Path.of("../../ingest/src/test/resources/org/surgewire/ingest");
    private static final Path SAMPLE =
            Path.of("../../ingest/src/main/resources/org/surgewire/ingest/sample/autumn-2020.jsonl");
    private static final Path REGISTRY =
            Path.of("../../ingest/src/main/resources/org/surgewire/ingest/source/sources.yaml");
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2020-11-01T12:00:00Z"));
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1 << 20;
    private static final long MILLIS =
            (long) (1000 * Double.parseDouble(System.getProperty("surgewire.fuzz.seconds", "1")));

    private final long seed = Long.getLong("surgewire.seed", 20201007);
    private final Random random = new Random(seed);

    /** Reads, or fails as it may. */
    private interface Parser {
        void read(byte[] input) throws Exception;
    }

    private void fuzz(String what, List<byte[]> seeds, Parser parser) {
        assertThat(seeds).isNotEmpty();
        long end = System.nanoTime() + MILLIS * 1_000_000;
        int round = 0;
        for (; System.nanoTime() < end; round++) {
            byte[] input = round < seeds.size() ? seeds.get(round) : mutated(seeds);
            String repeat = what + ", seed " + seed + ", round " + round;
            long begun = System.nanoTime();
            try {
                parser.read(input);
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(repeat + ": " + Base64.getEncoder().encodeToString(input), e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(repeat).isLessThan(LONGEST);
        }
        System.out.printf("FuzzTest: %s, %,d inputs, seed %d%n", what, round, seed);
    }

    private static final byte[][] TOKENS = Stream.of(
                    "<",
                    ">",
                    "&",
                    "&#x0;",
                    "&amp;amp;",
                    "<![CDATA[",
                    "]]>",
                    "<!--",
                    "<item>",
                    "</item>",
                    "<!DOCTYPE r [<!ENTITY a \"b\">]>",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "1e999",
                    "-0",
                    "\r\n",
                    "\n",
                    "\u0000",
                    "\u202e",
                    "%",
                    "%00",
                    "%0a",
                    "%ff",
                    "=",
                    "&",
                    "?",
                    "#",
                    "+",
                    ",",
                    "'",
                    "9999999999999999999",
                    "0000-00-00",
                    "2020-02-30T25:61:61Z",
                    "\ufeff",
                    "\u2028",
                    "😀",
                    "*a",
                    "&a ",
                    "!!",
                    "- ",
                    ": ")
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private byte[] mutated(List<byte[]> seeds) {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + 1 + random.nextInt(200));
            bytes = switch (random.nextInt(7)) {
                case 0 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {(byte) random.nextInt(256)});
                case 2 -> spliced(bytes, at, to, new byte[0]);
                case 3 -> spliced(bytes, at, at, repeated(Arrays.copyOfRange(bytes, at, to), 1 + random.nextInt(50)));
                case 4 ->
                    spliced(bytes, at, at, repeated(TOKENS[random.nextInt(TOKENS.length)], 1 + random.nextInt(3)));
                case 5 -> Arrays.copyOf(bytes, at);
                default -> {
                    byte[] other = seeds.get(random.nextInt(seeds.size()));
                    int from = other.length == 0 ? 0 : random.nextInt(other.length);
                    yield spliced(bytes, at, to, Arrays.copyOfRange(other, from, Math.min(other.length, from + 500)));
                }
            };
            if (bytes.length > MOST_BYTES) {
                bytes = Arrays.copyOf(bytes, MOST_BYTES);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(with);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static List<byte[]> recorded(String ending) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RECORDED)) {
            for (Path file : files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    @ParameterizedTest
    @CsvSource({"ice-rss,.xml", "dhs,.html", "doj-api,.json"})
    void anAnswerOfASourceIsReadOrRefused(String id, String ending) throws IOException {
        Source source = Sources.bundled().find(id).orElseThrow();
        var reader = new FeedReader(NOW);
        fuzz(id, recorded(ending), input -> {
            try {
                reader.read(source, new Body(source.address(), TextDecoder.decode(input, null)));
            } catch (FeedException e) {
                assertThat(e.code()).isNotBlank();
            }
        });
    }

    @Test
    void linesAreReadOrRefused() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String line : Files.readAllLines(SAMPLE).subList(0, 30)) {
            seeds.add((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        fuzz("JSON Lines", seeds, input -> {
            try {
                new JsonLines(ZoneId.of("America/New_York"), NOW)
                        .read("fuzz", new ByteArrayInputStream(input), release -> {}, refusal -> {});
            } catch (IOException e) {
                // What claims to be gzip and is none.
                assertThat(input).startsWith(0x1f, 0x8b);
            }
        });
    }

    @Test
    void aRegistryOfSourcesIsReadOrRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("sources.yaml");
        fuzz("sources.yaml", List.of(Files.readAllBytes(REGISTRY)), input -> {
            Files.write(file, input);
            try {
                Sources.load(file);
            } catch (SourcesException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        });
    }

    @Test
    void anAvroFrameIsReadOrRefused() {
        Registry registry = Registry.autoRegistering("mock://fuzz");
        var announcements = new AvroSerde<>(registry, ArrestAnnouncement.class);
        var health = new AvroSerde<>(registry, SourceHealth.class);
        byte[] report = health.serialize(
                "h",
                SourceHealth.newBuilder()
                        .setSourceId("source")
                        .setAt(NOW.instant())
                        .setStatus("OK")
                        .setItems(7)
                        .setRefused(0)
                        .setImplausibleDates(0)
                        .build());
        var letters = new AvroSerde<>(registry, DeadLetter.class);
        byte[] letter = letters.serialize(
                "l",
                DeadLetter.newBuilder()
                        .setAt(NOW.instant())
                        .setCause("c")
                        .setDetail("d")
                        .setTopic("t")
                        .setPartition(0)
                        .setOffset(1L)
                        .setRaw(ByteBuffer.allocate(20))
                        .build());
        fuzz("Avro frames", List.of(report, letter, new byte[] {0, 0, 0, 0, 1}), input -> {
            for (AvroSerde<?> serde : List.of(announcements, health, letters)) {
                try {
                    serde.deserialize("topic", input);
                } catch (SerializationException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        });
    }

    @Test
    void aQueryIsAnsweredOrRefused() throws IOException {
        List<byte[]> seeds = Stream.of(
                        "/v1/jurisdictions?query=mecklenburg&match=near&limit=7&within=ocd-division/country:us&sort=365d",
                        "/v1/jurisdictions/ocd-division/country:us/counts?by=period&from=2020-09-27&to=2020-10-08&asOf=2020-10-07T12:00:00Z",
                        "/v1/compare?ids=ocd-division/country:us,ocd-division/country:us/state:ca&bucket=week",
                        "/v1/alerts?status=open&limit=3&cursor=abc",
                        "/v1/exports/counts?format=csv",
                        "/v1/map?level=county",
                        "/v1/cases/https:%2F%2Fice.example%2Fa%3Fb=c",
                        "/app/main.js")
                .map(path -> path.getBytes(StandardCharsets.UTF_8))
                .toList();
        Stores none = new Stores(name -> {
            throw new InvalidStateStoreException("none");
        });
        try (var server = new HttpServer(
                none,
                Jurisdictions.bundled(),
                () -> true,
                List.of(),
                new HttpSettings(List.of(), Keys.NONE, HttpLimits.perSecond(1_000_000)),
                routes -> {})) {
            server.start(0);
            fuzz("query strings", seeds, input -> {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    var out = new ByteArrayOutputStream();
                    out.writeBytes("GET ".getBytes(StandardCharsets.US_ASCII));
                    out.writeBytes(Arrays.copyOf(input, Math.min(input.length, 7000)));
                    out.writeBytes(
                            " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(out.toByteArray());
                    String answer = new String(socket.getInputStream().readNBytes(2000), StandardCharsets.UTF_8);
                    assertThat(answer).matches("(?s)HTTP/1.1 (200|302|304|400|404|405|413|414|431|503|505) .*");
                }
            });
        }
    }
}
