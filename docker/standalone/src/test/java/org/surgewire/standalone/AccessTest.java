package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;

class AccessTest {
    private final Topics topics = Topics.on(Registry.autoRegistering("mock://access"), 1);
    private final List<AclBinding> lists = Access.lists(topics);

    private Set<String> topicsThat(String user, AclOperation operation) {
        return lists.stream()
                .filter(binding -> binding.entry().principal().equals("User:" + user)
                        && binding.entry().operation() == operation
                        && binding.pattern().resourceType() == ResourceType.TOPIC)
                .map(binding -> binding.pattern().name())
                .collect(Collectors.toSet());
    }

    @Test
    void onlyIngestWritesReleasesAndAnnouncements() {
        assertThat(topicsThat(Access.INGEST, AclOperation.WRITE))
                .containsExactlyInAnyOrder(
                        topics.pressReleases().name(),
                        topics.announcements().name(),
                        topics.sourceHealth().name(),
                        topics.pressReleasesDlq().name());
        assertThat(topicsThat(Access.STREAMS, AclOperation.WRITE))
                .containsExactlyInAnyOrder(
                        topics.cases().name(),
                        topics.counts().name(),
                        topics.operations().name(),
                        topics.alerts().name(),
                        topics.deliveries().name(),
                        topics.announcementsDlq().name());
    }

    @Test
    void thePipelineReadsWhatItCountsAndNeverAReleaseWithItsText() {
        assertThat(topicsThat(Access.STREAMS, AclOperation.READ))
                .contains(topics.announcements().name(), topics.sourceHealth().name())
                .doesNotContain(topics.pressReleases().name());
    }

    @Test
    void aConsumerWritesNothingAndReadsNeitherReleasesNorWhatWasParked() {
        assertThat(topicsThat(Access.CONSUMER, AclOperation.WRITE)).isEmpty();
        assertThat(topicsThat(Access.CONSUMER, AclOperation.ALL)).isEmpty();
        assertThat(topicsThat(Access.CONSUMER, AclOperation.READ))
                .contains(topics.counts().name(), topics.alerts().name())
                .doesNotContain(
                        topics.pressReleases().name(),
                        topics.deliveries().name(),
                        topics.pressReleasesDlq().name(),
                        topics.announcementsDlq().name());
    }

    @Test
    void nobodyMayDoEverythingToTheCluster() {
        assertThat(lists)
                .noneMatch(binding -> binding.pattern().resourceType() == ResourceType.CLUSTER
                        || binding.pattern().name().equals("*"));
    }
}
