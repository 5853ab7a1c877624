package org.surgewire.ingest.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.topics.Topic;

/**
 * What was published before: the latest revision of every release. It is read from the release topic itself, so that it
 * outlasts any feed and agrees with what consumers see, also after a crash.
 */
final class Seen {
    /** A release's latest revision. */
    record Revision(int number, String contentHash, Instant firstSeen) {}

    private final Map<String, Revision> latest = new HashMap<>();

    /** Reads the topic from its beginning to its present end, committed transactions only. */
    static Seen from(Topic<PressRelease> topic, String bootstrapServers) {
        var properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var seen = new Seen();
        try (var consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), topic.serde().deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    PressRelease release = record.value();
                    seen.put(
                            release.getReleaseId(),
                            new Revision(release.getRevision(), release.getContentHash(), release.getFirstSeen()));
                });
            }
        }
        return seen;
    }

    @Nullable
    Revision latest(String releaseId) {
        return latest.get(releaseId);
    }

    void put(String releaseId, Revision revision) {
        latest.put(releaseId, revision);
    }
}
