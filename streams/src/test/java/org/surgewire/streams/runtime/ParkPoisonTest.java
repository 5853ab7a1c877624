package org.surgewire.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Response;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.AvroSerde;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.serde.RegistryException;
import org.surgewire.schemas.topics.Topics;

class ParkPoisonTest {
    private final Topics topics = Topics.on(Registry.autoRegistering("mock://park-poison"), 1);
    private final ParkPoison handler = new ParkPoison();

    @BeforeEach
    void configure() {
        handler.configure(Map.of(ParkPoison.TOPICS, topics));
    }

    private Response handle(String topic, Exception exception) {
        byte[] value = "not avro".getBytes(StandardCharsets.UTF_8);
        return handler.handleError(null, new ConsumerRecord<>(topic, 3, 42, new byte[0], value), exception);
    }

    @Test
    void poisonIsParkedWithItsCauseAndPlace() {
        Response response = handle(topics.announcements().name(), new SerializationException("8 bytes"));

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("enforcement.arrest-announcements.v1.dlq");
            var letter = topics.announcementsDlq().serde().deserializer().deserialize(record.topic(), record.value());
            assertThat(letter.getCause()).isEqualTo("NOT_AVRO");
            assertThat(letter.getDetail()).isEqualTo("8 bytes");
            assertThat(letter.getTopic()).isEqualTo(topics.announcements().name());
            assertThat(letter.getPartition()).isEqualTo(3);
            assertThat(letter.getOffset()).isEqualTo(42);
            assertThat(StandardCharsets.UTF_8.decode(letter.getRaw()).toString())
                    .isEqualTo("not avro");
        });
    }

    @Test
    void aRecordIsNotSkippedWhileTheRegistryIsAway() {
        var away = new AvroSerde<>(Registry.autoRegistering("http://127.0.0.1:1"), SourceHealth.class);
        RegistryException exception = null;
        try {
            away.deserialize("any", new byte[] {0, 0, 0, 0, 1, 0});
        } catch (RegistryException e) {
            exception = e;
        }
        Response response = handle(topics.announcements().name(), exception);
        assertThat(response.result()).isEqualTo(Result.FAIL);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void damagedInternalRecordsStopTheApplication() {
        Response response =
                handle("surgewire-shares-by-jurisdiction-repartition", new SerializationException("3 bytes"));
        assertThat(response.result()).isEqualTo(Result.FAIL);
    }
}
