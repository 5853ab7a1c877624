package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.http.HttpLimits;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.http.Keys;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;

/** One of several instances, with its HTTP server, in a process of its own to be killed. */
final class Instance {
    static final int PARTITIONS = 4;

    private Instance() {}

    /** Broker, registry, directory of the state, port of the page, port of the instances. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[3]);
        int ownPort = Integer.parseInt(args[4]);
        var settings = new StreamsSettings(
                Stack.APPLICATION_ID,
                args[0],
                Path.of(args[2]),
                1,
                1,
                Duration.ofMillis(100),
                1,
                "",
                HttpServer.LOOPBACK + ":" + ownPort,
                Map.of());
        StreamsApp app = StreamsApp.start(
                settings,
                Topics.on(Registry.autoRegistering(args[1]), PARTITIONS),
                Jurisdictions.bundled(),
                new Clock.OfAnnouncements(),
                AlertSettings.defaults());
        var server = HttpServer.over(
                app,
                Jurisdictions.bundled(),
                // Tests ask as fast as they are answered.
                new HttpSettings(List.of(), Keys.NONE, HttpLimits.perSecond(100_000)),
                routes -> {});
        server.start(port);
        System.out.println("started");
        while (!app.hasFailed()) {
            Thread.sleep(100);
        }
        System.exit(1);
    }
}
