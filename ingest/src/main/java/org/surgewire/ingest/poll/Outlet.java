package org.surgewire.ingest.poll;

import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.publish.Published;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;

/** Where a reading goes: to Kafka, or nowhere when a source is only checked. */
public interface Outlet {
    /** Whether nothing was published yet. */
    boolean isEmpty();

    /** What was published last of a release; null when nothing was. */
    @Nullable
    Published latest(String releaseId);

    /** The release that a source last gave this id of its own; null when it gave it none. */
    @Nullable
    String releaseWithGuid(String sourceId, String guid);

    /** Publishes a revision unless it is the latest. */
    Taken publish(Delivery delivery);

    /** Keeps what is no release, with its cause. */
    void park(Refusal refusal);

    /** Makes what was published so far last. */
    void commit();
}
