package org.surgewire.streams.http;

import io.javalin.config.JavalinConfig;
import java.util.List;

/**
 * How the HTTP server answers.
 *
 * @param origins pages of other origins whose scripts may read the answers: {@code https://page.example:8443}, or
 *     {@code *} for any; none by default
 * @param keys who may ask; everybody by default
 */
public record HttpSettings(List<String> origins, Keys keys, HttpLimits limits) {
    private static final int PREFLIGHT_SECONDS = 3600;

    /** Only the page that the server itself serves reads its answers. */
    public static HttpSettings defaults() {
        return new HttpSettings(List.of(), Keys.NONE, HttpLimits.perSecond(HttpLimits.USUAL_PER_SECOND));
    }

    /** These settings, with pages of these origins allowed. */
    public HttpSettings withOrigins(List<String> allowed) {
        return new HttpSettings(allowed, keys, limits);
    }

    void allowOrigins(JavalinConfig config) {
        if (origins.isEmpty()) {
            return;
        }
        config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> {
            for (String origin : origins) {
                if (origin.equals("*")) {
                    rule.anyHost();
                } else {
                    rule.allowHost(origin);
                }
            }
            rule.path = "v1/*";
            rule.maxAge = PREFLIGHT_SECONDS;
            List.of("ETag", "Last-Modified", "Retry-After").forEach(rule::exposeHeader);
        }));
    }
}
