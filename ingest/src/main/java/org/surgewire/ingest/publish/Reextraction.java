package org.surgewire.ingest.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
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
        reader.read(topics.announcements(), (id, announcement) -> published.put(id, Reading.of(announcement)));
        long[] counts = {0, 0};
        reader.read(topics.pressReleases(), (id, release) -> {
            counts[0]++;
            counts[1] += publisher.reread(release, published.getOrDefault(id, NONE)) ? 1 : 0;
            progress.accept(counts[0]);
        });
        publisher.commit();
        return new Result(counts[0], counts[1]);
    }
}
