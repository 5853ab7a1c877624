package org.surgewire.ingest.feed;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a page that was read, or with one entry of it.
 *
 * @param code CONSTANT_DATE, CHANNEL_DATE, FUTURE_DATE, EARLY_DATE, MASS_UPDATED, MISSING_DATE, BAD_DATE, NO_LINK, BAD_URL,
 *     SHARED_GUID, TRUNCATED or EMPTY_FEED, REDATED or MASS_REDATED of what was read before, or a code of {@link org.surgewire.ingest.release.Refusal}
 * @param detail one line
 * @param entry the entry that is left out for it; null when nothing is
 */
public record Problem(String code, String detail, @Nullable String entry) {
    static Problem of(String code, String detail) {
        return new Problem(code, detail, null);
    }
}
