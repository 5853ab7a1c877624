package org.surgewire.schemas.topics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.AvroSerde;
import org.surgewire.schemas.serde.Registry;

/**
 * Every topic of the product. Topic creation, access lists and the documentation of topics are all made from
 * {@link #all()}, so that no topic exists in one place and not in the others.
 *
 * <p>Announcements are kept for ever, each of them: all else is counted from them, and a broker that compacts a topic takes
 * away what was not read yet. Of the other topics the last record of each key is kept for ever. Nothing is deleted by age,
 * since event times reach back years and a broker compares them with the wall clock, except dead letters: they are kept for
 * 90 days after they were parked.
 */
public record Topics(
        Topic<PressRelease> pressReleases,
        Topic<ArrestAnnouncement> announcements,
        Topic<Case> cases,
        Topic<JurisdictionCounts> counts,
        Topic<Operation> operations,
        Topic<Alert> alerts,
        Topic<SourceHealth> sourceHealth,
        Topic<Delivery> deliveries,
        Topic<DeadLetter> pressReleasesDlq,
        Topic<DeadLetter> announcementsDlq) {

    /** Most bytes of one record. A case holds all announcements of its event, and may have hundreds. */
    public static final int MOST_BYTES = 16 << 20;

    /**
     * A segment ends by its size alone. By time it would end by the times of its records, and those of a backfill, or of a
     * clock that is wrong, are years apart: there would be thousands, and what a compacted topic held a moment ago would be
     * gone. A segment that is written to is never compacted.
     */
    private static final Map<String, String> KEPT = Map.of(
            "retention.ms",
            "-1",
            "max.message.bytes",
            Integer.toString(MOST_BYTES),
            "segment.bytes",
            Integer.toString(64 << 20),
            "segment.ms",
            Long.toString(Long.MAX_VALUE));

    /** Former revisions make a topic larger by one segment and half of the rest at most. */
    private static final Map<String, String> COMPACTED =
            with(KEPT, Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.5"));

    private static final Map<String, String> COMPLETE =
            with(KEPT, Map.of("cleanup.policy", "delete", "retention.bytes", "-1"));

    private static final Map<String, String> DEAD_LETTERS = Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            Long.toString(TimeUnit.DAYS.toMillis(90)),
            "message.timestamp.type",
            "LogAppendTime");

    /** The topics with serdes on this registry, made with this many partitions. */
    public static Topics on(Registry registry, int partitions) {
        var make = new Maker(registry, partitions);
        return new Topics(
                make.compacted("enforcement.press-releases.v1", "release id", PressRelease.class),
                make.complete("enforcement.arrest-announcements.v1", "release id", ArrestAnnouncement.class),
                make.compacted("enforcement.cases.v1", "case id", Case.class),
                make.compacted("enforcement.counts.v1", "jurisdiction id", JurisdictionCounts.class),
                make.compacted("enforcement.operations.v1", "operation id", Operation.class),
                make.compacted("enforcement.alerts.v1", "alert id", Alert.class),
                make.compacted("enforcement.source-health.v1", "source id", SourceHealth.class),
                make.compacted("enforcement.deliveries.v1", "subscription id, or that and an alert id", Delivery.class),
                make.deadLetters("enforcement.press-releases.v1.dlq"),
                make.deadLetters("enforcement.arrest-announcements.v1.dlq"));
    }

    /** Every topic, in the order of the data flow. */
    public List<Topic<?>> all() {
        return List.of(
                pressReleases,
                announcements,
                cases,
                counts,
                operations,
                alerts,
                sourceHealth,
                deliveries,
                pressReleasesDlq,
                announcementsDlq);
    }

    /** The topics that nothing else can be made from: what a backup has to hold. The others are counted again from them. */
    public List<Topic<?>> original() {
        return List.of(pressReleases, announcements, sourceHealth, deliveries, pressReleasesDlq, announcementsDlq);
    }

    /**
     * Makes the topics that do not exist yet; those that do are left as they are.
     *
     * @throws KafkaException when the broker refuses or does not answer within 30 seconds
     */
    public void create(Admin admin, short replication) {
        try {
            Set<String> missing = new HashSet<>();
            all().forEach(topic -> missing.add(topic.name()));
            missing.removeAll(admin.listTopics().names().get(30, TimeUnit.SECONDS));
            List<NewTopic> toCreate = all().stream()
                    .filter(topic -> missing.contains(topic.name()))
                    .map(topic -> topic.toCreate(replication))
                    .toList();
            create(admin, toCreate);
            // The controller makes them; the broker that is asked next may hear of it a little later.
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!admin.listTopics().names().get(30, TimeUnit.SECONDS).containsAll(missing)) {
                if (System.nanoTime() - until > 0) {
                    throw new TimeoutException("topics that were made are not listed");
                }
                Thread.sleep(50);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot create topics: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new KafkaException("cannot create topics: the broker did not answer within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", e);
        }
    }

    /** Another process may make them at the same time. */
    private static void create(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private record Maker(Registry registry, int partitions) {
        <V extends SpecificRecord> Topic<V> compacted(String name, String key, Class<V> type) {
            return new Topic<>(name, key, type, new AvroSerde<>(registry, type), partitions, COMPACTED);
        }

        <V extends SpecificRecord> Topic<V> complete(String name, String key, Class<V> type) {
            return new Topic<>(name, key, type, new AvroSerde<>(registry, type), partitions, COMPLETE);
        }

        Topic<DeadLetter> deadLetters(String name) {
            return new Topic<>(
                    name,
                    "source id, or topic, partition and offset",
                    DeadLetter.class,
                    new AvroSerde<>(registry, DeadLetter.class),
                    1,
                    DEAD_LETTERS);
        }
    }
}
