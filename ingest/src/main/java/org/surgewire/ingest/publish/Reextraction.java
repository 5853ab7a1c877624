package org.surgewire.ingest.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.serde.RegistryException;
import org.surgewire.schemas.topics.Cluster;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;

/**
 * Reads every stored release again with the present rules. Those whose claims come out differently are published anew, so
 * that counts follow; broken off and started again it goes on, and a second run publishes nothing.
 */
public final class Reextraction {
    private static final Reading NONE = new Reading("");

    private final Publisher publisher;
    private final Topics topics;
    private final TopicReader reader;

    public Reextraction(Publisher publisher, Topics topics, Cluster cluster) {
        this.publisher = publisher;
        this.topics = topics;
        this.reader = new TopicReader(cluster);
    }

    /**
     * What it came to.
     *
     * @param read releases read
     * @param changed those of them whose claims came out differently
     */
    public record Result(long read, long changed) {}

    /** Runs to the end; tells of each release. */
    public Result run(LongConsumer progress) {
        Map<String, Reading> published = new HashMap<>();
        reader.readBytes(topics.announcements(), record -> published.put(record.key(), standing(record)));
        long[] counts = {0, 0};
        reader.read(topics.pressReleases(), (id, release) -> {
            counts[0]++;
            counts[1] += publisher.reread(release, published.getOrDefault(id, NONE)) ? 1 : 0;
            progress.accept(counts[0]);
        });
        publisher.commit();
        return new Result(counts[0], counts[1]);
    }

    /** What cannot be read, and was parked for it, is not what the release says: it is published anew. */
    private Reading standing(ConsumerRecord<String, byte[]> record) {
        try {
            ArrestAnnouncement announcement =
                    topics.announcements().serde().deserializer().deserialize(record.topic(), record.value());
            return announcement == null ? NONE : Reading.of(announcement);
        } catch (SerializationException e) {
            if (e instanceof RegistryException away && away.retriable()) {
                throw e;
            }
            return NONE;
        }
    }
}
