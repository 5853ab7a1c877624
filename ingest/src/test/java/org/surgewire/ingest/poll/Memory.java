package org.surgewire.ingest.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surgewire.ingest.publish.Published;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;

/** Keeps what was published, as the topic does; when a commit fails everything is lost. */
final class Memory implements Outlet {
    final List<Delivery> published = new ArrayList<>();
    final List<Refusal> parked = new ArrayList<>();
    private final Map<String, Published> latest = new HashMap<>();
    private final Map<String, String> guids = new HashMap<>();
    private boolean failing;
    /** When what is published is read. */
    Instant readAt = Instant.parse("2020-10-08T12:00:00Z");

    /** The next commit fails. */
    void failAtNextCommit() {
        failing = true;
    }

    @Override
    public boolean isEmpty() {
        return latest.isEmpty();
    }

    @Override
    public Published latest(String releaseId) {
        return latest.get(releaseId);
    }

    @Override
    public String releaseWithGuid(String sourceId, String guid) {
        return guids.get(sourceId + guid);
    }

    @Override
    public Taken publish(Delivery delivery) {
        Published before = latest.get(delivery.releaseId());
        if (before != null && before.contentHash().equals(delivery.release().contentHash())) {
            return Taken.AS_BEFORE;
        }
        published.add(delivery);
        latest.put(
                delivery.releaseId(),
                new Published(
                        before == null ? 1 : before.revision() + 1,
                        delivery.release().contentHash(),
                        before == null ? readAt : before.firstSeen(),
                        delivery.release().source(),
                        delivery.release().publishedDay(),
                        delivery.release().title(),
                        delivery.partial(),
                        delivery.entryHash()));
        if (delivery.guid() != null) {
            guids.put(delivery.release().source() + delivery.guid(), delivery.releaseId());
        }
        return Taken.NEW;
    }

    @Override
    public void park(Refusal refusal) {
        parked.add(refusal);
    }

    @Override
    public void commit() {
        if (failing) {
            failing = false;
            latest.clear();
            guids.clear();
            published.clear();
            throw new IllegalStateException("the broker is away");
        }
    }

    List<String> titles() {
        return published.stream().map(each -> each.release().title()).toList();
    }
}
