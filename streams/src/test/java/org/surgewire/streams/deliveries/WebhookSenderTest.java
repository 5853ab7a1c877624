package org.surgewire.streams.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.feeds.Told;

class WebhookSenderTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OLD_KEY = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final Dated ALERT = new Dated(Told.hostile(), Instant.parse("2020-09-28T16:00:00Z"));
    private static final Duration PATIENT = Duration.ofSeconds(15);

    private record Received(HttpHeaders headers, String body) {}

    private final List<Received> received = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 204;
    private volatile String header = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::take);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
        if (!header.isEmpty()) {
            int colon = header.indexOf(": ");
            exchange.getResponseHeaders().set(header.substring(0, colon), header.substring(colon + 2));
        }
        if (exchange.getRequestURI().getPath().equals("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            // Never ended: nobody should wait for it.
            exchange.getResponseBody().write(new byte[1 << 16]);
            exchange.getResponseBody().flush();
        } else {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Outcome send(String url, boolean isPrivate, Message message) {
        return send(url, isPrivate, message, PATIENT);
    }

    private Outcome send(String url, boolean isPrivate, Message message, Duration total) {
        var target = new Subscription.Webhook(URI.create(url), List.of(KEY, OLD_KEY), isPrivate);
        var subscription = new Subscription("desk", target, new AlertFilter(null, null, "INFO"), null);
        try (var sender =
                new WebhookSender(List.of(subscription), Jurisdictions.bundled(), InstantSource.system(), total)) {
            return sender.send(subscription, message);
        }
    }

    private Outcome send(String path) {
        return send(address() + path, true, Message.of("desk", ALERT));
    }

    @Test
    void aMessageIsSignedAsStandardWebhooksHasItWithEverySecret() throws Exception {
        assertThat(send("/hook").kind()).isEqualTo(Outcome.Kind.DELIVERED);
        Received message = received.get(0);

        for (byte[] key : List.of(KEY, OLD_KEY)) {
            var receiver = new Webhook("whsec_" + Base64.getEncoder().encodeToString(key));
            assertThatCode(() -> receiver.verify(message.body(), message.headers()))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> receiver.verify(message.body() + " ", message.headers()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        JsonNode body = new ObjectMapper().readTree(message.body());
        assertThat(body.get("type").textValue()).isEqualTo("alert.opened");
        assertThat(body.get("timestamp").textValue()).isEqualTo("2020-09-28T16:00:00Z");
        assertThat(body.at("/data/id").textValue()).isEqualTo(ALERT.id());
        assertThat(body.at("/data/firstDay").textValue()).isEqualTo("2020-09-28");
        assertThat(body.at("/data/evidence/0/title").textValue()).startsWith("]]><script>");
    }

    @Test
    void theSameMessageHasTheSameIdAndBodyAndAnotherHasAnother() {
        send("/hook");
        send("/hook");
        send(address() + "/hook", true, Message.of("other", ALERT));

        assertThat(received)
                .extracting(Received::body)
                .containsOnly(received.get(0).body());
        assertThat(received)
                .extracting(each -> each.headers().firstValue("webhook-id").orElseThrow())
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2)));
    }

    @Test
    void aDigestIsOneMessage() throws Exception {
        send(address() + "/hook", true, Message.digest("desk", List.of(ALERT, ALERT)));

        JsonNode body = new ObjectMapper().readTree(received.get(0).body());
        assertThat(body.get("type").textValue()).isEqualTo("alerts.digest");
        assertThat(body.at("/data/alerts")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED", "202, DELIVERED", "301, FAILED", "400, REFUSED", "401, FAILED", "404, FAILED",
        "410, GONE", "413, REFUSED", "422, REFUSED", "429, FAILED", "500, FAILED", "503, FAILED"
    })
    void theStatusSaysHowItEnded(int answer, Outcome.Kind kind) {
        status = answer;

        assertThat(send("/hook").kind()).isEqualTo(kind);
    }

    @Test
    void aRedirectIsNotFollowed() {
        status = 307;
        header = "Location: /elsewhere";

        assertThat(send("/hook").detail()).contains("redirects are not followed");
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "in a while", "-5", "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999"})
    void onlyAWaitThatCanBeReadIsKept(String value) {
        status = 503;
        header = "Retry-After: " + value;

        assertThat(send("/hook").asked()).isEqualTo(value.equals("120") ? Duration.ofMinutes(2) : null);
    }

    @Test
    void anAnswerWithoutEndIsNotWaitedFor() {
        assertThat(send("/endless").kind()).isEqualTo(Outcome.Kind.DELIVERED);
    }

    @Test
    void aReceiverThatNeverAnswersIsLeftInTime() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = send(
                    "http://127.0.0.1:" + silent.getLocalPort() + "/",
                    true,
                    Message.of("desk", ALERT),
                    Duration.ofMillis(200));

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.detail()).startsWith("no answer within");
        }
    }

    @Test
    void nothingIsSentToAPrivateAddressThatTheOperatorDidNotCallSo() {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) {
            Outcome outcome = send(
                    "http://" + host + ":" + server.getAddress().getPort() + "/", false, Message.of("desk", ALERT));

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.detail()).contains("leads to the private address");
        }
        assertThat(received).isEmpty();
    }
}
