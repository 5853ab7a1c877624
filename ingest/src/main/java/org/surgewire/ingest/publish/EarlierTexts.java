package org.surgewire.ingest.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topic;

/**
 * The latest revision of each release with its text, to tell what a new one changes. Where each stands in the topic is
 * kept in memory, the newest themselves too; the others are read from the topic when they are asked for.
 */
final class EarlierTexts implements AutoCloseable {
    private final int kept;
    private static final Duration WAIT = Duration.ofSeconds(5);

    private record Sent(String releaseId, Future<RecordMetadata> at) {}

    private record Position(int partition, long offset) {}

    private final Topic<PressRelease> topic;
    private final Cluster cluster;
    private final Map<String, Position> positions = new HashMap<>();
    private final List<Sent> open = new ArrayList<>();
    private final Map<String, PressRelease> newest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PressRelease> eldest) {
            return size() > kept;
        }
    };
    private @Nullable KafkaConsumer<String, PressRelease> consumer;

    /** @param kept of how many releases the latest revision stays in memory: of those not committed yet, at least */
    EarlierTexts(Topic<PressRelease> topic, Cluster cluster, int kept) {
        this.kept = kept;
        this.topic = topic;
        this.cluster = cluster;
    }

    void stands(ConsumerRecord<String, PressRelease> record) {
        positions.put(record.key(), new Position(record.partition(), record.offset()));
    }

    /** A revision that will be sent. */
    void put(PressRelease release) {
        newest.put(release.getReleaseId(), release);
    }

    void sent(String releaseId, Future<RecordMetadata> at) {
        open.add(new Sent(releaseId, at));
    }

    /** To be called when the transaction of what was sent is committed. */
    void committed() {
        for (Sent sent : open) {
            try {
                RecordMetadata at = sent.at().get();
                positions.put(sent.releaseId(), new Position(at.partition(), at.offset()));
            } catch (ExecutionException e) {
                throw new KafkaException("a record of a committed transaction failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted after a commit", e);
            }
        }
        open.clear();
    }

    /** The latest revision that was published; null when there is none or the broker does not give it in time. */
    @Nullable
    PressRelease of(String releaseId) {
        PressRelease kept = newest.get(releaseId);
        Position position = positions.get(releaseId);
        if (kept != null || position == null) {
            return kept;
        }
        if (consumer == null) {
            Map<String, Object> settings = cluster.client();
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
            consumer = new KafkaConsumer<>(
                    settings, new StringDeserializer(), topic.serde().deserializer());
        }
        var partition = new TopicPartition(topic.name(), position.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, position.offset());
        for (ConsumerRecord<String, PressRelease> record : consumer.poll(WAIT)) {
            if (record.key().equals(releaseId)) {
                return record.value();
            }
        }
        return null;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
