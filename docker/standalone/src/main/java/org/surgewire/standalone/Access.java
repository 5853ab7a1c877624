package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.TopologyDescription;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.deliveries.Deliveries;
import org.surgewire.streams.runtime.StreamsSettings;
import org.surgewire.streams.runtime.SurgewireTopology;
import org.surgewire.streams.stores.StateStores;

/**
 * Who may do what on the cluster: each application what it needs and nothing more. Whoever is not named here may do
 * nothing.
 */
final class Access {
    /** Publishes releases, announcements and the health of sources. */
    static final String INGEST = "surgewire-ingest";

    /** Reads announcements and publishes what follows from them. */
    static final String STREAMS = "surgewire-streams";

    /** Reads everything but the releases themselves, whose text may name people, and what was parked. */
    static final String CONSUMER = "surgewire-consumer";

    /** Keeps its schemas in topics of its own. */
    static final String REGISTRY = "surgewire-registry";

    private final Topics topics;
    private final Set<AclBinding> bindings = new LinkedHashSet<>();

    private Access(Topics topics) {
        this.topics = topics;
    }

    /** Every grant; topics and their readers and writers come from the code that uses them. */
    static List<AclBinding> lists(Topics topics) {
        var access = new Access(topics);
        access.ingest();
        access.streams();
        access.consumer();
        access.registry();
        return new ArrayList<>(access.bindings);
    }

    private void ingest() {
        seeAllTopics(INGEST);
        for (Topic<?> topic : List.of(topics.pressReleases(), topics.announcements(), topics.sourceHealth())) {
            allow(INGEST, ResourceType.TOPIC, topic.name(), AclOperation.READ, AclOperation.WRITE);
            allow(INGEST, ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE_CONFIGS);
        }
        allow(INGEST, ResourceType.TOPIC, topics.pressReleasesDlq().name(), AclOperation.WRITE);
        allow(
                INGEST,
                ResourceType.TRANSACTIONAL_ID,
                Publisher.TRANSACTIONAL_ID,
                AclOperation.DESCRIBE,
                AclOperation.WRITE);
    }

    private void streams() {
        seeAllTopics(STREAMS);
        // The page tells of changed alerts and counts as they are published.
        Set<String> read = new LinkedHashSet<>(
                Set.of(topics.alerts().name(), topics.counts().name()));
        Set<String> written =
                new LinkedHashSet<>(Set.of(topics.announcementsDlq().name()));
        for (TopologyDescription.Subtopology part : description().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    read.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink && sink.topic() != null) {
                    written.add(sink.topic());
                }
            }
        }
        for (Topic<?> topic : topics.all()) {
            if (read.contains(topic.name())) {
                allow(STREAMS, ResourceType.TOPIC, topic.name(), AclOperation.READ);
            }
            if (written.contains(topic.name())) {
                allow(STREAMS, ResourceType.TOPIC, topic.name(), AclOperation.WRITE);
            }
        }
        // Who delivers, and how far each subscription has got.
        allow(STREAMS, ResourceType.TOPIC, topics.deliveries().name(), AclOperation.READ, AclOperation.WRITE);
        allow(STREAMS, ResourceType.GROUP, Deliveries.GROUP, AclOperation.READ);
        // Its group, its transactions, and the changelog and repartition topics that it makes.
        for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            bindings.add(new AclBinding(
                    new ResourcePattern(type, Stack.APPLICATION_ID, PatternType.PREFIXED),
                    entry(STREAMS, AclOperation.ALL)));
        }
    }

    private TopologyDescription description() {
        var settings = new StreamsSettings(
                Stack.APPLICATION_ID, "none:0", Path.of("none"), 1, 0, Duration.ofSeconds(1), 1, "");
        return SurgewireTopology.of(
                        StateStores.inMemory(),
                        topics,
                        Jurisdictions.bundled(),
                        new Clock.OfAnnouncements(),
                        AlertSettings.defaults(),
                        settings.toProperties())
                .describe();
    }

    private void consumer() {
        for (Topic<?> topic : List.of(
                topics.announcements(),
                topics.cases(),
                topics.counts(),
                topics.operations(),
                topics.alerts(),
                topics.sourceHealth())) {
            allow(CONSUMER, ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE, AclOperation.READ);
        }
        bindings.add(new AclBinding(
                new ResourcePattern(ResourceType.GROUP, CONSUMER, PatternType.PREFIXED),
                entry(CONSUMER, AclOperation.READ)));
    }

    private void registry() {
        // Apicurio's topics with its default names.
        for (String topic : List.of("kafkasql-", "registry-events")) {
            bindings.add(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.PREFIXED),
                    entry(REGISTRY, AclOperation.ALL)));
        }
        bindings.add(new AclBinding(
                new ResourcePattern(ResourceType.GROUP, "apicurio-", PatternType.PREFIXED),
                entry(REGISTRY, AclOperation.ALL)));
    }

    private void seeAllTopics(String user) {
        topics.all().forEach(topic -> allow(user, ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE));
    }

    private void allow(String user, ResourceType type, String name, AclOperation... operations) {
        for (AclOperation operation : operations) {
            bindings.add(new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), entry(user, operation)));
        }
    }

    private static AccessControlEntry entry(String user, AclOperation operation) {
        return new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    }
}
