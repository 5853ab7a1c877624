package org.surgewire.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;

class AvroSerdeTest {
    private static final String TOPIC = "enforcement.source-health.v1";
    private final AvroSerde<SourceHealth> serde =
            new AvroSerde<>(Registry.autoRegistering("mock://avro-serde-test"), SourceHealth.class);

    private static SourceHealth health() {
        return SourceHealth.newBuilder()
                .setSourceId("ice-newsroom")
                .setAt(Instant.parse("2020-10-07T16:00:00Z"))
                .setStatus("OK")
                .setItems(7)
                .setRefused(1)
                .setImplausibleDates(0)
                .build();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(serde.deserialize(TOPIC, serde.serialize(TOPIC, health()))).isEqualTo(health());
    }

    @Test
    void aRecordStartsWithAZeroByteAndTheSchemaId() {
        ByteBuffer written = ByteBuffer.wrap(serde.serialize(TOPIC, health()));
        assertThat(written.get()).isZero();
        assertThat(written.getInt()).isPositive();
    }

    @Test
    void nullIsNullWithoutARegistry() {
        var unreachable = new AvroSerde<>(Registry.of(List.of("http://127.0.0.1:1")), SourceHealth.class);
        assertThat(unreachable.serialize(TOPIC, null)).isNull();
        assertThat(unreachable.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void bytesThatAreNoRecordAreRefusedByTopicLengthAndFirstByte() {
        assertThatThrownBy(() -> serde.deserialize(TOPIC, new byte[] {7, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("2 bytes, first byte 7");
    }

    @Test
    void truncatedAndOverlongRecordsAreRefused() {
        byte[] written = serde.serialize(TOPIC, health());
        assertThatThrownBy(() -> serde.deserialize(TOPIC, Arrays.copyOf(written, written.length - 3)))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serde.deserialize(TOPIC, Arrays.copyOf(written, written.length + 3)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("left over");
    }

    @Test
    void anUnknownSchemaIdIsARegistryErrorThatNeedNotBeRetried() {
        byte[] unknown = {0, 0, 0, 99, 99, 1};
        assertThatThrownBy(() -> serde.deserialize(TOPIC, unknown))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("25443")
                .matches(e -> !((RegistryException) e).retriable());
    }

    @Test
    void aRegistryThatIsAwayIsARetriableErrorThatNamesIt() {
        var away = new AvroSerde<>(Registry.of(List.of("http://127.0.0.1:1")), SourceHealth.class);
        assertThatThrownBy(() -> away.serialize(TOPIC, health()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .matches(e -> ((RegistryException) e).retriable());
    }

    @Test
    void aSchemaThatNobodyRegisteredIsRefusedWithoutAutoRegistration() {
        var strict = new AvroSerde<>(Registry.of(List.of("mock://strict")), SourceHealth.class);
        assertThatThrownBy(() -> strict.serialize(TOPIC, health()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(TOPIC + "-value");
    }

    @Test
    void stateIsWrittenWithoutARegistryAndReadBack() {
        var state = new StateSerde<>(SourceHealth.class);
        assertThat(state.deserialize("store", state.serialize("store", health())))
                .isEqualTo(health());
        assertThatThrownBy(() -> state.deserialize("store", new byte[] {1, 2, 3}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("3 bytes of state");
    }

    /** Twenty bytes that claim to hold a text of hundreds of millions: Avro before 1.12.2 made room for them. */
    @ParameterizedTest
    @ValueSource(ints = {33 << 20, 500_000_000, Integer.MAX_VALUE - 8})
    void aLengthThatNoRecordHasIsRefusedBeforeRoomIsMadeForIt(int length) throws IOException {
        byte[] head = Arrays.copyOf(serde.serialize(TOPIC, health()), 5);
        var text = new ByteArrayOutputStream();
        text.writeBytes(head);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(text, null);
        encoder.writeLong(length);
        encoder.flush();
        text.writeBytes(new byte[10]);

        assertThatThrownBy(() -> serde.deserialize(TOPIC, text.toByteArray()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not a");
    }

    @Test
    void aListThatClaimsToHoldMillionsIsRefused() throws IOException {
        SourceHealth full = SourceHealth.newBuilder(health())
                .setRead(List.of(new DaySpan(LocalDate.of(2020, 9, 1), LocalDate.of(2020, 9, 2))))
                .build();
        byte[] written = serde.serialize(TOPIC, full);
        var day = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(day, null);
        encoder.writeInt((int) LocalDate.of(2020, 9, 1).toEpochDay());
        encoder.flush();
        int items = indexOf(written, day.toByteArray()) - 1;
        assertThat(written[items]).as("one item").isEqualTo((byte) 2);
        var claim = new ByteArrayOutputStream();
        claim.write(written, 0, items);
        encoder = EncoderFactory.get().directBinaryEncoder(claim, null);
        encoder.writeLong(300_000_000);
        encoder.flush();
        claim.write(written, items + 1, written.length - items - 1);

        assertThatThrownBy(() -> serde.deserialize(TOPIC, claim.toByteArray()))
                .isInstanceOf(SerializationException.class);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return IntStream.range(0, bytes.length - part.length)
                .filter(at -> Arrays.equals(bytes, at, at + part.length, part, 0, part.length))
                .findFirst()
                .orElseThrow();
    }
}
