package org.surgewire.ingest.fetch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param url where it came from in the end, after redirects
 * @param at when it came
 * @param notModified whether it is the same as when the validators were given; then there is no body
 * @param status HTTP status
 * @param headers as they came, {@code Name: value}, without those of a packing that was undone
 * @param contentType null where the server names none
 * @param body unpacked
 * @param validators for the next time
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
public record Fetched(
        String url,
        Instant at,
        boolean notModified,
        int status,
        List<String> headers,
        @Nullable String contentType,
        byte[] body,
        Validators validators) {}
