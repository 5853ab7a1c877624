package org.surgewire.streams.counts;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends the clock to every partition and a share to its jurisdiction's. */
final class ClockEverywhere implements StreamPartitioner<String, CountEvent> {
    @Override
    @SuppressWarnings("removal") // Kafka's interface still asks for the form without headers.
    public Optional<Set<Integer>> partitions(String topic, String key, CountEvent event, int partitions) {
        return event.getClock() != null
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, String key, CountEvent event, Headers headers, int partitions) {
        return partitions(topic, key, event, partitions);
    }
}
