package org.surgewire.ingest.release;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A revision of a release, and how it was read.
 *
 * @param release what was read
 * @param releaseId identity across revisions: {@link Release#releaseId()}, or that of an earlier address of it
 * @param guid the source's own id of it; null where it has none
 * @param partial whether the text is known to be no more than a beginning
 * @param entryHash hash of the list entry that led to it; null for files
 * @param capture SHA-256, in hex, of the bytes it was read from; null where they are not kept
 * @param zone time zone of the publisher, for a day without a time
 */
public record Delivery(
        Release release,
        String releaseId,
        @Nullable String guid,
        boolean partial,
        @Nullable String entryHash,
        @Nullable String capture,
        ZoneId zone) {

    /** A whole release from a file. */
    public static Delivery of(Release release, ZoneId zone) {
        return new Delivery(release, release.releaseId(), null, false, null, null, zone);
    }
}
