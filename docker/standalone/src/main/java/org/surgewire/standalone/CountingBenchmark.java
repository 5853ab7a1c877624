package org.surgewire.standalone;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.SurgewireTopology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "counting-bench",
        description = {
            "Measures what counting costs as the history grows.",
            "",
            "Generated announcements of ten years go through the pipeline, on a broker of its own: processor time of the"
                    + " stream thread for an announcement, in each tenth of the run; bytes of state and of changelog,"
                    + " by store; and how long the state takes to come back from its changelogs after it was deleted.",
        })
final class CountingBenchmark implements Callable<Integer> {
    private static final int PARTS = 10;

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..*",
            defaultValue = "10000 100000",
            split = " ",
            description = "Announcements of one run (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the announcements.")
    private long seed;

    private final Jurisdictions jurisdictions = Jurisdictions.bundled();

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), shutdown -> {
            for (int size : sizes) {
                if (size < PARTS) {
                    throw new Failure("cannot measure", size + " announcements", "ask for at least " + PARTS);
                }
                measure(size);
            }
            return 0;
        });
    }

    private void measure(int size) throws Exception {
        Path directory = Files.createTempDirectory("surgewire-bench-");
        var topics = Topics.on(Registry.autoRegistering("mock://counting-bench"), 1);
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"), message -> System.err.println(message));
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            topics.create(admin, (short) 1);
            say("%,d announcements, seed %d%n", size, seed);
            try (var streams = start(broker, directory, topics)) {
                count(
                        size,
                        broker,
                        topics,
                        new Drain(admin, streams, SurgewireTopology.readInOrder(topics, Stack.APPLICATION_ID)));
                new QueryTimes(streams, jurisdictions, seed, 1).print();
            }
            sizes(size, directory);
            restore(broker, directory, topics);
        } finally {
            Directories.delete(directory);
        }
    }

    private StreamsApp start(EmbeddedBroker broker, Path directory, Topics topics) {
        return StreamsApp.start(
                Stack.streamsSettings(broker.bootstrapServers(), directory),
                topics,
                jurisdictions,
                new Clock.OfAnnouncements(),
                AlertSettings.defaults());
    }

    private void count(int size, EmbeddedBroker broker, Topics topics, Drain drain)
            throws InterruptedException, ExecutionException {
        var generated = new GeneratedAnnouncements(jurisdictions, size, seed);
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20);
        long begin = System.nanoTime();
        double processor = 0;
        try (var producer = new KafkaProducer<String, ArrestAnnouncement>(
                settings, new StringSerializer(), topics.announcements().serde().serializer())) {
            drain.await();
            int sent = 0;
            for (int part = 1; part <= PARTS; part++) {
                int until = (int) ((long) size * part / PARTS);
                int before = sent;
                double start = streamThreads();
                List<Future<RecordMetadata>> sends = new ArrayList<>();
                for (; sent < until; sent++) {
                    ArrestAnnouncement next = generated.next();
                    sends.add(producer.send(new ProducerRecord<>(
                            topics.announcements().name(),
                            null,
                            next.getPublished().toEpochMilli(),
                            next.getReleaseId(),
                            next)));
                }
                for (Future<RecordMetadata> send : sends) {
                    send.get();
                }
                drain.await();
                double seconds = streamThreads() - start;
                processor += seconds;
                say("%3d %%: %,6.0f us an announcement%n", 10 * part, 1e6 * seconds / (until - before));
            }
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        say(
                "%,.0f us an announcement of the stream thread; %,.0f announcements/s with producer and broker%n",
                1e6 * processor / size, size / wall);
    }

    /** Processor seconds of the stream threads so far. */
    private static double streamThreads() {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("StreamThread")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e9;
    }

    private static void sizes(int size, Path directory) throws IOException {
        Map<String, Long> state = bytes(directory.resolve("streams"), ".*/rocksdb/([^/]+)/.*");
        Map<String, Long> logs = bytes(
                directory.resolve("broker"), ".*/" + Stack.APPLICATION_ID + "-([^/]+)-changelog-[0-9]+/[^/]*\\.log");
        say("%-26s %12s %12s   (bytes an announcement)%n", "", "state", "changelog");
        logs.keySet().forEach(store -> state.putIfAbsent(store, 0L));
        state.forEach((store, bytes) -> say(
                "%-26s %,12.0f %,12.0f%n", store, (double) bytes / size, (double) logs.getOrDefault(store, 0L) / size));
        long all = sum(state);
        say(
                "%-26s %,12.0f %,12.0f   %,.1f MB of state, %,.1f MB of changelogs%n",
                "all", (double) all / size, (double) sum(logs) / size, all / 1e6, sum(logs) / 1e6);
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes of the files below a directory whose path matches, by what the pattern's group holds. */
    private static Map<String, Long> bytes(Path directory, String path) throws IOException {
        var pattern = Pattern.compile(path);
        Map<String, Long> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                var match = pattern.matcher(file.toString());
                if (match.matches()) {
                    bytes.merge(match.group(1), size(file), Long::sum);
                }
            });
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restore(EmbeddedBroker broker, Path directory, Topics topics)
            throws IOException, InterruptedException {
        Directories.delete(directory.resolve("streams"));
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long begin = System.nanoTime();
        long processor = process.getProcessCpuTime();
        try (var streams = start(broker, directory, topics)) {
            while (!streams.isReady()) {
                if (streams.hasFailed()) {
                    throw new Failure("the pipeline stopped", "while restoring", "set SURGEWIRE_LOG=INFO to see why");
                }
                Thread.sleep(20);
            }
            say(
                    "restored in %.1f s, %.1f s of processor time with the broker%n%n",
                    (System.nanoTime() - begin) / 1e9, (process.getProcessCpuTime() - processor) / 1e9);
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
