package org.surgewire.streams.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.stores.CompressedRocksDb;

/**
 * How the Streams application runs.
 *
 * @param applicationId consumer group, and prefix of internal topics and transactions
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param stateDirectory where the stores are kept
 * @param threads stream threads of this instance
 * @param standbys copies of each store on other instances
 * @param commitInterval how often results become visible; each commit is one transaction
 * @param replication replication factor of internal topics; -1 for the cluster's default
 * @param instanceId name of this instance, the same after a restart: then it takes its partitions back at once, also
 *     after a kill; empty for an instance whose partitions others should take over
 * @param address {@code host:port} under which the other instances reach the HTTP server of this one; empty for an
 *     instance that is alone
 * @param clientSettings what every client of the cluster is given, for instance {@code security.protocol} and
 *     {@code sasl.*}; what is set here for the sake of correctness wins over it
 */
public record StreamsSettings(
        String applicationId,
        String bootstrapServers,
        Path stateDirectory,
        int threads,
        int standbys,
        Duration commitInterval,
        int replication,
        String instanceId,
        String address,
        Map<String, String> clientSettings) {

    /** An instance that is alone, on a cluster that asks for no login. */
    public StreamsSettings(
            String applicationId,
            String bootstrapServers,
            Path stateDirectory,
            int threads,
            int standbys,
            Duration commitInterval,
            int replication,
            String instanceId) {
        this(
                applicationId,
                bootstrapServers,
                stateDirectory,
                threads,
                standbys,
                commitInterval,
                replication,
                instanceId,
                "",
                Map.of());
    }

    /** As Kafka Streams wants them: exactly once, explicit names everywhere, poison parked. */
    public Properties toProperties() {
        var properties = new Properties();
        properties.putAll(clientSettings);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replication);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The classic protocol lets a topology evolve; the streams protocol refuses any change of it.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, CompressedRocksDb.class);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ParkPoison.class);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A case of hundreds of announcements outgrows the usual megabyte, and an application that cannot write stops.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MOST_BYTES);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Topics.MOST_BYTES);
        if (!address.isEmpty()) {
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
        }
        if (!instanceId.isEmpty()) {
            properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        }
        return properties;
    }
}
