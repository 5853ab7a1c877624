package org.surgewire.ingest.publish;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was published last of a release.
 *
 * @param revision its number, from 1
 * @param contentHash see {@link org.surgewire.ingest.release.Release#contentHash()}
 * @param firstSeen when the first revision was read
 * @param sourceId source that delivered it
 * @param day publication day
 * @param title its title
 * @param partial whether its text was known to be no more than a beginning
 * @param entryHash hash of the list entry that led to it; null for files
 */
public record Published(
        int revision,
        String contentHash,
        Instant firstSeen,
        String sourceId,
        LocalDate day,
        String title,
        boolean partial,
        @Nullable String entryHash) {}
