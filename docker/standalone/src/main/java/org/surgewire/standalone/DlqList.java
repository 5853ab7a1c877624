package org.surgewire.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import org.surgewire.ingest.text.OneLine;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = {
            "Prints a line for each dead letter: when, cause, where from, detail, separated by tabs.",
            "",
            "What was parked itself is not printed; it may name people."
        })
final class DlqList implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws Exception {
        return cluster.withTopics(topics -> {
            var reader = new TopicReader(cluster.cluster());
            for (Topic<DeadLetter> topic : List.of(topics.pressReleasesDlq(), topics.announcementsDlq())) {
                reader.read(
                        topic,
                        (place, letter) -> System.out.printf(
                                "%s\t%s\t%s\t%s%n",
                                letter.getAt(), letter.getCause(), place, OneLine.of(letter.getDetail())));
            }
            return 0;
        });
    }
}
