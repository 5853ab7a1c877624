package org.surgewire.ingest.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;

/**
 * Publishes each new revision of a release and the claims read from it in one transaction: either both are seen or
 * neither. A revision that is what was published last of its release is passed over, so that reading a source again, also
 * after a kill at any point, publishes nothing twice.
 *
 * <p>Claims are read by several threads while earlier releases are sent; records are sent in the order of the calls. What
 * waits is bounded in number and size, and a transaction is open only while its records are sent: a slow source keeps
 * none open.
 *
 * <p>Records are stamped with the publication time, or with the present where that lies ahead of it (a day's noon read in
 * the morning): brokers refuse the future. For use by one thread; two publishers with one transactional id fence each
 * other off.
 */
public final class Publisher implements AutoCloseable {
    /** The id of the one publisher of a cluster, in whichever command it runs. */
    public static final String TRANSACTIONAL_ID = "surgewire-ingest";

    /** As many again are read while these are sent. */
    public static final int RELEASES_IN_A_TRANSACTION = 250;

    private static final int MOST_WAITING = 2 * RELEASES_IN_A_TRANSACTION;
    private static final long MOST_WAITING_CHARS = 8 << 20;
    private static final int BATCH_BYTES = 1024;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Topics topics;
    private final ClaimReader claims;
    private final ZoneId zone;
    private final InstantSource now;
    private final Seen seen;
    private final EarlierTexts earlier;
    private final int mostBytes;
    private final boolean resumes;
    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService readers;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long waitingChars;
    private boolean lost;

    /** What is to be sent, and how long its text is. */
    private record Waiting(int chars, Runnable send) {}

    /** A release and what was read from it, as they are sent. */
    private record Pair(ProducerRecord<String, byte[]> release, ProducerRecord<String, byte[]> announcement) {
        int longer() {
            return Math.max(release.value().length, announcement.value().length);
        }
    }

    /**
     * Reads what was published before and fences off an earlier publisher with the same id.
     *
     * @param transactionalId the same after a restart, different for each publisher that runs beside it
     * @param zone time zone of the publishers
     */
    public Publisher(
            Cluster cluster,
            String transactionalId,
            Topics topics,
            ClaimReader claims,
            ZoneId zone,
            InstantSource now) {
        this.topics = topics;
        this.claims = claims;
        this.zone = zone;
        this.now = now;
        this.producer = new KafkaProducer<>(
                producer(cluster, transactionalId), new StringSerializer(), new ByteArraySerializer());
        this.earlier = new EarlierTexts(topics.pressReleases(), cluster, MOST_WAITING);
        this.seen = new Seen();
        try {
            producer.initTransactions();
            new TopicReader(cluster).read(topics.pressReleases(), record -> {
                seen.put(record.value());
                earlier.stands(record);
            });
            this.mostBytes = mostBytes(cluster, topics);
        } catch (RuntimeException e) {
            // It is tried again and again while the broker is away: each try would leave a thread and its buffers.
            producer.close(Duration.ZERO);
            throw e;
        }
        this.resumes = !seen.isEmpty();
        this.readers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            var thread = new Thread(task, "surgewire-read");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Settings of a producer as ours is. */
    public static Map<String, Object> producer(Cluster cluster, String transactionalId) {
        Map<String, Object> settings = cluster.client();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
        return settings;
    }

    /** The smaller of what the two topics take, less what a batch and a record need around a value. */
    private static int mostBytes(Cluster cluster, Topics topics) {
        var resources = List.of(
                new ConfigResource(
                        ConfigResource.Type.TOPIC, topics.pressReleases().name()),
                new ConfigResource(
                        ConfigResource.Type.TOPIC, topics.announcements().name()));
        try (Admin admin = Admin.create(cluster.client())) {
            return admin.describeConfigs(resources).all().get().values().stream()
                            .mapToInt(config -> Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                                    .value()))
                            .min()
                            .orElseThrow()
                    - BATCH_BYTES;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot read the configuration of topics: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the configuration of topics", e);
        }
    }

    /** Whether an earlier publisher published anything. */
    public boolean resumes() {
        return resumes;
    }

    /** Number of releases published so far. */
    public int releases() {
        return seen.size();
    }

