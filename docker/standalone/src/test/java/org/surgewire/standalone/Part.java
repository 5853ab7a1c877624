package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;

/** One part of a deployment in a process of its own, to be killed: prints one line when it stands. */
final class Part {
    private Part() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "broker" -> {
                var broker = EmbeddedBroker.start(Path.of(args[1]), failure -> System.exit(1));
                System.out.println(broker.bootstrapServers());
            }
            case "registry" -> {
                var registry = RegistryServer.start(args[1], Integer.parseInt(args[2]));
                System.out.println(registry.url());
            }
            case "streams" -> {
                StreamsApp app = streams(args[1], args[2], Path.of(args[3]), args[4]);
                Runtime.getRuntime().addShutdownHook(new Thread(app::close));
                System.out.println("started");
                while (!app.hasFailed()) {
                    Thread.sleep(100);
                }
                System.exit(1);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        new CountDownLatch(1).await();
    }

    /** An instance of the Streams application; an empty name is one whose partitions others take over when it leaves. */
    static StreamsApp streams(String servers, String registry, Path directory, String name) {
        var settings =
                new StreamsSettings(Stack.APPLICATION_ID, servers, directory, 1, 0, Duration.ofMillis(100), 1, name);
        return StreamsApp.start(
                settings,
                Topics.on(Registry.autoRegistering(registry), ChaosIT.PARTITIONS),
                Jurisdictions.bundled(),
                new Clock.OfAnnouncements(),
                AlertSettings.defaults());
    }
}
