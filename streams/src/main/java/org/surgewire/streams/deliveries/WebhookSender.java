package org.surgewire.streams.deliveries;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.addresses.PublicAddresses;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.deliveries.Subscription.Webhook;

/**
 * Posts messages as Standard Webhooks has them. 2xx is taken for delivered, 410 for gone, 400, 413, 415 and 422 for a
 * refusal of this message, anything else for a failure. Redirects are not followed, private addresses not connected to
 * unless the subscription says so, bodies of answers not read. An attempt takes 15 seconds at most.
 */
final class WebhookSender implements Sender {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(16 * 1024)
            .build();

    private final MessageJson json;
    private final InstantSource now;
    private final Duration total;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    WebhookSender(List<Subscription> subscriptions, Jurisdictions jurisdictions, InstantSource now, Duration total) {
        this.json = new MessageJson(jurisdictions);
        this.now = now;
        this.total = total;
        Set<String> named = subscriptions.stream()
                .map(Subscription::target)
                .filter(target -> target instanceof Webhook webhook && webhook.isPrivate())
                .map(target -> endpoint(((Webhook) target).url()))
                .collect(Collectors.toSet());
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guard(named))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(LIMITS)
                                .build())
                        .setMaxConnTotal(Integer.MAX_VALUE)
                        .setMaxConnPerRoute(Integer.MAX_VALUE)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(SILENCE).build())
                .setUserAgent("Surgewire/0.1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
        deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "surgewire-webhook-deadlines");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Outcome send(Subscription subscription, Message message) {
        var webhook = (Webhook) subscription.target();
        byte[] body = json.of(message);
        long timestamp = now.instant().getEpochSecond();
        var request = new HttpPost(webhook.url());
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader("webhook-signature", Signature.of(webhook.secrets(), message.id(), timestamp, body));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        ScheduledFuture<?> deadline = deadlines.schedule(request::cancel, total.toMillis(), TimeUnit.MILLISECONDS);
        Outcome outcome = null;
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            outcome = outcome(response);
            // Closing would read the body to its end, which a receiver need not have.
            request.cancel();
            return outcome;
        } catch (IOException | RuntimeException e) {
            if (outcome != null) {
                return outcome;
            }
            return Outcome.failed(
                    request.isCancelled() ? "no answer within " + total.toSeconds() + " s" : words(e), null);
        } finally {
            deadline.cancel(false);
        }
    }

    private Outcome outcome(ClassicHttpResponse response) {
        int status = response.getCode();
        String detail = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return Outcome.delivered();
        } else if (status == 410) {
            return Outcome.gone(detail + ": the receiver wants nothing more");
        } else if (REFUSALS.contains(status)) {
            return Outcome.refused(detail);
        } else if (status >= 300 && status < 400) {
            return Outcome.failed(detail + ": redirects are not followed; write the address it leads to", null);
        }
        return Outcome.failed(detail, asked(response.getFirstHeader("Retry-After")));
    }

    private @Nullable Duration asked(@Nullable Header header) {
        String value = header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Instant present = now.instant();
            return until.isAfter(present) ? Duration.between(present, until) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String words(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String endpoint(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Decides at the moment of connecting, whatever a name server said before. */
    private static final class Guard implements DnsResolver {
        private final Set<String> named;

        Guard(Set<String> named) {
            this.named = named;
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (!named.contains(host.toLowerCase(Locale.ROOT) + ":" + port)) {
                requirePublic(host, addresses);
            }
            return Arrays.stream(addresses)
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            requirePublic(host, addresses);
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }

        private static void requirePublic(String host, InetAddress[] addresses) throws UnknownHostException {
            for (InetAddress address : addresses) {
                if (!PublicAddresses.contain(address)) {
                    throw new UnknownHostException(host + " leads to the private address " + address.getHostAddress()
                            + "; write private: true where that is meant");
                }
            }
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("an HTTP client without a cache closes nothing that fails", e);
        }
    }
}
