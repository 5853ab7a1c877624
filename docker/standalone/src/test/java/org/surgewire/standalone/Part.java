package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.http.HttpLimits;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.http.Keys;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;

/** One part of a deployment in a process of its own, to be killed: prints one line when it stands. */
final class Part {
    static final int PARTITIONS = 4;

    private Part() {}

    /**
     * {@code broker DIRECTORY}, {@code registry BROKER PORT}, {@code streams BROKER REGISTRY DIRECTORY NAME}, or one of
     * several instances that answer for each other: {@code instance BROKER REGISTRY DIRECTORY PORT OWN_PORT}, where others ask
     * it on its own port.
     */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "broker" -> {
                var broker = EmbeddedBroker.start(Path.of(args[1]), failure -> System.exit(1));
                System.out.println(broker.bootstrapServers());
                new CountDownLatch(1).await();
            }
            case "registry" -> {
                var registry = RegistryServer.start(args[1], Integer.parseInt(args[2]));
                System.out.println(registry.url());
                new CountDownLatch(1).await();
            }
            case "streams" -> goOn(streams(args[1], args[2], Path.of(args[3]), args[4]));
            case "instance" -> {
                int port = Integer.parseInt(args[4]);
                String address = HttpServer.LOOPBACK + ":" + Integer.parseInt(args[5]);
                StreamsApp app = start(args[2], settings(args[1], Path.of(args[3]), "", 1, address));
                // Tests ask as fast as they are answered.
                var settings = new HttpSettings(List.of(), Keys.NONE, HttpLimits.perSecond(100_000));
                HttpServer.over(app, Jurisdictions.bundled(), settings, routes -> {})
                        .start(port);
                goOn(app);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void goOn(StreamsApp app) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(app::close));
        System.out.println("started");
        while (!app.hasFailed()) {
            Thread.sleep(100);
        }
        System.exit(1);
    }

    /** An instance of the Streams application; an empty name is one whose partitions others take over when it leaves. */
    static StreamsApp streams(String servers, String registry, Path directory, String name) {
        return start(registry, settings(servers, directory, name, 0, ""));
    }

    private static StreamsSettings settings(
            String servers, Path directory, String name, int standbys, String applicationServer) {
        return new StreamsSettings(
                Stack.APPLICATION_ID,
                servers,
                directory,
                1,
                standbys,
                Duration.ofMillis(100),
                1,
                name,
                applicationServer,
                Map.of());
    }

    private static StreamsApp start(String registry, StreamsSettings settings) {
        return StreamsApp.start(
                settings,
                Topics.on(Registry.autoRegistering(registry), PARTITIONS),
                Jurisdictions.bundled(),
                new Clock.OfAnnouncements(),
                AlertSettings.defaults());
    }
}
