import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints the open alerts: java -cp LIBRARIES Alerts.java HOST:PORT REGISTRY, with kafka-clients, lz4-java and avro. */
class Alerts {
    static final Map<Integer, Schema> SCHEMAS = new HashMap<>();

    public static void main(String[] args) throws Exception {
        Map<String, GenericRecord> latest = new TreeMap<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", args[0], "isolation.level", "read_committed", "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor("enforcement.alerts.v1").stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions); // committed so far
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    byte[] value = record.value();
                    latest.remove(record.key());
                    if (value != null) latest.put(record.key(), decode(ByteBuffer.wrap(value), args[1]));
                }
            }
        }
        latest.forEach((id, alert) -> {
            if (!alert.get("status").toString().equals("CANCELLED") && alert.get("closedDay") == null) {
                System.out.printf("%s %s%n  %s%n", id, alert.get("version"), alert.get("reason"));
                for (Object each : (Iterable<?>) alert.get("evidence")) {
                    var evidence = (GenericRecord) each;
                    System.out.printf("  \"%s\" %s%n", evidence.get("sentence"), evidence.get("url"));
                }
            }
        });
    }

    /** The Confluent wire format; KafkaAvroDeserializer of Confluent does the same. */
    static GenericRecord decode(ByteBuffer value, String registry) throws Exception {
        int id = value.getInt(1);
        if (!SCHEMAS.containsKey(id)) {
            var answer = new ObjectMapper().readTree(URI.create(registry + "/schemas/ids/" + id).toURL());
            SCHEMAS.put(id, new Schema.Parser().parse(answer.get("schema").textValue()));
        }
        var bytes = DecoderFactory.get().binaryDecoder(value.array(), 5, value.capacity() - 5, null);
        return new GenericDatumReader<GenericRecord>(SCHEMAS.get(id)).read(null, bytes);
    }
}
