package org.surgewire.ingest.feed;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What came from an address.
 *
 * @param url where it came from in the end: links in it are relative to it
 * @param text its characters, see {@link TextDecoder}
 */
public record Body(String url, String text) {
    /** The absolute address of a link in it; null when it leads to no http or https page. */
    @Nullable
    String resolve(String link) {
        String stripped = link.strip().replace(" ", "%20");
        if (stripped.isEmpty()) {
            return null;
        }
        try {
            // Java resolves a link that is a query alone as RFC 2396 said, without the last segment of the path.
            URI resolved = stripped.startsWith("?")
                    ? new URI(url.replaceFirst("[?#].*", "") + stripped)
                    : new URI(url).resolve(new URI(stripped));
            String scheme = resolved.getScheme();
            return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) && resolved.getHost() != null
                    ? resolved.toString()
                    : null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
