package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;

/**
 * Everything in one process: broker, registry, topics, the Streams application and a publisher. What it opens is closed
 * by the command's {@link Shutdown}.
 *
 * @param bootstrapServers where the broker listens
 * @param registryUrl where the registry listens
 */
record Stack(
        String bootstrapServers,
        String registryUrl,
        Topics topics,
        Jurisdictions jurisdictions,
        Admin admin,
        StreamsApp streams,
        Publisher publisher) {

    private static final String NAME = "surgewire";

    /** Ends in the version of the state's format: a new one reads all announcements again, from the topic that keeps them. */
    static final String APPLICATION_ID = NAME + "-4";

    /** Federal publishers date their releases in Washington. */
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    /**
     * One partition, so that announcements are processed in the order in which they were read and two runs over the same
     * input go the same way, not only to the same end.
     */
    private static final int PARTITIONS = 1;

    /**
     * Starts all of it on a directory; a later start on the same directory goes on where the earlier one stopped.
     *
     * @throws IOException with a message fit for the user
     */
    static Stack start(Path directory, Clock clock, Shutdown shutdown) throws IOException {
        var broker = shutdown.closeLater(
                "broker", EmbeddedBroker.start(directory.resolve("broker"), message -> shutdown.stop(1)));
        var registryServer = shutdown.closeLater("registry", RegistryServer.start(broker.bootstrapServers(), 0));
        var topics = Topics.on(Registry.autoRegistering(registryServer.url()), PARTITIONS);
        var admin = shutdown.closeLater(
                "admin client",
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers())));
        topics.create(admin, (short) 1);
        TopicsApply.configure(admin, topics);
        Jurisdictions jurisdictions = Jurisdictions.bundled();
        StreamsSettings settings = streamsSettings(broker.bootstrapServers(), directory);
        var streams = shutdown.closeLater(
                "streams", StreamsApp.start(settings, topics, jurisdictions, clock, AlertSettings.defaults()));
        var publisher = shutdown.closeLater(
                "publisher",
                new Publisher(
                        Cluster.at(broker.bootstrapServers()),
                        Publisher.TRANSACTIONAL_ID,
                        topics,
                        new ClaimReader(Extractor.bundled(), jurisdictions),
                        ZONE,
                        InstantSource.system()));
        return new Stack(
                broker.bootstrapServers(), registryServer.url(), topics, jurisdictions, admin, streams, publisher);
    }

    /** How the Streams application of one process runs, with its stores below a directory. */
    static StreamsSettings streamsSettings(String bootstrapServers, Path directory) {
        return new StreamsSettings(
                APPLICATION_ID,
                bootstrapServers,
                directory.resolve("streams"),
                1,
                0,
                Duration.ofMillis(200),
                1,
                NAME + "-1");
    }
}
