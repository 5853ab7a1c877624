package org.surgewire.ingest.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.surgewire.ingest.publish.Seen.Revision;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.ingest.release.Release;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.topics.Topic;
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
    private static final int RELEASES_IN_A_TRANSACTION = 200;

    private final Topics topics;
    private final ClaimReader claims;
    private final ZoneId zone;
    private final InstantSource now;
    private final Seen seen;
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
            String bootstrapServers,
            String transactionalId,
            Topics topics,
            ClaimReader claims,
            ZoneId zone,
            InstantSource now) {
        this.topics = topics;
        this.claims = claims;
        this.zone = zone;
        this.now = now;
        this.producer = producer(bootstrapServers, transactionalId);
        producer.initTransactions();
        this.seen = Seen.from(topics.pressReleases(), bootstrapServers);
        this.resumes = !seen.isEmpty();
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrapServers, String transactionalId) {
        var properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Whether an earlier publisher published anything. */
    public boolean resumes() {
        return resumes;
    }

    /** Whether this is what was published last of its release. */
    public boolean isLatest(Release release) {
        Revision latest = seen.latest(release.releaseId());
        return latest != null && latest.contentHash().equals(release.contentHash());
    }

    /** Publishes a revision unless it is what was published last of its release; says whether it was new. */
    public boolean publish(Release release) {
        if (isLatest(release)) {
            return false;
        }
        String releaseId = release.releaseId();
        String hash = release.contentHash();
        Revision before = seen.latest(releaseId);
        Instant readAt = now.instant();
        var revision = new Revision(
                before == null ? 1 : before.number() + 1, hash, before == null ? readAt : before.firstSeen());
        PressRelease record = record(release, revision);
        ArrestAnnouncement announcement = claims.read(record);
        begin();
        Instant published = record.getPublished();
        long stamp = (published.isAfter(readAt) ? readAt : published).toEpochMilli();
        send(topics.pressReleases(), releaseId, record, stamp);
        send(topics.announcements(), releaseId, announcement, stamp);
        seen.put(releaseId, revision);
        if (inTransaction >= RELEASES_IN_A_TRANSACTION) {
            commit();
        }
        return true;
    }

    /** Parks a line that is no release. */
    public void park(Refusal refusal) {
        begin();
        send(
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
                now.instant().toEpochMilli());
    }

    /** Makes everything published so far visible. */
    public void commit() {
        if (inTransaction > 0) {
            producer.commitTransaction();
            inTransaction = 0;
        }
    }

    private void begin() {
        if (inTransaction == 0) {
            producer.beginTransaction();
        }
        inTransaction++;
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, long timestamp) {
        byte[] bytes = topic.serde().serializer().serialize(topic.name(), value);
        // A failed send fails the transaction's commit, which nobody ignores.
        var unused = producer.send(new ProducerRecord<>(topic.name(), null, timestamp, key, bytes));
    }

    private PressRelease record(Release release, Revision revision) {
        return PressRelease.newBuilder()
                .setReleaseId(release.releaseId())
                .setSourceId(release.source())
                .setPublisher(release.publisher())
                .setUrl(release.url())
                .setTitle(release.title())
                .setText(release.text())
                .setPublished(release.published(zone))
                .setPublishedDay(release.publishedDay())
                .setPublishedPrecision(release.publishedAt() == null ? "DAY" : "INSTANT")
                .setUpdated(release.updated())
                .setFirstSeen(revision.firstSeen())
                .setRevision(revision.number())
                .setContentHash(revision.contentHash())
                .setWithdrawn(release.withdrawn())
                .build();
    }

    /** Ends without publishing what was not committed. */
    @Override
    public void close() {
        producer.close();
    }
}
