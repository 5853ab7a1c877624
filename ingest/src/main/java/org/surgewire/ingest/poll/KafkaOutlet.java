package org.surgewire.ingest.poll;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.publish.Published;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.Delivery;
import org.surgewire.ingest.release.Refusal;
import org.surgewire.schemas.SourceHealth;

/**
 * Lets several readings share a publisher. After a failure the publisher is closed, and the next session opens another
 * one, which reads from the topic what was committed. A session whose publisher failed goes on failing, since what it
 * published may be lost: its reading has to be done again. Thread-safe.
 */
public final class KafkaOutlet implements AutoCloseable {
    private final Supplier<Publisher> opening;
    private final Object lock = new Object();
    private @Nullable Publisher publisher;

    /** @param opening opens a publisher; may fail while the broker is away */
    public KafkaOutlet(Supplier<Publisher> opening) {
        this.opening = opening;
    }

    /** An outlet for one reading. Waits for a publisher to be opened, and fails as that fails. */
    public Session session() {
        synchronized (lock) {
            Publisher open = publisher;
            if (open == null) {
                open = opening.get();
                publisher = open;
            }
            return new Session(open);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (publisher != null) {
                publisher.close();
                publisher = null;
            }
        }
    }

    /** The outlet of one reading. */
    public final class Session implements Outlet {
        private final Publisher mine;

        private Session(Publisher mine) {
            this.mine = mine;
        }

        private <T extends @Nullable Object> T with(Function<Publisher, T> action) {
            synchronized (lock) {
                if (!mine.equals(publisher)) {
                    throw new org.apache.kafka.common.errors.TimeoutException(
                            "the connection was lost during this reading");
                }
                try {
                    return action.apply(mine);
                } catch (RuntimeException e) {
                    publisher = null;
                    mine.close();
                    throw e;
                }
            }
        }

        @Override
        public boolean isEmpty() {
            return this.<Boolean>with(publisher -> !publisher.resumes());
        }

        @Override
        public @Nullable Published latest(String releaseId) {
            return this.<@Nullable Published>with(publisher -> publisher.latest(releaseId));
        }

        @Override
        public @Nullable String releaseWithGuid(String sourceId, String guid) {
            return this.<@Nullable String>with(publisher -> publisher.releaseWithGuid(sourceId, guid));
        }

        @Override
        public Taken publish(Delivery delivery) {
            return this.<Taken>with(publisher -> publisher.publish(delivery));
        }

        @Override
        public void park(Refusal refusal) {
            this.<Boolean>with(publisher -> {
                publisher.park(refusal);
                return true;
            });
        }

        @Override
        public void commit() {
            this.<Boolean>with(publisher -> {
                publisher.commit();
                return true;
            });
        }

        /** Publishes how a source is doing, with everything published before. */
        public void publish(SourceHealth health) {
            this.<Boolean>with(publisher -> {
                publisher.publish(health);
                return true;
            });
        }
    }
}
