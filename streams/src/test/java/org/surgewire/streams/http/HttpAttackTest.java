package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.instances.Instances;
import org.surgewire.streams.query.Stores;

/** What strangers may try on the port of the page. No store is there: what gets through is answered with 503. */
@Timeout(60)
class HttpAttackTest {
    private static final HttpLimits USUAL = HttpLimits.perSecond(1000);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();

    @TempDir
    private Path directory;

    private HttpServer server(HttpLimits limits) throws IOException {
        return server(new HttpSettings(List.of(), Keys.NONE, limits), 0, routes -> {});
    }

    private HttpServer server(HttpSettings settings, int instancesPort, Consumer<RoutesConfig> further)
            throws IOException {
        var server = new HttpServer(
                new Stores(name -> {
                    throw new InvalidStateStoreException("none");
                }),
                Jurisdictions.bundled(),
                () -> true,
                () -> 0,
                List.of(),
                settings,
                instancesPort,
                further);
        servers.add(server);
        server.start(0);
        return server;
    }

    @AfterEach
    void close() {
        servers.forEach(HttpServer::close);
    }

    private HttpResponse<String> ask(int port, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + HttpServer.LOOPBACK + ":" + port + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends bytes as they are and reads until the server closes. */
    private static String raw(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode problem(int status, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(Problem.MEDIA_TYPE);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        JsonNode problem = mapper.readTree(response.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        return problem;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/..%2f..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/%252e%252e%252f%252e%252e%252fetc/passwd",
                "/..\\..\\..\\etc\\passwd",
                "/..%5c..%5cetc%5cpasswd",
                "/page.css%00.html",
                "/vendor/..%2f..%2fHttpServer.class",
                "/vendor/..;/..;/HttpServer.class",
                "/app//..//..//HttpServer.class",
                "/v1/exports/..%2f..%2f..%2fetc%2fpasswd",
                "/v1/exports/%2fetc%2fpasswd",
                "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
                "//etc/passwd",
                "/META-INF/MANIFEST.MF",
                "/org/surgewire/streams/http/HttpServer.class"
            })
    void noPathLeadsOutOfThePage(String path) throws Exception {
        String answer = raw(server(USUAL).port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").contains("application/problem+json");
        assertThat(answer).doesNotContain("root:", "Manifest-Version").doesNotContainIgnoringCase("exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "NONSENSE"})
    void itIsOnlyReadFrom(String method) throws Exception {
        int port = server(USUAL).port();
        for (String path : List.of("/", "/v1/alerts", "/metrics", "/live", "/nowhere")) {
            String answer = raw(port, method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: GET, HEAD, OPTIONS\r\n", "application/problem+json");
        }
    }

    @Test
    void aHeadOfAPageHasNoBody() throws Exception {
        String answer = raw(server(USUAL).port(), "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000", "Content-Length: 1", "Transfer-Encoding: chunked"})
    void aBodyIsNotReadAndEndsTheConnection(String header) throws Exception {
        String answer = raw(
                server(USUAL).port(),
                "GET /v1/alerts HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\nGET /v1/rankings HTTP/1.1\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").containsOnlyOnce("HTTP/1.1");
    }

    /** Two lengths, or a length and chunks: proxies and servers disagree on where the next request begins. */
    @Test
    void aSmuggledRequestIsNotAnswered() throws Exception {
        int port = server(USUAL).port();
        for (String headers : List.of(
                "Content-Length: 0\r\nContent-Length: 44",
                "Content-Length: 44\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding:\u000bchunked",
                "Content-Length : 44",
                "X: a\r\n folded")) {
            String answer = raw(
                    port,
                    "GET /live HTTP/1.1\r\nHost: x\r\n" + headers
                            + "\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer)
                    .as(headers)
                    .matches("(?s)HTTP/1.1 (400|413|501) .*")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    @Test
    void aLongLineAndManyHeadersAreRefused() throws Exception {
        int port = server(USUAL).port();
        assertThat(raw(port, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json");
        assertThat(raw(port, "GET /live HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(raw(port, "GET /live HTTP/1.1\r\nHost: x\r\n" + "X: a\r\n".repeat(3000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/alerts?jurisdiction=%0D%0ASet-Cookie:%20a=b",
                "/v1/cases/a%0d%0aSet-Cookie:%20a=b",
                "/docs%0d%0aSet-Cookie:%20a=b",
                "/v1/nowhere/%0aSet-Cookie:%20a=b"
            })
    void aLineEndInAnAddressEndsNoHeader(String path) throws Exception {
        String answer = raw(server(USUAL).port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContainIgnoringCase("\nset-cookie");
    }

    /** A byte every now and then keeps the usual time-out of silence from ever running out. */
    @Test
    void aRequestThatTricklesInIsGivenUp() throws Exception {
        int port = server(new HttpLimits(1000, 1000, 100, 100, Duration.ofMillis(500), Duration.ofSeconds(30), 8 << 10))
                .port();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(trickles(socket, "GET /live HTTP/1.1\r\nHost: x\r\nX-Slow: "))
                    .isLessThan(20);
        }
        // Also after a request that was in time.
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(trickles(socket, "GET /live HTTP/1.1\r\nX: ")).isLessThan(20);
        }
    }

    /** Bytes sent, one each 100 ms, until the connection is closed; at most 100. */
    private static int trickles(Socket socket, String begin) throws Exception {
        OutputStream out = socket.getOutputStream();
        socket.setSoTimeout(100);
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        InputStream in = socket.getInputStream();
        for (int sent = 0; sent < 100; sent++) {
            try {
                out.write('a');
                while (in.read() >= 0) {
                    // The answer before.
                }
                return sent;
            } catch (SocketTimeoutException e) {
                // Still open.
            } catch (SocketException e) {
                return sent;
            }
        }
        return 100;
    }

    @Test
    void anAnswerThatTakesLongerIsNotBrokenOff() throws Exception {
        var limits = new HttpLimits(1000, 1000, 100, 100, Duration.ofMillis(200), Duration.ofSeconds(30), 8 << 10);
        int port = server(
                        new HttpSettings(List.of(), Keys.NONE, limits),
                        0,
                        routes -> routes.get("/v1/slow", context -> {
                            var out = context.outputStream();
                            for (int i = 0; i < 10; i++) {
                                out.write('a');
                                out.flush();
                                Thread.sleep(60);
                            }
                        }))
                .port();
        assertThat(ask(port, "/v1/slow").body()).isEqualTo("a".repeat(10));
    }

    @Test
    void aClientThatAsksTooOftenIsToldWhenToAskAgainAndHealthIsStillAnswered() throws Exception {
        int port = server(new HttpLimits(1, 5, 100, 100, Duration.ofSeconds(30), Duration.ofSeconds(30), 8 << 10))
                .port();
        HttpResponse<String> refused = null;
        for (int i = 0; i < 10; i++) {
            refused = ask(port, "/v1/alerts");
        }
        problem(429, refused);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(ask(port, "/ready").statusCode()).isEqualTo(200);
        // What a client writes of itself changes nothing.
        problem(429, ask(port, "/v1/alerts", "X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1"));
    }

    @Test
    void itSaysWhenItLags() throws Exception {
        var behind = new AtomicLong();
        var server = new HttpServer(
                new Stores(name -> null),
                Jurisdictions.bundled(),
                () -> true,
                behind::get,
                List.of(),
                HttpSettings.defaults(),
                0,
                routes -> {});
        servers.add(server);
        server.start(0);
        assertThat(ask(server.port(), "/ready").body()).isEqualTo("{\"status\":\"ready\",\"behind\":0}");
        behind.set(1000);
        HttpResponse<String> lagging = ask(server.port(), "/ready");
        assertThat(lagging.statusCode()).isEqualTo(200);
        assertThat(lagging.body()).isEqualTo("{\"status\":\"lagging\",\"behind\":1000}");
    }

    @Test
    void connectionsAreNotOpenedWithoutEnd() throws Exception {
        int port = server(new HttpLimits(1000, 1000, 100, 4, Duration.ofMillis(500), Duration.ofSeconds(30), 8 << 10))
                .port();
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                held.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            // Those that ask for nothing are closed, and then others get in.
            assertThat(ask(port, "/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void keysOpenWhatTheirRoleMay() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(3);
        String reading = HexFormat.of().toHexDigits(random.nextLong());
        String operating = HexFormat.of().toHexDigits(random.nextLong());
        Path file = directory.resolve("keys");
        Files.writeString(
                file,
                "# who may ask\n\nreader " + sha256(reading) + " an analyst\noperator " + sha256(operating)
                        + " Prometheus\n");
        int port = server(new HttpSettings(List.of(), Keys.read(file), USUAL), 0, routes -> {})
                .port();

        for (String path : List.of("/", "/app/main.js", "/v1/alerts", "/v1/events", "/metrics", "/nowhere", "/docs")) {
            HttpResponse<String> refused = ask(port, path);
            problem(401, refused);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .get()
                    .asString()
                    .startsWith("Basic ");
            problem(401, ask(port, path, "Authorization", "Bearer " + reading + "x"));
            // A hash that leaked opens nothing.
            problem(401, ask(port, path, "Authorization", "Bearer " + sha256(operating)));
        }
        for (String header : List.of("Bearer", "Bearer ", "Basic %", "Basic " + basic("no colon"), "Digest x", "")) {
            problem(401, ask(port, "/v1/alerts", "Authorization", header));
        }
        assertThat(ask(port, "/live").statusCode()).isEqualTo(200);
        assertThat(ask(port, "/", "Authorization", "Bearer " + reading).statusCode())
                .isEqualTo(200);
        problem(503, ask(port, "/v1/alerts", "Authorization", "Basic " + basic("anybody:" + reading)));
        problem(403, ask(port, "/metrics", "Authorization", "Bearer " + reading));
        assertThat(ask(port, "/metrics", "Authorization", "Bearer " + operating).body())
                .contains("surgewire_http_refused_total{cause=\"role\"} 1.0")
                .doesNotContain(reading, operating);
    }

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "reader", "admin 00 x", "reader 00 x", "reader secret name"})
    void aFileThatIsNoListOfKeysIsRefusedWithoutShowingWhatItHolds(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), text);
        assertThatThrownBy(() -> Keys.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatInstancesGiveEachOtherIsNotOnThePortOfThePage() throws Exception {
        int own;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            own = free.getLocalPort();
        }
        int port = server(
                        HttpSettings.defaults(),
                        own,
                        new InstanceRoutes(new Instances(null, HttpServer.LOOPBACK + ":" + own, 1), own)::addTo)
                .port();

        for (String path : List.of(
                "/internal/stores/cases?partition=0",
                "/%69nternal/stores/cases?partition=0",
                "/v1/..%2finternal/stores/cases?partition=0",
                "//internal/stores/cases?partition=0")) {
            assertThat(ask(port, path).statusCode()).as(path).isIn(400, 404);
        }
        // There is no store here, so that the question fails; but it is asked.
        problem(500, ask(own, "/internal/stores/cases?partition=0"));
        problem(404, ask(own, "/v1/alerts"));
        problem(404, ask(own, "/metrics"));
    }

    @Test
    void thePortOfThePageIsNoneForInstances() {
        var server = new HttpServer(
                new Stores(name -> null),
                Jurisdictions.bundled(),
                () -> true,
                () -> 0,
                List.of(),
                HttpSettings.defaults(),
                9999,
                routes -> {});
        servers.add(server);
        assertThatThrownBy(() -> server.start(9999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9999");
    }
}
