package org.surgewire.ingest.publish;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;

/**
 * What was published before: the latest revision of every release. It is read from the release topic itself, so that it
 * outlasts any feed and agrees with what consumers see, also after a crash.
 */
final class Seen {
    /** A release's latest revision. */
    record Revision(int number, String contentHash, Instant firstSeen) {}

    private final Map<String, Revision> latest = new HashMap<>();

    /** Reads what was published so far. */
    static Seen from(Topic<PressRelease> topic, String bootstrapServers) {
        var seen = new Seen();
        new TopicReader(bootstrapServers)
                .read(
                        topic,
                        (releaseId, release) -> seen.put(
                                releaseId,
                                new Revision(release.getRevision(), release.getContentHash(), release.getFirstSeen())));
        return seen;
    }

    boolean isEmpty() {
        return latest.isEmpty();
    }

    @Nullable
    Revision latest(String releaseId) {
        return latest.get(releaseId);
    }

    void put(String releaseId, Revision revision) {
        latest.put(releaseId, revision);
    }
}
