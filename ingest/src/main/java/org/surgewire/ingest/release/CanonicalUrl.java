package org.surgewire.ingest.release;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One spelling for the many that lead to the same page. */
public final class CanonicalUrl {
    private static final Set<String> TRACKING =
            Set.of("fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_hsenc", "_hsmi");

    private CanonicalUrl() {}

    /**
     * Lower-case scheme and host, https for http, no {@code www.}, default port, fragment, tracking parameters or
     * trailing slash. Path and remaining query stay as they are: servers may tell their case apart.
     *
     * @throws IllegalArgumentException when it is no absolute http or https URL
     */
    public static String of(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL: " + e.getReason(), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || host.isEmpty()) {
            throw new IllegalArgumentException("is no absolute http or https URL");
        }
        String bareHost = host.startsWith("www.") ? host.substring(4) : host;
        boolean defaultPort = uri.getPort() == -1 || uri.getPort() == 80 || uri.getPort() == 443;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return "https://" + bareHost + (defaultPort ? "" : ":" + uri.getPort()) + path + query(uri.getRawQuery());
    }

    private static String query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        String kept = Arrays.stream(raw.split("&", -1))
                .filter(parameter -> !isTracking(parameter.replaceFirst("=.*", "")))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? "" : "?" + kept;
    }

    private static boolean isTracking(String name) {
        return name.isEmpty() || name.startsWith("utm_") || TRACKING.contains(name);
    }
}
