package org.surgewire.ingest.publish;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.PressRelease;

/**
 * What was published before: the latest revision of every release. It is read from the release topic itself, so that it
 * outlasts any feed and agrees with what consumers see, also after a crash.
 */
final class Seen {
    private final Map<String, Published> latest = new HashMap<>();
    private final Map<String, String> releaseByGuid = new HashMap<>();
    /** Few: one copy of each is enough. */
    private final Map<String, String> sources = new HashMap<>();

    int size() {
        return latest.size();
    }

    boolean isEmpty() {
        return latest.isEmpty();
    }

    @Nullable
    Published latest(String releaseId) {
        return latest.get(releaseId);
    }

    @Nullable
    String releaseWithGuid(String sourceId, String guid) {
        return releaseByGuid.get(key(sourceId, guid));
    }

    void put(PressRelease release) {
        latest.put(
                release.getReleaseId(),
                new Published(
                        release.getRevision(),
                        release.getContentHash(),
                        release.getFirstSeen(),
                        sources.computeIfAbsent(release.getSourceId(), id -> id),
                        release.getPublishedDay(),
                        release.getTitle(),
                        release.getPartial(),
                        release.getEntryHash()));
        if (release.getGuid() != null) {
            releaseByGuid.put(key(release.getSourceId(), release.getGuid()), release.getReleaseId());
        }
    }

    private static String key(String sourceId, String guid) {
        return sourceId + " " + guid;
    }
}
