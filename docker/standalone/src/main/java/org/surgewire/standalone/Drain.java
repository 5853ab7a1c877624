package org.surgewire.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.surgewire.streams.runtime.StreamsApp;

/** Waits until the Streams application has processed everything that was published, and everything that came of it. */
final class Drain {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Admin admin;
    private final StreamsApp streams;
    private final List<String> topicsInOrder;

    /** @param topicsInOrder the topics the application reads, each after those that fill it */
    Drain(Admin admin, StreamsApp streams, List<String> topicsInOrder) {
        this.admin = admin;
        this.streams = streams;
        this.topicsInOrder = List.copyOf(topicsInOrder);
    }

    /**
     * Returns when all is processed and committed, and the stores can be asked.
     *
     * <p>An input and what was made of it are committed in one transaction. So a topic that is read to its end was
     * filled for good once the topics before it were. Ends are taken with what is not committed yet: the markers of a
     * commit reach the partitions one after the other.
     *
     * @throws Failure when the application stopped
     */
    void await() throws InterruptedException {
        for (String topic : topicsInOrder) {
            while (!isRead(topic)) {
                pause("reading " + topic);
            }
        }
        while (!streams.isReady()) {
            pause("taking over its stores");
        }
    }

    private void pause(String doing) throws InterruptedException {
        if (streams.hasFailed()) {
            throw new Failure("the pipeline stopped", "while " + doing, "set SURGEWIRE_LOG=INFO to see why");
        }
        Thread.sleep(POLL.toMillis());
    }

    private boolean isRead(String topic) throws InterruptedException {
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (TopicDescription description :
                    admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
                description.partitions().forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(Stack.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata position = read.get(end.getKey());
                return end.getValue().offset() == 0
                        || (position != null
                                && position.offset() >= end.getValue().offset());
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new IllegalStateException("cannot ask the broker how far the pipeline is", e);
        }
    }
}
