package org.surgewire.streams.cases;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.topics.Topic;

/**
 * Parks announcements from before the days that are counted. The first counted day is a fixed one: were it so many years
 * before the newest announcement, what is counted would depend on the order of reading.
 */
final class Retention implements Processor<String, ArrestAnnouncement, String, DeadLetter> {
    /** The first publication day that is counted; every day since then is kept and can still change. */
    static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

    private final Topic<ArrestAnnouncement> from;
    private ProcessorContext<String, DeadLetter> context;

    Retention(Topic<ArrestAnnouncement> from) {
        this.from = from;
    }

    static boolean isBeyond(ArrestAnnouncement announcement) {
        return announcement.getPublishedDay().isBefore(FIRST_DAY);
    }

    @Override
    public void init(ProcessorContext<String, DeadLetter> given) {
        context = given;
    }

    @Override
    public void process(Record<String, ArrestAnnouncement> record) {
        ArrestAnnouncement announcement = record.value();
        var at = context.recordMetadata().orElseThrow();
        DeadLetter letter = DeadLetter.newBuilder()
                .setAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .setCause("BEYOND_RETENTION")
                .setDetail("published on " + announcement.getPublishedDay() + ", before " + FIRST_DAY
                        + ", the first day that is counted")
                .setSourceId(announcement.getSourceId())
                .setTopic(at.topic())
                .setPartition(at.partition())
                .setOffset(at.offset())
                .setRaw(ByteBuffer.wrap(from.serde().serializer().serialize(at.topic(), announcement)))
                .build();
        String place = at.topic() + "-" + at.partition() + "@" + at.offset();
        context.forward(new Record<>(place, letter, record.timestamp()));
    }
}
