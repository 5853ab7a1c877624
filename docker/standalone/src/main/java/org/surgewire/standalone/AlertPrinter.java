package org.surgewire.standalone;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.topics.Topic;

/** Prints each alert that opens from now on, a line each on standard output. */
final class AlertPrinter implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(500);

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean quiet = new AtomicBoolean();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread thread;

    private AlertPrinter(String bootstrapServers, Topic<Alert> topic, ProgressBar progress) {
        this.thread = new Thread(() -> run(bootstrapServers, topic, progress), "alert-printer");
        thread.setDaemon(true);
    }

    /** Returns once it listens, so that no alert raised afterwards is missed. */
    static AlertPrinter start(String bootstrapServers, Topic<Alert> topic, ProgressBar progress)
            throws InterruptedException {
        var printer = new AlertPrinter(bootstrapServers, topic, progress);
        printer.thread.start();
        if (!printer.listening.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the alert topic cannot be read");
        }
        return printer;
    }

    /** Waits until no alert has come for half a second. */
    void catchUp() throws InterruptedException {
        quiet.set(false);
        while (!quiet.get() && thread.isAlive()) {
            Thread.sleep(50);
        }
    }

    private void run(String bootstrapServers, Topic<Alert> topic, ProgressBar progress) {
        var properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), topic.serde().deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            listening.countDown();
            while (!stopped.get()) {
                var records = consumer.poll(QUIET);
                records.forEach(record -> {
                    if (record.value().getStatus().equals("OPENED")) {
                        progress.print(System.out, line(record.value()));
                    }
                });
                quiet.set(records.isEmpty());
            }
        }
    }

    private static String line(Alert alert) {
        return "ALERT " + alert.getSeverity() + " " + alert.getReason();
    }

    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
