package org.surgewire.standalone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Schema Registry on 127.0.0.1: the part of Confluent's REST interface that its Java client and
 * {@code @kafkajs/confluent-schema-registry} use, for Avro schemas without references. Schemas and levels are kept in
 * the topic {@code _schemas}, so ids survive a restart; the same schema has the same id under every subject.
 *
 * <p>Where it differs: the default level is FULL_TRANSITIVE; schemas are always normalized before they are compared;
 * there are soft deletes only; the mode is always READWRITE.
 */
public final class RegistryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final List<String> ACCEPTED_TYPES = List.of(
            CONTENT_TYPE, "application/vnd.schemaregistry+json", "application/json", "application/octet-stream");
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int THREADS = 8;

    static {
        // Otherwise each answer waits some 40 ms for the client's acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private record Request(List<String> arguments, Map<String, String> query, String body) {
        String argument(int index) {
            return arguments.get(index);
        }

        boolean flag(String name) {
            return "true".equals(query.get(name));
        }

        JsonNode json() {
            JsonNode json;
            try {
                json = JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new RegistryException(400, "The body is not JSON");
            }
            if (!json.isObject()) {
                throw new RegistryException(400, "The body is not a JSON object");
            }
            return json;
        }

        AvroText schema() {
            JsonNode json = json();
            String type = json.path("schemaType").asText("AVRO");
            if (!type.equals("AVRO")) {
                throw new RegistryException(42201, "Invalid schema: type " + type + " is not supported, only AVRO");
            }
            if (!json.path("references").isEmpty()) {
                throw new RegistryException(42201, "Invalid schema: references are not supported");
            }
            if (json.path("id").asInt(-1) >= 0) {
                throw new RegistryException(42205, "Subject is not in import mode: a schema cannot bring its own id");
            }
            if (!json.path("schema").isTextual()) {
                throw new RegistryException(42201, "Invalid schema: the field 'schema' is not a string");
            }
            return AvroText.parse(json.path("schema").textValue());
        }
    }

    private interface Handler {
        Object answer(Request request);
    }

    private record Route(String method, List<String> pattern, Handler handler) {
        /** The path's parts that stand for a variable, or null when the path is another one. */
        @Nullable
        List<String> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return null;
            }
            var arguments = new ArrayList<String>();
            for (int i = 0; i < path.size(); i++) {
                if (pattern.get(i).equals("*")) {
                    arguments.add(path.get(i));
                } else if (!pattern.get(i).equals(path.get(i))) {
                    return null;
                }
            }
            return arguments;
        }
    }

    private final SchemaTopic topic;
    private final SchemaStore store;
    private final HttpServer server;
    private final ExecutorService threads;
    private final List<Route> routes = new ArrayList<>();

    private RegistryServer(SchemaTopic topic, SchemaStore store, HttpServer server) {
        this.topic = topic;
        this.store = store;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            var thread = new Thread(task, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
        addRoutes();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts a registry that keeps its schemas in the given broker, and returns once it answers.
     *
     * @param port 0 for any free one
     * @throws IOException with a message fit for the user: the port is in use, or the topic cannot be read
     */
    public static RegistryServer start(String bootstrapServers, int port) throws IOException {
        var topic = new SchemaTopic(bootstrapServers);
        try {
            var store = new SchemaStore(topic);
            topic.replayTo(store);
            var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            var registry = new RegistryServer(topic, store, HttpServer.create(address, 0));
            registry.server.start();
            return registry;
        } catch (BindException e) {
            topic.close();
            throw new IOException("port " + port + " of 127.0.0.1 is in use; choose another for the registry", e);
        } catch (IOException | RuntimeException e) {
            topic.close();
            throw e;
        }
    }

    /** Where clients connect: {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Stops answering at once, also requests under way; what was answered is stored. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        topic.close();
    }

    private void addRoutes() {
        route("GET", "/", r -> Map.of());
        route("GET", "/schemas/types", r -> List.of("AVRO"));
        route("GET", "/schemas/ids/*", this::schemaById);
        route("GET", "/schemas/ids/*/schema", r -> raw(store.schema(id(r))));
        route("GET", "/schemas/ids/*/versions", r -> store.versionsOf(id(r), r.flag("deleted")).stream()
                .map(v -> Map.of("subject", v.subject(), "version", v.version()))
                .toList());
        route("GET", "/schemas/ids/*/subjects", r -> store.versionsOf(id(r), r.flag("deleted")).stream()
                .map(SchemaStore.SchemaVersion::subject)
                .distinct()
                .toList());
        route("GET", "/subjects", r -> store.subjects(r.query().getOrDefault("subjectPrefix", ""), r.flag("deleted")));
        route("POST", "/subjects/*", r -> body(store.lookup(r.argument(0), r.schema(), r.flag("deleted"))));
        route("DELETE", "/subjects/*", r -> {
            refusePermanent(r);
            return store.deleteSubject(r.argument(0));
        });
        route("GET", "/subjects/*/versions", r -> store.versions(r.argument(0), r.flag("deleted")).stream()
                .map(SchemaStore.SchemaVersion::version)
                .toList());
        route("POST", "/subjects/*/versions", r -> Map.of("id", store.register(r.argument(0), r.schema())));
        route("GET", "/subjects/*/versions/*", r -> body(version(r)));
        route("GET", "/subjects/*/versions/*/schema", r -> raw(version(r).schema()));
        route("GET", "/subjects/*/versions/*/referencedby", r -> {
            version(r);
            return List.of();
        });
        route("DELETE", "/subjects/*/versions/*", r -> {
            refusePermanent(r);
            return store.deleteVersion(r.argument(0), r.argument(1));
        });
        route(
                "POST",
                "/compatibility/subjects/*/versions",
                r -> compatibility(r, store.conflicts(r.argument(0), r.schema())));
        route(
                "POST",
                "/compatibility/subjects/*/versions/*",
                r -> compatibility(r, store.conflicts(r.argument(0), r.schema(), r.argument(1))));
        route("GET", "/config", r -> Map.of("compatibilityLevel", store.level().name()));
        route("PUT", "/config", r -> setLevel(null, r));
        route("DELETE", "/config", r -> deleteLevel(null, store.level()));
        route("GET", "/config/*", r -> {
            Optional<Compatibility> own = store.level(r.argument(0));
            return Map.of(
                    "compatibilityLevel",
                    (r.flag("defaultToGlobal") ? own.or(() -> Optional.of(store.level())) : own)
                            .orElseThrow(() -> noOwnLevel(r.argument(0)))
                            .name());
        });
        route("PUT", "/config/*", r -> setLevel(r.argument(0), r));
        route(
                "DELETE",
                "/config/*",
                r -> deleteLevel(
                        r.argument(0), store.level(r.argument(0)).orElseThrow(() -> noOwnLevel(r.argument(0)))));
        route("GET", "/mode", r -> Map.of("mode", "READWRITE"));
        route("GET", "/mode/*", r -> Map.of("mode", "READWRITE"));
    }

    private void route(String method, String pattern, Handler handler) {
        routes.add(new Route(method, split(pattern), handler));
    }

    private Object schemaById(Request request) {
        var answer = new HashMap<String, Object>();
        answer.put("schema", store.schema(id(request)));
        if (request.flag("fetchMaxId")) {
            answer.put("maxId", store.maxId());
        }
        return answer;
    }

    private SchemaStore.SchemaVersion version(Request request) {
        return store.version(request.argument(0), request.argument(1), request.flag("deleted"));
    }

    private Object setLevel(@Nullable String subject, Request request) {
        Compatibility level =
                Compatibility.of(request.json().path("compatibility").asText(""));
        store.setLevel(subject, level);
        return Map.of("compatibility", level.name());
    }

    private Object deleteLevel(@Nullable String subject, Compatibility previous) {
        store.setLevel(subject, null);
        return Map.of("compatibilityLevel", previous.name());
    }

    private static Object compatibility(Request request, List<String> conflicts) {
        return request.flag("verbose")
                ? Map.of("is_compatible", conflicts.isEmpty(), "messages", conflicts)
                : Map.of("is_compatible", conflicts.isEmpty());
    }

    private static Map<String, Object> body(SchemaStore.SchemaVersion version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static JsonNode raw(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored schema is not JSON", e);
        }
    }

    private static int id(Request request) {
        try {
            return Integer.parseInt(request.argument(0));
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    private static void refusePermanent(Request request) {
        if (request.flag("permanent")) {
            throw new RegistryException(
                    42205, "Permanent deletion is not permitted: records with the schema's id may still exist");
        }
    }

    private static RegistryException notFound() {
        return new RegistryException(404, "HTTP 404 Not Found");
    }

    private static RegistryException noOwnLevel(String subject) {
        return new RegistryException(
                40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            Object answer;
            try {
                answer = answer(exchange);
            } catch (RegistryException e) {
                status = e.status();
                answer = Map.of("error_code", e.code(), "message", String.valueOf(e.getMessage()));
                if (status >= 500) {
                    LOG.error("{} {}: {}", exchange.getRequestMethod(), exchange.getRequestURI(), e.getMessage());
                }
            } catch (RuntimeException e) {
                LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = Map.of("error_code", 500, "message", "Internal Server Error");
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            if (status == 413) {
                // The rest of the body is not read, so the connection cannot be used again.
                exchange.getResponseHeaders().set("Connection", "close");
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        List<String> path = split(exchange.getRequestURI().getRawPath());
        boolean known = false;
        for (Route route : routes) {
            List<String> arguments = route.match(path);
            if (arguments != null && route.method().equals(method)) {
                return route.handler()
                        .answer(new Request(
                                arguments, query(exchange.getRequestURI().getRawQuery()), readBody(exchange)));
            }
            known |= arguments != null;
        }
        throw known ? new RegistryException(405, "HTTP 405 Method Not Allowed") : notFound();
    }

    private static String readBody(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new RegistryException(413, "The body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // A form that a page of some other site posts is not for us.
        if (body.length > 0
                && type != null
                && !ACCEPTED_TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            throw new RegistryException(415, "HTTP 415 Unsupported Media Type");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static List<String> split(String path) {
        String trimmed = path.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty()
                ? List.of()
                : Arrays.stream(trimmed.split("/", -1))
                        .map(RegistryServer::decode)
                        .toList();
    }

    private static Map<String, String> query(@Nullable String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            // A plus sign in a subject stands for itself.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "Malformed escape in the address");
        }
    }
}
