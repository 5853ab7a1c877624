package org.surgewire.schemas.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning to their present end. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Cluster cluster;

    /** Of a cluster that asks for no login. */
    public TopicReader(String bootstrapServers) {
        this(Cluster.at(bootstrapServers));
    }

    public TopicReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Hands over every committed record that was written before the call, in the order of each partition. Waits for
     * transactions under way, so that what was committed a moment ago is not missed.
     */
    public <V extends SpecificRecord> void read(Topic<V> topic, BiConsumer<String, V> each) {
        read(topic, record -> each.accept(record.key(), record.value()));
    }

    /** As {@link #read(Topic, BiConsumer)}, for who needs to know where a record stands. */
    public <V extends SpecificRecord> void read(Topic<V> topic, Consumer<ConsumerRecord<String, V>> each) {
        read(topic.name(), topic.serde().deserializer(), each);
    }

    /** As {@link #read(Topic, Consumer)}, with the values as they stand in the topic. */
    public void readBytes(Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        read(topic.name(), new ByteArrayDeserializer(), each);
    }

    private <V> void read(String topic, Deserializer<V> values, Consumer<ConsumerRecord<String, V>> each) {
        try (var consumer = new KafkaConsumer<>(settings("read_committed"), new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = ends(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    /** Ends with what is not committed yet; a reader of committed records would not see beyond an open transaction. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        try (var consumer = new KafkaConsumer<>(
                settings("read_uncommitted"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    private Map<String, Object> settings(String isolation) {
        Map<String, Object> settings = cluster.client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return settings;
    }
}
