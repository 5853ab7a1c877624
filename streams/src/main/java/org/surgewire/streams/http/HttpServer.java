package org.surgewire.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.HostInfo;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.deliveries.Deliveries;
import org.surgewire.streams.export.Tables;
import org.surgewire.streams.instances.Instances;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.query.CountChange;
import org.surgewire.streams.query.SourceQueries;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.StreamsApp;

/**
 * Serves the page at {@code /}, the API under {@code /v1}, its description at {@code /openapi.json}, that of the topics at
 * {@code /asyncapi.yaml} and {@code /schemas}, {@code /live}, {@code /ready} and {@code /metrics}. It only reads.
 */
public final class HttpServer implements AutoCloseable {
    /** Where it listens unless told otherwise: only this machine reaches it. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final String PAGE = "/org/surgewire/streams/http/page";
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer");

    private final Metrics metrics;
    private final Health health;
    private final Events events = new Events();
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final Javalin javalin;
    private final SlowRequests slow;
    private final int instancesPort;
    private String host = LOOPBACK;
    private int port;
    private @Nullable TopicChanges changes;

    /**
     * A server that is not started yet.
     *
     * @param ready whether the stores can be read
     * @param bound what {@code /metrics} shows beside the JVM and the requests; closed with the server
     * @param further adds endpoints of others
     */
    public HttpServer(
            Stores stores,
            Jurisdictions jurisdictions,
            BooleanSupplier ready,
            List<MeterBinder> bound,
            HttpSettings settings,
            Consumer<RoutesConfig> further) {
        this(stores, jurisdictions, ready, () -> 0, bound, settings, 0, further);
    }

    /**
     * @param behind records that wait to be counted
     * @param instancesPort port that the other instances ask on; 0 where there are none
     */
    HttpServer(
            Stores stores,
            Jurisdictions jurisdictions,
            BooleanSupplier ready,
            LongSupplier behind,
            List<MeterBinder> bound,
            HttpSettings settings,
            int instancesPort,
            Consumer<RoutesConfig> further) {
        this.instancesPort = instancesPort;
        slow = new SlowRequests(settings.limits().request());
        metrics =
                new Metrics(bound, new SourceMetrics(new SourceQueries(stores, jurisdictions), InstantSource.system()));
        var api = new Api(stores, jurisdictions);
        health = new Health(ready, behind);
        javalin = Javalin.create(config -> {
            configure(config);
            limit(config, settings);
            settings.allowOrigins(config);
            metrics.addTo(config.routes);
            config.routes.before(context -> {
                SECURITY.forEach(context::header);
                context.header("Cache-Control", "no-cache");
            });
            health.addTo(config.routes);
            events.addTo(config.routes);
            new AlertDocuments(stores, jurisdictions).addTo(config.routes);
            api.addTo(config.routes);
            new Exports(new Tables(stores, jurisdictions)).addTo(config.routes);
            further.accept(config.routes);
            config.routes.get("/docs", context -> context.redirect("/docs.html"));
            var etags = new Etags(InstantSource.system());
            config.routes.after("/v1/*", etags::tag);
            Problems.addTo(config.routes);
        });
    }

    /** As {@link #over(StreamsApp, Jurisdictions, HttpSettings, Consumer)}, with the default settings. */
    public static HttpServer over(StreamsApp app, Jurisdictions jurisdictions) {
        return over(app, jurisdictions, HttpSettings.defaults(), routes -> {});
    }

