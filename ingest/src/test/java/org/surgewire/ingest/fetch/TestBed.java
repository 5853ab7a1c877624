package org.surgewire.ingest.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A host on this machine that plays sources and what goes wrong with them. Unknown paths are 404. */
public final class TestBed implements AutoCloseable {
    /** What one request is answered with. */
    public interface Play {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Play>> plays = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public TestBed() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            Deque<Play> deque = plays.get(path);
            Play play = null;
            if (deque != null) {
                synchronized (deque) {
                    play = deque.size() > 1 ? deque.poll() : deque.peek();
                }
            }
            if (play == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                play.answer(exchange);
            }
        }
    }

    /** Answers a path: each time with the next play, the last one again and again. */
    public TestBed on(String path, Play... inOrder) {
        plays.put(path, new ArrayDeque<>(List.of(inOrder)));
        return this;
    }

    /** The address of a path. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Paths asked for so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public long count(String path) {
        return requests.stream().filter(path::equals).count();
    }

    public static Play body(String type, byte[] body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (String header : headers) {
                String[] parts = header.split(": ", 2);
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    public static Play text(String type, String body, String... headers) {
        return body(type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public static Play gzip(String type, String body, int cutOff) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() - cutOff);
        return body(type, bytes, "Content-Encoding: gzip");
    }

    public static Play status(int status, String... headers) {
        return exchange -> {
            for (String header : headers) {
                String[] parts = header.split(": ", 2);
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    public static Play redirect(String to) {
        return status(302, "Location: " + to);
    }

    /** With an ETag, and 304 to who has it. */
    public static Play tagged(String type, String body, String etag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                text(type, body).answer(exchange);
            }
        };
    }

    /** Promises more than it sends. */
    public static Play cutOff(String body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, body.length() + 1000L);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /** A byte now and then, for ever. */
    public static Play drip() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Zeros without end, well packed. */
    public static Play bomb(int megabytes) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var out = new GZIPOutputStream(exchange.getResponseBody())) {
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < megabytes; i++) {
                    out.write(zeros);
                }
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
