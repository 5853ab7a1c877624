package org.surgewire.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
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
 * Avro records in the Confluent wire format: a zero byte, the schema id in four bytes (big-endian), Avro binary. The
 * writer's schema comes from the id, the reader's is the record class's own.
 *
 * <p>Null is written and read as null without asking the registry. Fewer than five bytes, another first byte, bytes
 * left over and undecodable bytes are a {@link SerializationException} that names topic, length and first byte; a
 * registry that refuses or is away is a {@link RegistryException}. Thread-safe; ids are cached, failures never.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    private static final int HEADER = 5;

    private final Registry registry;
    private final Schema schema;
    private final SpecificData model;
    private final SpecificDatumWriter<T> writer;
    private final Map<String, Integer> idsByTopic = new ConcurrentHashMap<>();
    private final Map<Integer, SpecificDatumReader<T>> readersById = new ConcurrentHashMap<>();

    public AvroSerde(Registry registry, Class<T> type) {
        TrustedRecords.trust();
        this.registry = registry;
        this.model = SpecificData.getForClass(type);
        this.schema = model.getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, model);
    }

    /** Subject under which a topic's values are registered. */
    public static String subject(String topic) {
        return topic + "-value";
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        int id = idsByTopic.computeIfAbsent(topic, name -> registry.idOf(subject(name), schema));
        var out = new ByteArrayOutputStream(512);
        out.writeBytes(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "topic " + topic + ": cannot write " + schema.getFullName() + ": " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new SerializationException("topic " + topic + ": no Avro record in the Confluent wire format ("
                    + describe(bytes) + "); it starts with a zero byte and a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        SpecificDatumReader<T> reader = readersById.computeIfAbsent(
                id, unknown -> new SpecificDatumReader<>(registry.schemaOf(unknown), schema, model));
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new SerializationException(
                        "topic " + topic + ": bytes left over after the Avro record (" + describe(bytes) + ")");
            }
            return value;
        } catch (SerializationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "topic " + topic + ": not a " + schema.getFullName() + " written with schema id " + id + " ("
                            + describe(bytes) + "): " + e.getMessage(),
                    e);
        }
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " bytes" + (bytes.length == 0 ? "" : ", first byte " + (bytes[0] & 0xff));
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
