package org.surgewire.schemas.topics;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serde;
import org.surgewire.schemas.serde.AvroSerde;

/**
 * A topic: keys are plain strings, values one kind of Avro record.
 *
 * @param name topic name, {@code domain.entity.vN}
 * @param key what the key is, in words
 * @param type record class of the values
 * @param serde serde of the values
 * @param partitions number of partitions it is made with
 * @param configs topic configuration it is made with
 */
public record Topic<V extends SpecificRecord>(
        String name, String key, Class<V> type, Serde<V> serde, int partitions, Map<String, String> configs) {

    /** Schema of the values. */
    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }

    /** Registry subject of the values. */
    public String subject() {
        return AvroSerde.subject(name);
    }

    /** What an administrator's client needs to make it. */
    public NewTopic toCreate(short replication) {
        return new NewTopic(name, partitions, replication).configs(configs);
    }
}
