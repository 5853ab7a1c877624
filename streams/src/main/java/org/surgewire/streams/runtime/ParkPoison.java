package org.surgewire.streams.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.serde.RegistryException;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;

/**
 * Parks a record that is no announcement in the dead-letter topic, with its cause and place, and goes on. A record that
 * cannot be read because the registry is away is no poison: the thread fails and tries again.
 *
 * <p>Needs the {@link Topics} under the configuration key {@value #TOPICS}; counts what it parks with the counter under
 * {@value #PARKED}, where there is one.
 */
public final class ParkPoison implements DeserializationExceptionHandler {
    static final String TOPICS = "surgewire.topics";

    static final String PARKED = "surgewire.parked";

    private static final int MOST_BYTES = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ParkPoison.class);

    private Topics topics;
    private LongAdder parked = new LongAdder();

    @Override
    public void configure(Map<String, ?> configs) {
        topics = (Topics) Objects.requireNonNull(configs.get(TOPICS), TOPICS);
        if (configs.get(PARKED) instanceof LongAdder given) {
            parked = given;
        }
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RegistryException away && away.retriable()) {
            return Response.fail();
        }
        if (record.topic().equals(topics.sourceHealth().name())) {
            // Without its report the source counts as unread: days are unknown rather than wrong.
            LOG.warn("{}; passed over", describe(record, exception));
            return Response.resume();
        }
        if (!record.topic().equals(topics.announcements().name())) {
            LOG.error("{}", describe(record, exception));
            return Response.fail();
        }
        LOG.warn(
                "{}; parked in {}",
                describe(record, exception),
                topics.announcementsDlq().name());
        parked.increment();
        return Response.resume(List.of(letter(topics.announcementsDlq(), record, exception)));
    }

    private static ProducerRecord<byte[], byte[]> letter(
            Topic<DeadLetter> to, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        byte[] raw = record.value() == null ? new byte[0] : record.value();
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        DeadLetter letter = DeadLetter.newBuilder()
                .setAt(Instant.now())
                .setCause(exception instanceof RegistryException ? "UNKNOWN_SCHEMA" : "NOT_AVRO")
                .setDetail(String.valueOf(exception.getMessage()))
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setRaw(ByteBuffer.wrap(raw.length > MOST_BYTES ? Arrays.copyOf(raw, MOST_BYTES) : raw))
                .build();
        return new ProducerRecord<>(
                to.name(),
                place.getBytes(StandardCharsets.UTF_8),
                to.serde().serializer().serialize(to.name(), letter));
    }

    private static String describe(ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return record.topic() + " partition " + record.partition() + " offset " + record.offset() + ": "
                + exception.getMessage();
    }
}
