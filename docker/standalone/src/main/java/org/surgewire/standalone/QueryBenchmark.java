package org.surgewire.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.SurgewireTopology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query-bench",
        description = {
            "Measures what answers of the API cost over HTTP, beside bare reads of the stores in the same run.",
            "",
            "Generated announcements of ten years go through broker, registry and pipeline as in one process of demo;"
                    + " then clients on loopback ask as fast as they are answered. A question for a day's count is to"
                    + " take less than 5 ms, ten years day by day less than 30 ms, at the 99th percentile.",
        })
final class QueryBenchmark implements Callable<Integer> {
    private static final int MOST_UNDER_WAY = 10_000;

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..1",
            defaultValue = "20000",
            description = "Announcements that are loaded (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "2",
            description = "Clients that ask at the same time (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the announcements.")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep what was loaded in this directory; what it holds from a former run is asked again.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        if (size < 1 || clients < 1) {
            throw new Failure(
                    "cannot measure", size + " announcements, " + clients + " clients", "ask for one of each at least");
        }
        return Shutdown.run(1, Duration.ofSeconds(60), this::measure);
    }

    private int measure(Shutdown shutdown) throws Exception {
        Path directory = data;
        if (directory == null) {
            Path temporary = Files.createTempDirectory("surgewire-bench-");
            shutdown.closeLater("temporary directory", () -> Directories.delete(temporary));
            directory = temporary;
        }
        Directories.prepare(directory, "the data", "--data");
        Stack stack = Stack.start(directory, new Clock.OfAnnouncements(), shutdown);
        var drain = new Drain(
                stack.admin(), stack.streams(), SurgewireTopology.readInOrder(stack.topics(), Stack.APPLICATION_ID));
        drain.await();
        if (Stores.of(stack.streams().streams()).known().isEmpty()) {
            long begin = System.nanoTime();
            load(stack);
            drain.await();
            System.out.printf(
                    Locale.ROOT,
                    "%,d announcements loaded in %.0f s, seed %d%n",
                    size,
                    (System.nanoTime() - begin) / 1e9,
                    seed);
        }
        new QueryTimes(stack.streams(), stack.jurisdictions(), seed, clients).print();
        return 0;
    }

    private void load(Stack stack) throws InterruptedException, ExecutionException {
        var generated = new GeneratedAnnouncements(stack.jurisdictions(), size, seed);
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20);
        Deque<Future<RecordMetadata>> underWay = new ArrayDeque<>();
        try (var producer = new KafkaProducer<String, ArrestAnnouncement>(
                settings,
                new StringSerializer(),
                stack.topics().announcements().serde().serializer())) {
            for (int sent = 0; sent < size; sent++) {
                ArrestAnnouncement next = generated.next();
                underWay.add(producer.send(new ProducerRecord<>(
                        stack.topics().announcements().name(),
                        null,
                        next.getPublished().toEpochMilli(),
                        next.getReleaseId(),
                        next)));
                if (underWay.size() > MOST_UNDER_WAY) {
                    underWay.remove().get();
                }
            }
            for (Future<RecordMetadata> send : underWay) {
                send.get();
            }
        }
    }
}
