package org.surgewire.standalone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * An Avro schema and its texts.
 *
 * @param text the schema as it is stored and served: Avro's own rendering, which drops white space and writes attributes
 *     in a fixed order
 * @param identity equal for two schemas exactly if they are the same schema, with its documentation, defaults and
 *     properties; the order of properties does not matter
 */
record AvroText(Schema schema, String text, String identity) {
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** @throws RegistryException with code 42201 when this is no Avro schema, or one with a default of the wrong type */
    static AvroText parse(String json) {
        try {
            Schema schema = new Schema.Parser().setValidateDefaults(true).parse(json);
            String text = schema.toString();
            return new AvroText(schema, text, SORTED.writeValueAsString(SORTED.readValue(text, Object.class)));
        } catch (AvroRuntimeException | JsonProcessingException | ClassCastException | NullPointerException e) {
            // Avro answers some malformed schemas with the latter two.
            String reason = Objects.toString(e.getMessage(), "malformed");
            throw new RegistryException(42201, "Invalid Avro schema: " + reason);
        } catch (StackOverflowError e) {
            throw new RegistryException(42201, "Invalid Avro schema: nested too deeply");
        }
    }
}
