package org.surgewire.standalone;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.deliveries.Deliveries;
import org.surgewire.streams.deliveries.Subscriptions;
import org.surgewire.streams.http.HttpLimits;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.http.Keys;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Runs the topologies and the HTTP server until it is told to stop.",
            "",
            "Several instances share the work. Ends with code 1 when the pipeline fails for good."
        })
final class StreamsRun implements Callable<Integer> {
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOCK_INTERVAL = Duration.ofMinutes(1);
    private static final int REPLICATION_OF_THE_CLUSTER = -1;

    /** What makes the days go by. */
    enum Time {
        WALL,
        ANNOUNCEMENTS
    }

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description = "Where the stores are kept. What is lost is restored from the cluster.")
    private Path state = Path.of("");

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = HttpServer.LOOPBACK,
            description = "Address the HTTP server listens on (default: ${DEFAULT-VALUE}).")
    private String host = HttpServer.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port the HTTP server listens on (default: ${DEFAULT-VALUE}; 0 for any).")
    private int port;

    @Option(
            names = "--application-server",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description =
                    "Where the other instances reach this one, at a port that only they can; left out, it is alone.")
    private String applicationServer = "";

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Who may ask: on each line reader or operator, the SHA-256 of a key in hex, and a name;"
                    + " left out, everybody may.")
    private @Nullable Path keys;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "" + HttpLimits.USUAL_PER_SECOND,
            description = "Requests a second of each client, ten times as many at once (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--sql",
            description = "Serve the page to ask in SQL; whoever asks has all tables copied to the temporary directory,"
                    + " which takes time, memory and disk as they grow.")
    private boolean sql;

    @Option(
            names = "--standbys",
            paramLabel = "N",
            defaultValue = "0",
            description = "Copies of each store on other instances (default: ${DEFAULT-VALUE}).")
    private int standbys;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads of this instance (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--time",
            paramLabel = "SOURCE",
            defaultValue = "WALL",
            description = "What closes alerts on quiet days: ${COMPLETION-CANDIDATES};"
                    + " ANNOUNCEMENTS suits a past that is read again (default: ${DEFAULT-VALUE}).")
    private Time time = Time.WALL;

    @Mixin
    private SubscriptionOptions subscriptions = new SubscriptionOptions();

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(0, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        if (requests < 1) {
            throw new Failure("cannot open the page", "--requests " + requests, "choose a number above 0");
        }
        Subscriptions subscribed = subscriptions.read();
        Directories.prepare(state, "the stores", "--state");
        return cluster.withTopics(topics -> run(topics, subscribed, shutdown));
    }

    private int run(Topics topics, Subscriptions subscribed, Shutdown shutdown) throws Exception {
        Jurisdictions jurisdictions = Jurisdictions.bundled();
        var streams = shutdown.closeLater(
                "streams",
                StreamsApp.start(settings(), topics, jurisdictions, clock(), AlertSettings.defaults(), () -> {
                    System.err.println("surgewire: the pipeline failed; the log says why");
                    shutdown.stop(1);
                }));
        var server = shutdown.closeLater(
                "HTTP server",
                HttpServer.over(streams, jurisdictions, httpSettings(), sqlRoutes(streams, jurisdictions, shutdown)));
        server.shows(shutdown.closeLater(
                "deliveries", Deliveries.start(cluster.cluster(), topics, jurisdictions, subscribed)));
        server.start(host, port);
        System.err.printf("surgewire: the page is at http://%s:%d/%n", host, server.port());
        return shutdown.await();
    }

    private Consumer<RoutesConfig> sqlRoutes(StreamsApp streams, Jurisdictions jurisdictions, Shutdown shutdown)
            throws IOException {
        return sql
                ? SqlRoutes.over(streams, jurisdictions, shutdown)
                : SqlRoutes.missing("this server was started without SQL; --sql serves it");
    }

    private HttpSettings httpSettings() throws IOException {
        return new HttpSettings(List.of(), keys == null ? Keys.NONE : Keys.read(keys), HttpLimits.perSecond(requests));
    }

    private StreamsSettings settings() {
        return new StreamsSettings(
                Stack.APPLICATION_ID,
                cluster.cluster().bootstrapServers(),
                state,
                threads,
                standbys,
                COMMIT_INTERVAL,
                REPLICATION_OF_THE_CLUSTER,
                "",
                applicationServer,
                cluster.cluster().clientSettings());
    }

    private Clock clock() {
        return time == Time.WALL
                ? new Clock.OfTheWall(InstantSource.system(), Stack.ZONE, CLOCK_INTERVAL)
                : new Clock.OfAnnouncements();
    }
}