    /** Whether this is what was published last of its release. */
    public boolean isLatest(Release release) {
        Published latest = seen.latest(release.releaseId());
        return latest != null && latest.contentHash().equals(release.contentHash());
    }

    /** What was published last of a release; null when nothing was. */
    public @Nullable Published latest(String releaseId) {
        return seen.latest(releaseId);
    }

    /** The release that a source last gave this id of its own; null when it gave it none. */
    public @Nullable String releaseWithGuid(String sourceId, String guid) {
        return seen.releaseWithGuid(sourceId, guid);
    }

    /**
     * Publishes a whole release from a file as {@link #publish(Delivery)} does. A file tells of the past, so its claims
     * count as known since then, see {@link Release#knownSince}.
     */
    public Taken publish(Release release) {
        Instant readAt = now.instant();
        Instant since = release.knownSince(zone, seen.latest(release.releaseId()) != null);
        return publish(Delivery.of(release, zone), since.isAfter(readAt) ? readAt : since, readAt);
    }

    /**
     * Publishes a revision unless it is what was published last of its release. Its claims are known since now.
     */
    public Taken publish(Delivery delivery) {
        Instant readAt = now.instant();
        return publish(delivery, readAt, readAt);
    }

    private Taken publish(Delivery delivery, Instant knownSince, Instant readAt) {
        Release release = delivery.release();
        String releaseId = delivery.releaseId();
        String contentHash = release.contentHash();
        Published before = seen.latest(releaseId);
        if (before != null && before.contentHash().equals(contentHash)) {
            return Taken.AS_BEFORE;
        }
        PressRelease record = record(delivery, contentHash, before, readAt);
        // A character takes three bytes at most.
        if (release.text().length() > mostBytes / 4) {
            int bytes = bytes(topics.pressReleases(), record).length;
            if (bytes > mostBytes) {
                park(tooLarge(record, bytes));
                return Taken.TOO_LARGE;
            }
        }
        Instant published = record.getPublished();
        long stamp = (published.isAfter(readAt) ? readAt : published).toEpochMilli();
        later(record, stamp, () -> {
            ArrestAnnouncement announcement = claims.read(record);
            announcement.setKnownSince(knownSince.truncatedTo(ChronoUnit.MILLIS));
            return announcement;
        });
        return Taken.NEW;
    }

    /** Has a revision read, and sends it with what was read when its turn comes. */
    private void later(PressRelease record, long stamp, Supplier<ArrestAnnouncement> reading) {
        seen.put(record);
        earlier.put(record);
        Future<Pair> pair = readers.submit(() -> new Pair(
                toSend(topics.pressReleases(), record.getReleaseId(), record, stamp),
                toSend(topics.announcements(), record.getReleaseId(), reading.get(), stamp)));
        add(record.getText().length(), () -> send(record, result(pair)));
    }

