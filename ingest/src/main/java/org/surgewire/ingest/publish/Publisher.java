package org.surgewire.ingest.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
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
 * <p>Records are stamped with the publication time, or with the present where that lies ahead of it (a day's noon read in
 * the morning): brokers refuse the future. For use by one thread; two publishers with one transactional id fence each
 * other off.
 */
public final class Publisher implements AutoCloseable {
    /** The id of the one publisher of a cluster, in whichever command it runs. */
    public static final String TRANSACTIONAL_ID = "surgewire-ingest";

    private static final int RELEASES_IN_A_TRANSACTION = 200;
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
    private int inTransaction;

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
        this.producer = producer(cluster, transactionalId);
        this.earlier = new EarlierTexts(topics.pressReleases(), cluster);
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
    }

    private static KafkaProducer<String, byte[]> producer(Cluster cluster, String transactionalId) {
        Map<String, Object> settings = cluster.client();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
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
        return isLatest(release.releaseId(), release);
    }

    private boolean isLatest(String releaseId, Release release) {
        Published latest = seen.latest(releaseId);
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
    public boolean publish(Release release) {
        Instant readAt = now.instant();
        Instant since = release.knownSince(zone, seen.latest(release.releaseId()) != null);
        return publish(Delivery.of(release), since.isAfter(readAt) ? readAt : since, readAt);
    }

    /**
     * Publishes a revision unless it is what was published last of its release; says whether it was new. One that is
     * larger than the topic takes is parked. Its claims are known since now.
     */
    public boolean publish(Delivery delivery) {
        Instant readAt = now.instant();
        return publish(delivery, readAt, readAt);
    }

    private boolean publish(Delivery delivery, Instant knownSince, Instant readAt) {
        Release release = delivery.release();
        String releaseId = delivery.releaseId();
        if (isLatest(releaseId, release)) {
            return false;
        }
        Published before = seen.latest(releaseId);
        PressRelease record = record(delivery, before, readAt);
        byte[] releaseBytes = bytes(topics.pressReleases(), record);
        ArrestAnnouncement announcement = claims.read(record);
        announcement.setKnownSince(knownSince.truncatedTo(ChronoUnit.MILLIS));
        byte[] announcementBytes = bytes(topics.announcements(), announcement);
        if (Math.max(releaseBytes.length, announcementBytes.length) > mostBytes) {
            park(new Refusal(
                    release.source(),
                    0,
                    "TOO_LARGE",
                    release.url() + " takes " + Math.max(releaseBytes.length, announcementBytes.length)
                            + " bytes, and the topic takes " + mostBytes + "; raise max.message.bytes",
                    release.title()));
            return false;
        }
        begin();
        Instant published = record.getPublished();
        long stamp = (published.isAfter(readAt) ? readAt : published).toEpochMilli();
        earlier.sent(releaseId, record, send(topics.pressReleases(), releaseId, releaseBytes, stamp));
        var unused = send(topics.announcements(), releaseId, announcementBytes, stamp);
        seen.put(record);
        if (inTransaction >= RELEASES_IN_A_TRANSACTION) {
            commit();
        }
        return true;
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
        begin();
        long stamp = now.instant().toEpochMilli();
        String releaseId = stored.getReleaseId();
        earlier.sent(
                releaseId, next, send(topics.pressReleases(), releaseId, bytes(topics.pressReleases(), next), stamp));
        var unused = send(topics.announcements(), releaseId, bytes(topics.announcements(), announcement), stamp);
        seen.put(next);
        if (inTransaction >= RELEASES_IN_A_TRANSACTION) {
            commit();
        }
        return true;
    }

    /** Parks a line that is no release. */
    public void park(Refusal refusal) {
        begin();
        var unused = send(
                topics.pressReleasesDlq(),
                refusal.file() + ":" + refusal.line(),
                bytes(
                        topics.pressReleasesDlq(),
                        DeadLetter.newBuilder()
                                .setAt(now.instant())
                                .setCause(refusal.cause())
                                .setDetail(refusal.detail())
                                .setFile(refusal.file())
                                .setLine(refusal.line())
                                .setRaw(ByteBuffer.wrap(refusal.raw().getBytes(StandardCharsets.UTF_8)))
                                .build()),
                now.instant().toEpochMilli());
    }

    /** Publishes how a source answers, with everything published before. */
    public void publish(SourceHealth health) {
        begin();
        var unused = send(
                topics.sourceHealth(),
                health.getSourceId(),
                bytes(topics.sourceHealth(), health),
                health.getAt().toEpochMilli());
        commit();
    }

    /** Makes everything published so far visible. */
    public void commit() {
        if (inTransaction > 0) {
            producer.commitTransaction();
            inTransaction = 0;
            earlier.committed();
        }
    }

    private void begin() {
        if (inTransaction == 0) {
            producer.beginTransaction();
        }
        inTransaction++;
    }

    private static <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
        return topic.serde().serializer().serialize(topic.name(), value);
    }

    /** A failed send fails the transaction's commit, which nobody ignores. */
    private Future<RecordMetadata> send(Topic<?> topic, String key, byte[] value, long timestamp) {
        return producer.send(new ProducerRecord<>(topic.name(), null, timestamp, key, value));
    }

    private PressRelease record(Delivery delivery, @Nullable Published before, Instant readAt) {
        Release release = delivery.release();
        PressRelease earlierRecord = before == null ? null : earlier.of(delivery.releaseId());
        return PressRelease.newBuilder()
                .setReleaseId(delivery.releaseId())
                .setSourceId(release.source())
                .setPublisher(release.publisher())
                .setUrl(release.url())
                .setTitle(release.title())
                .setText(release.text())
                .setPublished(release.published(zone))
                .setPublishedDay(release.publishedDay())
                .setPublishedPrecision(release.publishedAt() == null ? "DAY" : "INSTANT")
                .setUpdated(release.updated())
                .setFirstSeen(before == null ? readAt : before.firstSeen())
                .setRevision(before == null ? 1 : before.revision() + 1)
                .setContentHash(release.contentHash())
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
        earlier.close();
        producer.close(CLOSING);
    }
}
