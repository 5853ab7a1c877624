package org.surgewire.streams.cases;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends the clock, whose key is empty, to every partition and anything else to its key's. */
public final class ClockEverywhere<V> implements StreamPartitioner<String, V> {
    @Override
    @SuppressWarnings("removal") // Kafka's interface still asks for the form without headers.
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        return key.isEmpty()
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, Headers headers, int partitions) {
        return partitions(topic, key, value, partitions);
    }
}
