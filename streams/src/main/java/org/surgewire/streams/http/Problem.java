package org.surgewire.streams.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type {@code urn:surgewire:problem:} and a short name that stays the same
 * @param title the kind of problem
 * @param status HTTP status
 * @param detail what is wrong, where, and what to do
 * @param instance path of the request
 * @param suggestions what may have been meant
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<?> suggestions) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail, String instance, List<?> suggestions) {
        return new Problem(
                "urn:surgewire:problem:" + name(status), title(status), status, detail, instance, suggestions);
    }

    private static String name(int status) {
        return title(status).toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Key needed";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 413 -> "Body too large";
            case 414 -> "Address too long";
            case 429 -> "Too many requests";
            case 431 -> "Headers too large";
            case 503 -> "Not available now";
            default -> status < 500 ? "Request refused" : "Internal error";
        };
    }
}
