package org.surgewire.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records as plain JSON: fields in the order of the schema, no wrappers around optional values, days and instants in ISO
 * 8601, bytes as UTF-8 text. For people and their tools; Avro's own JSON encoding is for Avro.
 */
public final class RecordJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordJson() {}

    /** The record as a JSON object. */
    public static ObjectNode of(SpecificRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), value(record.get(field.pos())));
        }
        return object;
    }

    private static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof SpecificRecord record) {
            return of(record);
        } else if (value instanceof Collection<?> values) {
            ArrayNode array = JSON.arrayNode();
            values.forEach(each -> array.add(value(each)));
            return array;
        } else if (value instanceof Integer number) {
            return JSON.numberNode(number);
        } else if (value instanceof Long number) {
            return JSON.numberNode(number);
        } else if (value instanceof Double number) {
            return JSON.numberNode(number);
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        } else if (value instanceof ByteBuffer bytes) {
            return JSON.textNode(
                    StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
        }
        return JSON.textNode(value.toString());
    }
}
