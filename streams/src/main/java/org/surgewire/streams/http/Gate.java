package org.surgewire.streams.http;

import static org.surgewire.streams.http.Parameters.shown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.surgewire.streams.http.Keys.Role;
import org.surgewire.streams.instances.Instances;

/**
 * Stands before everything that is served and lets in what reads, is not too much, and may: other methods, bodies, clients
 * that ask too often and those without a key that is asked for are refused. What the instances ask each other comes in on a
 * port of its own, and nothing else does.
 */
final class Gate extends Handler.Wrapper {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");
    /** Told to whoever keeps the process alive. */
    private static final Set<String> OPEN = Set.of("/live", "/ready");

    private static final String OPERATORS = "/metrics";
    private static final int BYTES_OF_NETWORK = 8;

    private final Keys keys;
    private final Clients clients;
    private final SlowRequests slow;
    private final int instancesPort;
    private final Map<String, String> headers;
    private final ObjectMapper mapper;
    private final MeterRegistry registry;

    /**
     * @param instancesPort port that instances ask each other on; 0 where there are none
     * @param headers of every refusal
     */
    Gate(
            HttpSettings settings,
            SlowRequests slow,
            int instancesPort,
            Map<String, String> headers,
            ObjectMapper mapper,
            MeterRegistry registry) {
        HttpLimits limits = settings.limits();
        this.keys = settings.keys();
        this.clients = new Clients(limits.perSecond(), limits.burst(), limits.mostAtOnce(), System::nanoTime);
        this.slow = slow;
        this.instancesPort = instancesPort;
        this.headers = headers;
        this.mapper = mapper;
        this.registry = registry;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var connection = request.getConnectionMetaData().getConnection();
        slow.asked(connection);
        Request.addCompletionListener(request, failure -> slow.answered(connection));
        if (!METHODS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, OPTIONS");
            return refuse(
                    request,
                    response,
                    callback,
                    405,
                    "method",
                    "this server is only read from: GET and HEAD are possible");
        }
        if (hasBody(request)) {
            // What is not read cannot be told from the next request.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            return refuse(request, response, callback, 413, "body", "a request here has no body");
        }
        String path = Request.getPathInContext(request);
        if (instancesPort != 0 && Request.getLocalPort(request) == instancesPort) {
            if (!path.startsWith(Instances.PATH)) {
                return refuse(
                        request, response, callback, 404, "port", "this port is for the instances among themselves");
            }
            return super.handle(request, response, callback);
        }
        if (OPEN.contains(path)) {
            return super.handle(request, response, callback);
        }
        Keys.Key key = keys.find(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        String client = key == null ? address(request) : "key " + key.name();
        Clients.Wait wait = clients.enter(client);
        if (wait != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.seconds());
            return refuse(
                    request, response, callback, 429, "rate", wait.why() + "; ask again in " + wait.seconds() + " s");
        }
        Request.addCompletionListener(request, failure -> clients.leave(client));
        // A browser asks without a key whether it may send one.
        if (!keys.isEmpty() && !request.getMethod().equals("OPTIONS")) {
            Role needed = path.equals(OPERATORS) ? Role.OPERATOR : Role.READER;
            if (key == null) {
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Surgewire\", charset=\"UTF-8\"");
                return refuse(
                        request,
                        response,
                        callback,
                        401,
                        "key",
                        "a key is needed: Authorization: Bearer KEY, or as the password of Basic");
            }
            if (key.role().compareTo(needed) < 0) {
                return refuse(
                        request,
                        response,
                        callback,
                        403,
                        "role",
                        "the key of " + shown(key.name()) + " does not open this; one of an operator does");
            }
        }
        return super.handle(request, response, callback);
    }

    private static boolean hasBody(Request request) {
        String length = request.getHeaders().get(HttpHeader.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** An address, and of IPv6 the network: everybody has as many addresses there as they like. */
    private static String address(Request request) {
        if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote) {
            InetAddress address = remote.getAddress();
            byte[] bytes = address == null ? new byte[0] : address.getAddress();
            return HexFormat.of()
                    .formatHex(bytes.length > BYTES_OF_NETWORK ? Arrays.copyOf(bytes, BYTES_OF_NETWORK) : bytes);
        }
        return "";
    }

    private boolean refuse(
            Request request, Response response, Callback callback, int status, String cause, String detail)
            throws JsonProcessingException {
        registry.counter("surgewire.http.refused", "cause", cause).increment();
        Problem problem = Problem.of(status, detail, Request.getPathInContext(request), List.of());
        headers.forEach(response.getHeaders()::put);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(problem)), callback);
        return true;
    }
}
