package org.surgewire.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;

/** Writes answers straight to bytes: of ten years of days, a text in between would be made, copied and encoded. */
final class JsonBytes implements JsonMapper {
    private final com.fasterxml.jackson.databind.json.JsonMapper mapper;

    JsonBytes(com.fasterxml.jackson.databind.json.JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public InputStream toJsonStream(Object answer, Type type) {
        try {
            return new ByteArrayInputStream(mapper.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer can always be written", e);
        }
    }

    @Override
    public String toJsonString(Object answer, Type type) {
        try {
            return mapper.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer can always be written", e);
        }
    }
}
