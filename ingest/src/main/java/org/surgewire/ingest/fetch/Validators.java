package org.surgewire.ingest.fetch;

import org.jspecify.annotations.Nullable;

/** What a server gave to ask by whether a page has changed: the values of ETag and Last-Modified, as they were given. */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    /** To ask for the page whatever it is. */
    public static final Validators NONE = new Validators(null, null);
}
