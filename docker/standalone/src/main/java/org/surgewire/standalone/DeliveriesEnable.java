package org.surgewire.standalone;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.deliveries.Deliveries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "enable",
        description = {
            "Has a subscription tried again, at once and from the first attempt on.",
            "",
            "For one that is disabled or waits for its next attempt. It is sent everything that it missed."
        })
final class DeliveriesEnable implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "ID", description = "Id of the subscription.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        return cluster.withTopics(this::enable);
    }

    private int enable(Topics topics) throws Exception {
        var known = new TreeSet<String>();
        new TopicReader(cluster.cluster())
                .read(topics.deliveries(), (key, record) -> known.add(record.getSubscriptionId()));
        if (!known.contains(id)) {
            throw new Failure(
                    "cannot enable " + id,
                    "nothing was delivered under this id",
                    "known are " + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        Map<String, Object> settings = cluster.cluster().client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        try (var producer = new KafkaProducer<>(
                settings, new StringSerializer(), topics.deliveries().serde().serializer())) {
            int partitions = producer.partitionsFor(topics.deliveries().name()).size();
            producer.send(Deliveries.enabling(
                            topics, id, partitions, Instant.now().truncatedTo(ChronoUnit.MILLIS)))
                    .get();
        }
        System.err.println("surgewire: " + id + " is tried again");
        return 0;
    }
}
