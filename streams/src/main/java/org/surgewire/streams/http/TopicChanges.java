package org.surgewire.streams.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;

/**
 * Reads changed alerts and counts from their topics, from now on, all partitions of them: so every instance tells of
 * everything, whatever stores it holds. Of several changes of one jurisdiction that are read together, the last is told.
 */
final class TopicChanges implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_MILLIS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(TopicChanges.class);

    private final Topics topics;
    private final Told told;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who is told; of what cannot be read, nobody is. */
    interface Told {
        void alert(Alert alert);

        void counts(JurisdictionCounts counts);
    }

    TopicChanges(Cluster cluster, Topics topics, Told told) {
        this.topics = topics;
        this.told = told;
        Map<String, Object> settings = cluster.client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::run, "surgewire-changes");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (closed.getCount() > 0) {
                try {
                    read();
                } catch (WakeupException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.warn("changes cannot be read: {}; trying again", e.getMessage());
                    boolean unused = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (Topic<?> topic : List.of(topics.alerts(), topics.counts())) {
                consumer.partitionsFor(topic.name())
                        .forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
        }
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        Map<String, JurisdictionCounts> counts = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(topics.alerts().name())) {
                Alert alert = value(topics.alerts(), record);
                if (alert != null) {
                    told.alert(alert);
                }
            } else {
                JurisdictionCounts changed = value(topics.counts(), record);
                if (changed != null) {
                    counts.put(record.key(), changed);
                }
            }
        }
        counts.values().forEach(told::counts);
    }

    private static <V extends SpecificRecord> @Nullable V value(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return topic.serde().deserializer().deserialize(record.topic(), record.value());
        } catch (KafkaException e) {
            LOG.warn("{} offset {}: {}; passed over", record.topic(), record.offset(), e.getMessage());
            return null;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        // Not interrupted: the consumer could not close its connections.
        consumer.wakeup();
        try {
            thread.join(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