    private void send(PressRelease record, Pair pair) {
        if (pair.longer() > mostBytes) {
            sendParked(tooLarge(record, pair.longer()));
            return;
        }
        earlier.sent(record.getReleaseId(), send(pair.release()));
        var unused = send(pair.announcement());
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a release can be neither read nor sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        }
    }

    private Refusal tooLarge(PressRelease record, int bytes) {
        return new Refusal(
                record.getSourceId(),
                0,
                "TOO_LARGE",
                record.getUrl() + " takes " + bytes + " bytes, and the topic takes " + mostBytes
                        + "; raise max.message.bytes",
                record.getTitle());
    }

    /**
     * Reads a stored release again with the present rules, and publishes it as a further revision with the same content
     * when its claims came out differently; says whether they did. A revision that is not the latest is passed over.
     *
     * @param published what is published of it now
     */
    boolean reread(PressRelease stored, Reading published) {
        Published latest = seen.latest(stored.getReleaseId());
        if (latest == null || latest.revision() != stored.getRevision()) {
            return false;
        }
        PressRelease next = PressRelease.newBuilder(stored)
                .setRevision(stored.getRevision() + 1)
                .setDiff(null)
                .build();
        ArrestAnnouncement announcement = claims.read(next);
        if (Reading.of(announcement).equals(published)) {
            return false;
        }
        later(next, now.instant().toEpochMilli(), () -> announcement);
        return true;
    }

    /** Parks a line that is no release. */
    public void park(Refusal refusal) {
        add(refusal.raw().length(), () -> sendParked(refusal));
    }

    private void sendParked(Refusal refusal) {
        var unused = send(toSend(
                topics.pressReleasesDlq(),
                refusal.file() + ":" + refusal.line(),
                DeadLetter.newBuilder()
                        .setAt(now.instant())
                        .setCause(refusal.cause())
                        .setDetail(refusal.detail())
                        .setFile(refusal.file())
                        .setLine(refusal.line())
                        .setRaw(ByteBuffer.wrap(refusal.raw().getBytes(StandardCharsets.UTF_8)))
                        .build(),
                now.instant().toEpochMilli()));
    }

    /** Publishes how a source answers, with everything published before. */
    public void publish(SourceHealth health) {
        long stamp = health.getAt().toEpochMilli();
        add(0, () -> {
            var unused = send(toSend(topics.sourceHealth(), health.getSourceId(), health, stamp));
        });
        commit();
    }

    /** Makes everything published so far visible. */
    public void commit() {
        while (!waiting.isEmpty()) {
            transact();
        }
    }

    private void add(int chars, Runnable send) {
        waiting.add(new Waiting(chars, send));
        waitingChars += chars;
        while (waiting.size() >= MOST_WAITING || waitingChars > MOST_WAITING_CHARS) {
            transact();
        }
    }

    /** Sends what waits longest. */
    private void transact() {
        try {
            producer.beginTransaction();
            for (int i = 0; i < RELEASES_IN_A_TRANSACTION && !waiting.isEmpty(); i++) {
                Waiting next = waiting.remove();
                waitingChars -= next.chars();
                next.send().run();
            }
            producer.commitTransaction();
            earlier.committed();
        } catch (KafkaException e) {
            // What cannot be written is none of the broker's: there it can be told to abort.
            lost = !(e instanceof SerializationException);
            throw e;
        }
    }

    private static <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
        return topic.serde().serializer().serialize(topic.name(), value);
    }

    private static <V extends SpecificRecord> ProducerRecord<String, byte[]> toSend(
            Topic<V> topic, String key, V value, long stamp) {
        return new ProducerRecord<>(topic.name(), null, stamp, key, bytes(topic, value));
    }

    /**
     * A send that fails later fails the commit, which nobody ignores. One that has failed already waited for the broker as
     * long as a send may, and the next would wait as long again.
     */
    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        Future<RecordMetadata> sent = producer.send(record);
        if (sent.isDone()) {
            result(sent);
        }
        return sent;
    }

    private PressRelease record(Delivery delivery, String contentHash, @Nullable Published before, Instant readAt) {
        Release release = delivery.release();
        PressRelease earlierRecord = before == null ? null : earlier.of(delivery.releaseId());
        return PressRelease.newBuilder()
                .setReleaseId(delivery.releaseId())
                .setSourceId(release.source())
                .setPublisher(release.publisher())
                .setUrl(release.url())
                .setTitle(release.title())
                .setText(release.text())
                .setPublished(release.published(delivery.zone()))
                .setPublishedDay(release.publishedDay())
                .setPublishedPrecision(release.publishedAt() == null ? "DAY" : "INSTANT")
                .setUpdated(release.updated())
                .setFirstSeen(before == null ? readAt : before.firstSeen())
                .setRevision(before == null ? 1 : before.revision() + 1)
                .setContentHash(contentHash)
                .setWithdrawn(release.withdrawn())
                .setGuid(delivery.guid())
                .setPartial(delivery.partial())
                .setEntryHash(delivery.entryHash())
                .setCapture(delivery.capture())
                .setDiff(earlierRecord == null ? null : TextDiff.of(earlierRecord, release))
                .build();
    }

    /** Ends without publishing what was not committed, and without waiting for a broker that is away. */
    @Override
    public void close() {
        readers.shutdownNow();
        earlier.close();
        // After a failure there is nothing to wait for: the next publisher of this id aborts what is open.
        producer.close(lost ? Duration.ZERO : CLOSING);
    }
}
