package org.surgewire.streams.deliveries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.AlertQueries;

/**
 * The body of a webhook: {@code type}, {@code timestamp} and {@code data}, which is the alert as the API answers it. The
 * same message has the same bytes whenever it is sent.
 */
final class MessageJson {
    private final Jurisdictions jurisdictions;
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private record Body(String type, Instant timestamp, Object data) {}

    MessageJson(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    byte[] of(Message message) {
        List<AlertQueries.Item> items = message.alerts().stream()
                .map(each -> AlertQueries.item(jurisdictions, each.alert()))
                .toList();
        Instant timestamp = message.alerts().stream()
                .map(Dated::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Body body = message.isDigest()
                ? new Body("alerts.digest", timestamp, Map.of("alerts", items))
                : new Body("alert." + items.get(0).status().toLowerCase(Locale.ROOT), timestamp, items.get(0));
        try {
            return mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an alert cannot be written as JSON", e);
        }
    }
}
