package org.surgewire.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.serde.Registry;

class TopicsTest {
    private static final int PARTITIONS = 6;

    private final Topics topics = Topics.on(Registry.autoRegistering("mock://topics-test"), PARTITIONS);

    private List<Topic<?>> deadLetters() {
        return topics.all().stream()
                .filter(topic -> topic.type().equals(DeadLetter.class))
                .toList();
    }

    @Test
    void everyTopicIsListedOnceUnderItsOwnName() {
        assertThat(topics.all())
                .hasSize(Topics.class.getRecordComponents().length)
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("enforcement(\\.[a-z]+(-[a-z]+)*)\\.v\\d+(\\.dlq)?"));
    }

    @Test
    void deadLettersAreNamedAfterTheTopicTheyWereMeantForAndOnlyTheyAre() {
        Set<String> names = topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        assertThat(deadLetters())
                .isNotEmpty()
                .extracting(Topic::name)
                .allMatch(name -> name.endsWith(".dlq") && names.contains(name.substring(0, name.length() - 4)));
        assertThat(topics.all().stream().filter(topic -> topic.name().endsWith(".dlq")))
                .containsExactlyElementsOf(deadLetters());
    }

    @Test
    void onlyDeadLettersAreEverDeletedByAgeAndThatCountsFromTheirArrival() {
        for (Topic<?> topic : topics.all()) {
            if (topic.type().equals(DeadLetter.class)) {
                assertThat(topic.configs())
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("message.timestamp.type", "LogAppendTime");
            } else {
                assertThat(topic.configs())
                        .as(topic.name())
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("segment.bytes", "67108864");
            }
        }
    }

    @Test
    void everyAnnouncementIsKeptAndTheLastOfEachKeyElsewhere() {
        for (Topic<?> topic : topics.all()) {
            if (topic.type().equals(ArrestAnnouncement.class)) {
                assertThat(topic.configs())
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("retention.bytes", "-1");
            } else if (!topic.type().equals(DeadLetter.class)) {
                assertThat(topic.configs()).as(topic.name()).containsEntry("cleanup.policy", "compact");
            }
        }
    }

    @Test
    void noSegmentEndsByTheTimesOfItsRecordsWhichMayBeYearsApart() {
        assertThat(topics.all())
                .filteredOn(topic -> !topic.type().equals(DeadLetter.class))
                .allSatisfy(topic -> assertThat(topic.configs())
                        .as(topic.name())
                        .containsEntry("segment.ms", Long.toString(Long.MAX_VALUE)));
    }

    @Test
    void aTopicIsMadeAsItSays() {
        var made = topics.alerts().toCreate((short) 3);
        assertThat(made.name()).isEqualTo(topics.alerts().name());
        assertThat(made.numPartitions()).isEqualTo(PARTITIONS);
        assertThat(made.replicationFactor()).isEqualTo((short) 3);
        assertThat(made.configs()).isEqualTo(topics.alerts().configs());
        assertThat(topics.alerts().subject()).isEqualTo(topics.alerts().name() + "-value");
    }
}
