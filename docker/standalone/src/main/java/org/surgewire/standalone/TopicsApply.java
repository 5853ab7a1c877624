package org.surgewire.standalone;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description = {
            "Makes the topics and registers the schemas, as far as they are not as they should be.",
            "",
            "Prints each change. Never deletes anything, and never changes the number of partitions: keys would move."
                    + " A schema that is not fully compatible with every version before it is refused, with code 1."
        })
final class TopicsApply implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--dry-run", description = "Say what would be changed, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        return cluster.withAdmin(admin -> {
            Topics topics = Topics.on(cluster.registry(), cluster.partitions());
            int changes = topics(admin, topics) + schemas(cluster.registry(), topics);
            System.err.printf(dryRun ? "surgewire: %d changes to make%n" : "surgewire: %d changes made%n", changes);
            return 0;
        });
    }

    private int topics(Admin admin, Topics topics) throws Exception {
        Set<String> there = admin.listTopics().names().get();
        List<Topic<?>> missing = topics.all().stream()
                .filter(topic -> !there.contains(topic.name()))
                .toList();
        for (Topic<?> topic : missing) {
            System.out.printf(
                    "topic %s: make with %d partitions, %d replicas%n",
                    topic.name(), topic.partitions(), cluster.replication());
        }
        if (!dryRun && !missing.isEmpty()) {
            topics.create(admin, cluster.replication());
        }
        List<Topic<?>> standing = topics.all().stream()
                .filter(topic -> there.contains(topic.name()))
                .toList();
        Map<String, TopicDescription> described = admin.describeTopics(
                        standing.stream().map(Topic::name).toList())
                .allTopicNames()
                .get();
        int changes = missing.size();
        for (Topic<?> topic : standing) {
            int partitions =
                    requireNonNull(described.get(topic.name())).partitions().size();
            if (partitions != topic.partitions()) {
                System.out.printf(
                        "topic %s: left with %d partitions, not %d%n", topic.name(), partitions, topic.partitions());
            }
        }
        for (Map.Entry<ConfigResource, Collection<AlterConfigOp>> topic :
                wrong(admin, standing).entrySet()) {
            topic.getValue()
                    .forEach(each -> System.out.printf(
                            "topic %s: set %s to %s%n",
                            topic.getKey().name(),
                            each.configEntry().name(),
                            each.configEntry().value()));
            if (!dryRun) {
                admin.incrementalAlterConfigs(Map.of(topic.getKey(), topic.getValue()))
                        .all()
                        .get();
            }
            changes += topic.getValue().size();
        }
        return changes;
    }

    /** Gives standing topics, which another version may have made, the configuration that they are made with now. */
    static void configure(Admin admin, Topics topics) {
        try {
            admin.incrementalAlterConfigs(wrong(admin, topics.all())).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot configure topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while configuring topics", e);
        }
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> wrong(Admin admin, List<Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        Map<ConfigResource, Config> configs = admin.describeConfigs(
                        topics.stream().map(TopicsApply::resource).toList())
                .all()
                .get();
        Map<ConfigResource, Collection<AlterConfigOp>> wrong = new LinkedHashMap<>();
        for (Topic<?> topic : topics) {
            Collection<AlterConfigOp> each = wrong(topic, requireNonNull(configs.get(resource(topic))));
            if (!each.isEmpty()) {
                wrong.put(resource(topic), each);
            }
        }
        return wrong;
    }

    private static ConfigResource resource(Topic<?> topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static Collection<AlterConfigOp> wrong(Topic<?> topic, Config config) {
        List<AlterConfigOp> wrong = new ArrayList<>();
        topic.configs().forEach((name, value) -> {
            if (!config.get(name).value().equals(value)) {
                wrong.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return wrong;
    }

    private int schemas(Registry registry, Topics topics) {
        int changes = 0;
        for (Topic<?> topic : topics.all()) {
            List<Registry.Version> versions = registry.versions(topic.subject());
            if (versions.stream().anyMatch(version -> version.schema().equals(topic.schema()))) {
                continue;
            }
            List<String> against =
                    versions.isEmpty() ? List.of() : registry.incompatibilities(topic.subject(), topic.schema());
            if (!against.isEmpty()) {
                throw new Failure(
                        "the registry refuses a schema",
                        topic.subject() + ": " + String.join("; ", against),
                        "it must be fully compatible with every version before it");
            }
            System.out.printf("subject %s: register version %d%n", topic.subject(), versions.size() + 1);
            if (!dryRun) {
                registry.register(topic.subject(), topic.schema());
                registry.requireFullTransitive(topic.subject());
            }
            changes++;
        }
        return changes;
    }
}
