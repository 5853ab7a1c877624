package org.surgewire.ingest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.fetch.AddressGuard.PrivateAddressException;
import org.surgewire.ingest.fetch.FetchException.Kind;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Politeness;

/**
 * Reads pages as a guest: under its own name, one request at a time to a host, no faster than the source's politeness and
 * robots.txt allow, and never past a refusal. Redirects are followed five times, each with the same checks. Cookies,
 * passwords and proxies are not used. Thread-safe.
 */
public final class Fetcher implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration SHORT_WAIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_CRAWL_DELAY = Duration.ofMinutes(5);
    private static final Set<String> PACKING = Set.of("content-encoding", "content-length", "transfer-encoding");

    private final FetchLimits limits;
    private final InstantSource now;
    private final RandomGenerator random;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;
    private final Robots robots = new Robots();
    private final Map<String, HostGate> gates = new ConcurrentHashMap<>();

    /**
     * Opens no connection yet.
     *
     * @param contact e-mail address or page of whoever runs this, sent with every request
     * @param sources whose addresses may be private, since the operator named them
     */
    public Fetcher(
            String contact, List<Source> sources, FetchLimits limits, InstantSource now, RandomGenerator random) {
        this.limits = limits;
        this.now = now;
        this.random = random;
        Set<String> named = new HashSet<>();
        for (Source source : sources) {
            if (!source.kind().isLocal(source.address())) {
                URI uri = URI.create(source.address());
                named.add(AddressGuard.endpoint(uri.getHost(), port(uri)));
            }
        }
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new AddressGuard(named))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.silence()))
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(limits.silence()))
                        .build())
                .setUserAgent("Surgewire/0.1 (contact: " + contact.replaceAll("[^\\x20-\\x7e]", "") + ")")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "surgewire-fetch-deadlines");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads a page, after waiting for the host's turn.
     *
     * @param validators of an earlier answer; {@link Validators#NONE} to have the page whatever it is
     */
    public Fetched get(String url, Politeness politeness, Validators validators)
            throws FetchException, InterruptedException {
        return follow(url, validators, to -> {
            var rules = robots.of(
                    origin(to), now.instant(), robotsTxt -> follow(robotsTxt, Validators.NONE, each -> politeness));
            if (!rules.isAllowed(to.toString())) {
                throw new FetchException(
                        Kind.REFUSED, "ROBOTS", "robots.txt of " + to.getHost() + " does not allow " + to);
            }
            // In milliseconds; negative where none is asked for.
            Duration asked = Duration.ofMillis(Math.max(0, rules.getCrawlDelay()));
            if (asked.compareTo(LONGEST_CRAWL_DELAY) > 0) {
                throw new FetchException(
                        Kind.REFUSED,
                        "ROBOTS",
                        "robots.txt of " + to.getHost() + " asks for " + asked.toSeconds() + " s between requests");
            }
            return asked.compareTo(politeness.delay()) > 0
                    ? new Politeness(asked, politeness.requestsAnHour())
                    : politeness;
        });
    }

    /** Decides whether and how politely an address may be asked. */
    private interface Permission {
        Politeness to(URI uri) throws FetchException, InterruptedException;
    }

    private Fetched follow(String url, Validators validators, Permission permission)
            throws FetchException, InterruptedException {
        URI uri = uri(url);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = attempt(uri, validators, permission.to(uri));
            if (answer.redirect() == null) {
                return Objects.requireNonNull(answer.fetched());
            }
            uri = uri(uri.resolve(answer.redirect()).toString());
        }
        throw new FetchException(
                Kind.FAILED, "REDIRECTS", url + " leads to more than " + MOST_REDIRECTS + " redirects");
    }

    private record Answer(@Nullable Fetched fetched, @Nullable URI redirect) {}

    private Answer attempt(URI uri, Validators validators, Politeness politeness)
            throws FetchException, InterruptedException {
        HostGate gate =
                gates.computeIfAbsent(AddressGuard.endpoint(uri.getHost(), port(uri)), host -> new HostGate(random));
        FetchException last = null;
        for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
            if (attempt > 1) {
                sleepUntil(
                        now.instant().plus(HostGate.spread(limits.pause().multipliedBy(1L << (attempt - 2)), random)));
            }
            gate.oneAtATime().lockInterruptibly();
            try {
                Instant closed = gate.closedUntil(now.instant());
                if (closed != null) {
                    if (last != null) {
                        throw last;
                    }
                    throw new FetchException(Kind.FAILED, "HELD_OFF", uri.getHost() + " is left alone until " + closed);
                }
                sleepUntil(gate.book(now.instant(), politeness.delay(), politeness.requestsAnHour()));
                Answer answer = exchange(uri, validators, gate);
                gate.answered();
                return answer;
            } catch (IOException e) {
                FetchException failure = failure(uri, e);
                if (failure.code().equals("PRIVATE_ADDRESS")) {
                    throw failure;
                }
                gate.failed(now.instant());
                last = failure;
            } catch (FetchException e) {
                if (!isTransient(e)) {
                    throw e;
                }
                last = e;
            } finally {
                gate.oneAtATime().unlock();
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static boolean isTransient(FetchException e) {
        return e.code().startsWith("HTTP_5");
    }

    private Answer exchange(URI uri, Validators validators, HostGate gate) throws IOException, FetchException {
        var request = new HttpGet(uri);
        request.setHeader("Accept", "*/*");
        if (validators.etag() != null) {
            request.setHeader("If-None-Match", validators.etag());
        }
        if (validators.lastModified() != null) {
            request.setHeader("If-Modified-Since", validators.lastModified());
        }
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, limits.total().toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            int status = response.getCode();
            if (status == 304 && !validators.equals(Validators.NONE)) {
                return new Answer(fetched(uri, response, true, new byte[0], validators), null);
            }
            Header location = response.getFirstHeader("Location");
            if (location != null
                    && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)) {
                return new Answer(null, redirect(uri, location.getValue()));
            }
            if (status != 200) {
                throw refused(uri, response, gate);
            }
            Validators given = new Validators(header(response, "ETag"), header(response, "Last-Modified"));
            return new Answer(fetched(uri, response, false, body(uri, response, request), given), null);
        } catch (IOException e) {
            if (request.isCancelled()) {
                var late = new SocketTimeoutException("no whole answer within " + limits.total());
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private Fetched fetched(
            URI uri, ClassicHttpResponse response, boolean notModified, byte[] body, Validators validators) {
        return new Fetched(
                uri.toString(),
                now.instant(),
                notModified,
                response.getCode(),
                Arrays.stream(response.getHeaders())
                        .filter(header -> !PACKING.contains(header.getName().toLowerCase(Locale.ROOT)))
                        .map(header -> header.getName() + ": " + header.getValue())
                        .toList(),
                header(response, "Content-Type"),
                body,
                validators);
    }

    private byte[] body(URI uri, ClassicHttpResponse response, HttpGet request) throws IOException, FetchException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(limits.mostBytes() + 1);
            if (body.length > limits.mostBytes()) {
                // Closing would read the rest first.
                request.cancel();
                throw new FetchException(
                        Kind.FAILED, "TOO_LARGE", uri + " answers with more than " + limits.mostBytes() + " bytes");
            }
            return body;
        }
    }

    private static URI redirect(URI from, String location) throws FetchException {
        try {
            return new URI(location.strip().replace(" ", "%20"));
        } catch (URISyntaxException e) {
            throw new FetchException(
                    Kind.FAILED, "BAD_URL", from + " redirects to what is no URL: " + e.getMessage(), e);
        }
    }

    private FetchException refused(URI uri, HttpMessage response, HostGate gate) {
        int status = ((ClassicHttpResponse) response).getCode();
        Instant at = now.instant();
        Instant until = retryAfter(header(response, "Retry-After"), at);
        String asked = "";
        if (until != null && (status == 429 || status == 503)) {
            gate.askedToWait(at, until);
            asked = ", and asks to wait until " + until;
        } else if (status == 429) {
            gate.askedToWait(at, at.plus(SHORT_WAIT));
        }
        if (status >= 500) {
            gate.failed(at);
        } else {
            gate.answered();
        }
        Kind kind =
                switch (status) {
                    case 401, 403, 429, 451 -> Kind.REFUSED;
                    case 404, 410 -> Kind.GONE;
                    default -> Kind.FAILED;
                };
        return new FetchException(kind, "HTTP_" + status, uri + " answers with status " + status + asked);
    }

    /** Seconds or a date; null when there is none to read. */
    static @Nullable Instant retryAfter(@Nullable String value, Instant at) {
        if (value == null) {
            return null;
        }
        String stripped = value.strip();
        if (stripped.matches("\\d{1,9}")) {
            return at.plusSeconds(Long.parseLong(stripped));
        }
        try {
            return ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static FetchException failure(URI uri, IOException e) {
        if (e instanceof PrivateAddressException) {
            return new FetchException(Kind.FAILED, "PRIVATE_ADDRESS", e.getMessage() + ": " + uri + " is not asked", e);
        }
        String name = e.getClass().getSimpleName();
        String message = Objects.requireNonNullElse(e.getMessage(), name);
        if (e instanceof SocketTimeoutException) {
            return new FetchException(Kind.FAILED, "TIME_OUT", uri + " does not answer in time", e);
        }
        if (name.contains("ConnectionClosed")
                || name.contains("Truncated")
                || name.contains("EOF")
                || name.contains("Malformed")
                || name.contains("Zip")
                || message.contains("Unexpected end")) {
            return new FetchException(Kind.FAILED, "CUT_OFF", uri + " broke off its answer: " + message, e);
        }
        return new FetchException(Kind.FAILED, "NO_CONNECTION", uri + " cannot be reached: " + message, e);
    }

    private static URI uri(String url) throws FetchException {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getUserInfo() != null) {
                throw new FetchException(Kind.FAILED, "BAD_URL", url + " is no http or https URL, or holds a password");
            }
            // Never sent, and some servers answer a request that has it with an error.
            return new URI(url.replaceFirst("#.*$", ""));
        } catch (URISyntaxException e) {
            throw new FetchException(Kind.FAILED, "BAD_URL", url + " is no URL: " + e.getReason(), e);
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static @Nullable String header(HttpMessage message, String name) {
        Header header = message.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private void sleepUntil(Instant time) throws InterruptedException {
        long millis = Duration.between(now.instant(), time).toMillis();
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close connections", e);
        }
    }
}
