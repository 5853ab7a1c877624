package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jurisdictions, best match or largest count first.
 *
 * @param asOf last day of every window; null when nothing has been read yet
 * @param knownAt instant whose knowledge this is; null for now
 * @param known first and last publication day read so far; null when nothing has been read yet
 * @param total how many there are
 * @param next cursor of the next page; null on the last
 */
public record Standings(
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt,
        @Nullable KnownDays known,
        int total,
        @Nullable String next,
        List<Standing> items) {}
