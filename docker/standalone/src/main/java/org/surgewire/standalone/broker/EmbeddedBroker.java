package org.surgewire.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and its controller in this JVM, on two ports of 127.0.0.1.
 *
 * <p>Everything it is told lives in one directory: a later start on the same directory finds the topics, records,
 * transactions and consumer groups of the earlier one, also when that one was killed, and listens where that one listened
 * unless another process took the port: clients of the earlier one find it again. Topics are never created by use, and nothing is deleted by age unless a topic asks for it.
 *
 * <p>All use of Kafka's internal classes is in this file.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final int ATTEMPTS_TO_BIND = 5;
    private static final String FORMATTED = "meta.properties";
    private static final String PORT = "port";

    /** Kafka ends the process by static procedures, so their listener is one for the whole JVM. */
    private static volatile Consumer<String> onFailure = message -> {};

    private final Path directory;
    private final boolean temporary;
    private final FileChannel lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedBroker(
            Path directory, boolean temporary, FileChannel lock, KafkaRaftServer server, String bootstrapServers) {
        this.directory = directory;
        this.temporary = temporary;
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker on a directory, which is created when missing, and returns once clients can connect.
     *
     * @param failed told in one line for the user, on a thread of the broker, when the broker cannot go on: a full
     *     disk, a damaged log. One broker of a JVM is told: the one started last
     * @throws IOException with a message fit for the user: the directory cannot be written, or another process uses it
     */
    public static EmbeddedBroker start(Path directory, Consumer<String> failed) throws IOException {
        return start(directory, Map.of(), failed);
    }

    /** As {@link #start(Path, Consumer)}, with settings of the broker on top of ours. */
    static EmbeddedBroker start(Path directory, Map<String, String> settings, Consumer<String> failed)
            throws IOException {
        return start(directory.toAbsolutePath().normalize(), false, settings, failed);
    }

    /** As {@link #start(Path, Consumer)}, on a new directory that is deleted by {@link #close()}. */
    public static EmbeddedBroker startTemporary(Consumer<String> failed) throws IOException {
        return start(Files.createTempDirectory("surgewire-broker-"), true, Map.of(), failed);
    }

    private static EmbeddedBroker start(
            Path directory, boolean temporary, Map<String, String> settings, Consumer<String> failed)
            throws IOException {
        FileChannel lock = lock(directory);
        try {
            reportInsteadOfExit(directory, failed);
            Path log = directory.resolve("log");
            boolean killed = wasKilled(log);
            format(log);
            if (killed) {
                fenceKilled(log);
            }
            for (int attempt = 1; ; attempt++) {
                int[] ports = freePorts();
                if (attempt == 1) {
                    ports[0] = formerPort(directory).orElse(ports[0]);
                }
                @Nullable KafkaRaftServer server = null;
                try {
                    var all = new HashMap<>(brokerSettings(log, ports[0], ports[1]));
                    all.putAll(settings);
                    server = new KafkaRaftServer(new KafkaConfig(all, false), Time.SYSTEM);
                    server.startup();
                    Files.writeString(directory.resolve(PORT), Integer.toString(ports[0]));
                    return new EmbeddedBroker(directory, temporary, lock, server, "127.0.0.1:" + ports[0]);
                } catch (Exception e) {
                    if (server != null) {
                        stop(server);
                    }
                    // Another process may take a port between our look and Kafka's bind.
                    if (attempt == ATTEMPTS_TO_BIND || !causedByBind(e)) {
                        throw new IOException("the embedded broker did not start in " + directory + ": " + e, e);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            lock.close();
            if (temporary) {
                deleteTree(directory);
            }
            throw e;
        }
    }

    /** Where clients connect: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The directory that holds all of it. */
    public Path directory() {
        return directory;
    }

    /** Stops the broker, after which its directory can be used again. A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        onFailure = message -> {};
        stop(server);
        lock.close();
        if (temporary) {
            deleteTree(directory);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to the data directory " + directory + " (" + reason(e) + "); choose another", e);
        }
        @Nullable FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot lock " + file + " (" + reason(e) + "); choose another data directory", e);
        }
        if (held == null) {
            channel.close();
            throw new IOException("the data directory " + directory
                    + " is in use by another process; end that one or choose another directory");
        }
        return channel;
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name exists";
        }
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    /** Leaves a formatted directory as it is: its cluster id stays. */
    private static void format(Path log) throws IOException {
        // Written last, so a format that was cut short is done again.
        if (Files.exists(log.resolve(FORMATTED))) {
            return;
        }
        var formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot prepare the data directory " + log + ": " + e.getMessage(), e);
        }
    }

    /** Whether a broker has used this directory and did not stop in order: Kafka leaves a file behind when it does. */
    private static boolean wasKilled(Path log) {
        return Files.exists(log.resolve(FORMATTED)) && !Files.exists(log.resolve(".kafka_cleanshutdown"));
    }

    /**
     * Lets a controller alone end the session of the killed broker before a broker starts.
     *
     * <p>Otherwise the new broker first reads that its dead self still leads every partition at its old address. Its
     * transaction coordinator sends the markers of open transactions there, and drops them for good at the moment the
     * controller takes the leadership away; nobody could read past such a transaction any more. A live broker is never
     * judged by the short session here, because none is running.
     */
    private static void fenceKilled(Path log) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePorts()[0];
            var settings = new HashMap<>(controllerSettings(log, port));
            settings.put("process.roles", "controller");
            settings.put("listeners", "CONTROLLER://127.0.0.1:" + port);
            settings.put("broker.session.timeout.ms", "200");
            settings.put("broker.heartbeat.interval.ms", "100");
            @Nullable KafkaRaftServer controller = null;
            try {
                controller = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
                controller.startup();
                awaitFenced();
                return;
            } catch (Exception e) {
                if (attempt == ATTEMPTS_TO_BIND || !causedByBind(e)) {
                    throw new IOException("the killed broker of " + log + " could not be put aside: " + e, e);
                }
            } finally {
                if (controller != null) {
                    stop(controller);
                }
            }
        }
    }

    /** By the controller's gauges: clients of a controller are not told which brokers are fenced. */
    private static void awaitFenced() throws Exception {
        long begin = System.nanoTime();
        while (gauge("FencedBrokerCount") == 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            // Killed before it was ever registered.
            if (seconds >= 5 && gauge("ActiveControllerCount") == 1 && gauge("ActiveBrokerCount") == 0) {
                return;
            }
            if (seconds >= 60) {
                throw new IOException("its session did not end in 60 s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int gauge(String name) throws JMException {
        return (Integer) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("kafka.controller:type=KafkaController,name=" + name), "Value");
    }

    private static Map<String, String> controllerSettings(Path log, int port) {
        return Map.of(
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@127.0.0.1:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                log.toString());
    }

    private static Map<String, String> brokerSettings(Path log, int port, int controllerPort) {
        var settings = new HashMap<>(controllerSettings(log, controllerPort));
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                // One broker: every internal topic with one replica, and one partition is all a small state needs.
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                // Event times are announcement dates, years old or wrong: the clock never deletes or refuses a record,
                // and a directory that rested for a month keeps its consumers' positions.
                Map.entry("log.retention.ms", "-1"),
                Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
                Map.entry("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE)),
                // Quick to start, and small.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                // Small: the default buffer for compaction alone is 128 MB.
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2")));
        return settings;
    }

    /** Where an earlier broker of this directory listened; empty when there was none or the file is damaged. */
    private static OptionalInt formerPort(Path directory) throws IOException {
        Path file = directory.resolve(PORT);
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String port = Files.readString(file);
        return port.matches("[1-9][0-9]{3,4}") && Integer.parseInt(port) < 65536
                ? OptionalInt.of(Integer.parseInt(port))
                : OptionalInt.empty();
    }

    private static int[] freePorts() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var first = new ServerSocket(0, 1, loopback);
                var second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    private static boolean causedByBind(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static void reportInsteadOfExit(Path directory, Consumer<String> failed) {
        onFailure = failed;
        Exit.Procedure report = (code, message) -> {
            String text = "the embedded broker cannot go on in " + directory
                    + (message == null ? " (is the disk full?)" : ": " + message);
            onFailure.accept(text);
            // Kafka's callers rely on not getting control back.
            throw new IllegalStateException(text);
        };
        Exit.setExitProcedure(report);
        Exit.setHaltProcedure(report);
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void deleteTree(Path directory) throws IOException {
        List<Path> parents;
        try (var paths = Files.walk(directory)) {
            parents = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : parents) {
            Files.deleteIfExists(path);
        }
    }
}