    /**
     * A server over a running application; it may be started before the application is ready. An application with an
     * address answers for all its instances; they ask each other on the port of that address, which serves nothing else.
     *
     * @param further adds endpoints of others
     */
    public static HttpServer over(
            StreamsApp app, Jurisdictions jurisdictions, HttpSettings settings, Consumer<RoutesConfig> further) {
        Stores stores = Stores.of(app.streams());
        Consumer<RoutesConfig> routes = further.andThen(new Schemas(app.topics())::addTo);
        int instancesPort = 0;
        if (!app.address().isEmpty()) {
            var instances = new Instances(
                    app.streams(), app.address(), app.topics().operations().partitions());
            stores = new Stores(instances::store, instances::isHere);
            instancesPort = HostInfo.buildFromEndpoint(app.address()).port();
            routes = routes.andThen(new InstanceRoutes(instances, instancesPort)::addTo);
        }
        var pipeline = new PipelineMetrics(app, new AlertQueries(Stores.of(app.streams()), jurisdictions));
        var server = new HttpServer(
                stores,
                jurisdictions,
                app::isReady,
                app::behind,
                List.of(new KafkaStreamsMetrics(app.streams()), pipeline),
                settings,
                instancesPort,
                routes);
        server.changes = new TopicChanges(app.cluster(), app.topics(), server.told(jurisdictions));
        return server;
    }

    /** Shows in {@code /metrics} and {@code /ready} how alerts are delivered. */
    public void shows(Deliveries deliveries) {
        metrics.add(deliveries);
        health.shows(deliveries::disabled);
    }

    /** Puts changes into the feed as answers show them. */
    TopicChanges.Told told(Jurisdictions jurisdictions) {
        return new TopicChanges.Told() {
            @Override
            public void alert(Alert alert) {
                tell("alert", AlertQueries.item(jurisdictions, alert));
            }

            @Override
            public void counts(JurisdictionCounts counts) {
                tell("counts", CountChange.of(jurisdictions, counts));
            }
        };
    }

    private void tell(String type, Object change) {
        try {
            events.feed().add(type, mapper.writeValueAsString(change));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer can always be written", e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.staticFiles.add(files -> {
            files.directory = PAGE;
            files.location = Location.CLASSPATH;
            files.mimeTypes.add("application/yaml", "yaml");
        });
        config.jsonMapper(new JsonBytes(mapper));
        // An id holds slashes, and a client that encodes them is right too.
        config.jetty.modifyHttpConfiguration(http -> {
            http.setUriCompliance(UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR"));
            http.setSendServerVersion(false);
        });
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems(mapper, SECURITY)));
    }

    private void limit(JavalinConfig config, HttpSettings settings) {
        HttpLimits limits = settings.limits();
        config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(limits.headerBytes()));
        config.jetty.addConnector((server, http) -> connector(server, http, port, limits));
        if (instancesPort != 0) {
            config.jetty.addConnector((server, http) -> connector(server, http, instancesPort, limits));
        }
        config.jetty.modifyServer(server ->
                server.setHandler(new Gate(settings, slow, instancesPort, SECURITY, mapper, metrics.registry())));
    }

    /** Each has a number of connections of its own, so that readers of the page never keep the instances apart. */
    private ServerConnector connector(Server server, HttpConfiguration http, int at, HttpLimits limits) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(at);
        connector.setIdleTimeout(limits.silence().toMillis());
        connector.addBean(slow);
        connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        return connector;
    }

    /** Starts on this machine alone, see {@link #start(String, int)}. */
    public void start(int port) throws IOException {
        start(LOOPBACK, port);
    }

    /**
     * Starts to listen.
     *
     * @param host address to listen on
     * @param port port to listen on; 0 for any free one, see {@link #port()}
     * @throws IOException when it cannot listen there, with a message for the person who chose the port
     */
    public void start(String host, int port) throws IOException {
        if (port == instancesPort && port != 0) {
            throw new IOException(
                    "port " + port + " is the page's: give the instances another one to ask each other on,"
                            + " which only they can reach");
        }
        this.host = host;
        this.port = port;
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new IOException(
                    "port " + port + " is in use: end the program that listens on " + host + ":" + port
                            + " or choose another port",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops to listen. */
    @Override
    public void close() {
        if (changes != null) {
            changes.close();
        }
        // First: a server that stops waits for its requests.
        events.feed().close();
        javalin.stop();
        slow.close();
        metrics.close();
    }
}
