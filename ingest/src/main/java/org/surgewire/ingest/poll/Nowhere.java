package org.surgewire.ingest.poll;

import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.publish.Published;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;

/** Publishes nothing and knows nothing: every entry is new. */
public final class Nowhere implements Outlet {
    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public @Nullable Published latest(String releaseId) {
        return null;
    }

    @Override
    public @Nullable String releaseWithGuid(String sourceId, String guid) {
        return null;
    }

    @Override
    public Taken publish(Delivery delivery) {
        return Taken.NEW;
    }

    @Override
    public void park(Refusal refusal) {}

    @Override
    public void commit() {}
}
