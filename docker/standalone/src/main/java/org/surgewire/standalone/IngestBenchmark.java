package org.surgewire.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.fetch.FetchLimits;
import org.surgewire.ingest.fetch.Fetcher;
import org.surgewire.ingest.poll.KafkaOutlet;
import org.surgewire.ingest.poll.LocalFiles;
import org.surgewire.ingest.poll.Poller;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.poll.Tally;
import org.surgewire.ingest.publish.ClaimReader;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.sample.Sample;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.standalone.broker.EmbeddedBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ingest-bench",
        description = {
            "Measures how fast releases are read from a file and published.",
            "",
            "Each round publishes as many releases of the sample under new addresses, as 'ingest file' does: read from"
                    + " JSON Lines, compared with what is known, claims extracted, sent in transactions to a broker in"
                    + " this process. Then a bare producer sends the same bytes in as many transactions. With --backfill they"
                    + " come from a server on loopback instead, in the shape of the DOJ API, 50 a page. The first rounds warm"
                    + " up. Processor time is that of the process, the broker's and the server's included.",
        })
final class IngestBenchmark implements Callable<Integer> {
    private static final String ADDRESS = "https://bench.example.org/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PAGE = Pattern.compile("[?&]page=(\\d+)");
    private static final int PAGE_SIZE = 50;
    private static final LocalDate FIRST_DAY = LocalDate.of(2018, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2020, 12, 31);

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..1",
            defaultValue = "20000",
            description = "Releases in a round (default: ${DEFAULT-VALUE}).")
    private int releases;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "4",
            description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--backfill", description = "Read them page by page from a server, as 'ingest backfill' does.")
    private boolean backfill;

    private final ClaimReader claims = new ClaimReader(Extractor.bundled(), Jurisdictions.bundled());

    /**
     * How fast something went.
     *
     * @param rate releases a second
     * @param processor milliseconds of processor time a release
     */
    private record Speed(double rate, double processor) {}

    private interface Work {
        void run() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), shutdown -> {
            Path directory = Files.createTempDirectory("surgewire-bench-");
            try (var broker =
                    EmbeddedBroker.start(directory.resolve("broker"), message -> System.err.println(message))) {
                measure(Cluster.at(broker.bootstrapServers()), directory);
            } finally {
                Directories.delete(directory);
            }
            return 0;
        });
    }

    private void measure(Cluster cluster, Path directory) throws Exception {
        var topics = Topics.on(Registry.autoRegistering("mock://ingest-bench"), 1);
        var bare = Map.of(
                topics.pressReleases().name(),
                "bare-releases",
                topics.announcements().name(),
                "bare-claims");
        try (Admin admin = Admin.create(cluster.client());
                var outlet = new KafkaOutlet(() -> new Publisher(
                        cluster, Publisher.TRANSACTIONAL_ID, topics, claims, Stack.ZONE, InstantSource.system()));
                var producer = new KafkaProducer<>(
                        Publisher.producer(cluster, "bare"), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.create(admin, (short) 1);
            Map<String, String> configs = topics.pressReleases().configs();
            admin.createTopics(bare.values().stream()
                            .map(name -> new NewTopic(name, 1, (short) 1).configs(configs))
                            .toList())
                    .all()
                    .get();
            producer.initTransactions();
            say(
                    "%,d releases a round, %d processors%n",
                    releases, Runtime.getRuntime().availableProcessors());
            for (int round = 1; round <= rounds; round++) {
                var from = ends(admin, bare.keySet().stream().toList());
                Speed ours = backfill ? backfill(outlet, directory, round) : file(outlet, directory, round);
                List<ConsumerRecord<byte[], byte[]>> sent =
                        read(cluster, from, ends(admin, List.copyOf(bare.keySet())));
                Speed theirs = speed(() -> send(producer, sent, bare));
                say(
                        "round %d: %,7.0f releases/s, %.2f ms of processor each; bare producer %,7.0f/s, %.2f ms; ratio"
                                + " %.2f%n",
                        round, ours.rate, ours.processor, theirs.rate, theirs.processor, ours.rate / theirs.rate);
            }
        }
    }

    private Speed file(KafkaOutlet outlet, Path directory, int round) throws Exception {
        Path file = directory.resolve(round + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (ObjectNode release : releases(ADDRESS + round + "/")) {
                out.write(release + "\n");
            }
        }
        Speed speed = speed(() -> new LocalFiles(Stack.ZONE, InstantSource.system())
                .read(List.of(file), outlet.session(), new Tally(note -> {}), path -> {}));
        Files.delete(file);
        return speed;
    }

    private Speed backfill(KafkaOutlet outlet, Path directory, int round) throws Exception {
        // Else it sends a page's end only when its beginning was acknowledged, 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        List<byte[]> pages = pages(releases(address + round + "/"));
        server.createContext("/", exchange -> {
            Matcher page = PAGE.matcher(exchange.getRequestURI().toString());
            boolean robots = exchange.getRequestURI().getPath().equals("/robots.txt");
            byte[] body = robots ? new byte[0] : pages.get(page.find() ? Integer.parseInt(page.group(1)) : 0);
            exchange.getResponseHeaders().set("Content-Type", robots ? "text/plain" : "application/json");
            exchange.sendResponseHeaders(robots ? 404 : 200, robots ? -1 : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        Path file = Files.writeString(
                directory.resolve("sources.yaml"),
                """
                sources:
                  - id: bench
                    publisher: Department of Justice
                    jurisdiction: ocd-division/country:us
                    kind: doj-api
                    address: %sapi.json?pagesize=50
                    zone: America/New_York
                    politeness: {delay: 0s, requests-an-hour: 100000000}
                    status: recorded
                    reason: Plays the API for the benchmark.
                """
                        .formatted(address));
        Sources sources = Sources.load(file);
        Source source = sources.find("bench").orElseThrow();
        try (var fetcher = new Fetcher(
                "bench@example.org",
                sources.all(),
                FetchLimits.USUAL,
                InstantSource.system(),
                new SplittableRandom(1))) {
            var reader = new SourceReader(fetcher, null, InstantSource.system());
            return speed(() -> {
                Tally tally = reader.backfill(source, FIRST_DAY, LAST_DAY, outlet.session(), note -> {}, day -> {})
                        .tally();
                if (tally.published() != releases) {
                    throw new Failure(
                            "not every release was published",
                            Poller.summary(tally),
                            "the benchmark's server or the reader is at fault");
                }
            });
        } finally {
            server.stop(0);
        }
    }

    /** Newest first, as the API has them. */
    private List<byte[]> pages(List<ObjectNode> releases) {
        List<byte[]> pages = new ArrayList<>();
        for (int from = 0; from < releases.size(); from += PAGE_SIZE) {
            var answer = JSON.createObjectNode();
            answer.putObject("metadata")
                    .putObject("resultset")
                    .put("count", releases.size())
                    .put("pagesize", PAGE_SIZE)
                    .put("page", pages.size());
            var results = answer.putArray("results");
            for (ObjectNode release : releases.subList(from, Math.min(from + PAGE_SIZE, releases.size()))) {
                LocalDate day = LAST_DAY.minusDays(pages.size() % FIRST_DAY.until(LAST_DAY, ChronoUnit.DAYS));
                results.addObject()
                        .put("url", release.path("url").textValue())
                        .put("title", release.path("title").textValue())
                        .put("body", "<p>" + release.path("text").textValue() + "</p>")
                        .put("date", day.toString());
            }
            pages.add(answer.toString().getBytes(StandardCharsets.UTF_8));
        }
        return pages;
    }

    private Speed speed(Work work) throws Exception {
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Speed(releases / seconds, (process.getProcessCpuTime() - processor) / 1e6 / releases);
    }

    /** The sample again and again, under addresses that begin with this one. */
    private List<ObjectNode> releases(String address) throws IOException {
        List<ObjectNode> sample = new ArrayList<>();
        try (var in = new BufferedReader(new InputStreamReader(Sample.open(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                sample.add((ObjectNode) JSON.readTree(line));
            }
        }
        List<ObjectNode> many = new ArrayList<>();
        for (int i = 0; i < releases; i++) {
            many.add(sample.get(i % sample.size()).deepCopy().put("url", address + i));
        }
        return many;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<String> names) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String name : names) {
            var partition = new TopicPartition(name, 0);
            ends.put(
                    partition,
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset());
        }
        return ends;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            Cluster cluster, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(cluster.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            List<ConsumerRecord<byte[], byte[]>> records,
            Map<String, String> topics) {
        int step = 2 * Publisher.RELEASES_IN_A_TRANSACTION;
        for (int from = 0; from < records.size(); from += step) {
            producer.beginTransaction();
            for (var record : records.subList(from, Math.min(from + step, records.size()))) {
                var unused = producer.send(new ProducerRecord<>(
                        topics.get(record.topic()), null, record.timestamp(), record.key(), record.value()));
            }
            producer.commitTransaction();
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
