package org.surgewire.schemas.topics;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A Kafka cluster, and how clients log in to it.
 *
 * @param bootstrapServers brokers to connect to first, {@code host:port} separated by commas
 * @param clientSettings what every client is given besides, for instance {@code security.protocol} and {@code sasl.*}
 */
public record Cluster(String bootstrapServers, Map<String, String> clientSettings) {
    public Cluster {
        clientSettings = Map.copyOf(clientSettings);
    }

    /** A cluster that asks for no login. */
    public static Cluster at(String bootstrapServers) {
        return new Cluster(bootstrapServers, Map.of());
    }

    /** Settings of a new client of it, which the caller may add to. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(clientSettings);
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return client;
    }

    /** The brokers alone: the settings hold passwords. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
