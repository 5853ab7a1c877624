package org.surgewire.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records for state stores, changelogs and repartition topics, which no registry needs to know: Avro's
 * single-object encoding, in which each value names its schema by fingerprint. Values written with an earlier schema
 * stay readable when that schema is given. Null is null. Thread-safe.
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    /** C3 01 and the fingerprint of the schema, see "Single-object encoding" in Avro's specification. */
    private static final int HEADER = 10;

    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private final BinaryMessageDecoder<T> earlierDecoder;

    /** What a thread uses again for each value: state is read and written more often than anything else. */
    private static final class Buffers {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;
    }

    /**
     * @param earlier schemas that values on disk may have been written with, besides the present one
     */
    public StateSerde(Class<T> type, List<Schema> earlier) {
        TrustedRecords.trust();
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        model.setCustomCoders(true);
        this.header = header(schema);
        this.writer = new SpecificDatumWriter<>(schema, model);
        this.reader = new SpecificDatumReader<>(schema, schema, model);
        this.earlierDecoder = new BinaryMessageDecoder<>(model, schema);
        earlier.forEach(earlierDecoder::addSchema);
    }

    public StateSerde(Class<T> type) {
        this(type, List.of());
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        try {
            Buffers buffers = BUFFERS.get();
            buffers.out.reset();
            buffers.out.write(header, 0, HEADER);
            buffers.encoder = EncoderFactory.get().binaryEncoder(buffers.out, buffers.encoder);
            writer.write(value, buffers.encoder);
            buffers.encoder.flush();
            return buffers.out.toByteArray();
        } catch (IOException e) {
            throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            if (!Arrays.equals(bytes, 0, Math.min(HEADER, bytes.length), header, 0, HEADER)) {
                return earlierDecoder.decode(bytes, null);
            }
            Buffers buffers = BUFFERS.get();
            buffers.decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, buffers.decoder);
            return reader.read(null, buffers.decoder);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "topic " + topic + ": " + bytes.length + " bytes of state cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
