package org.surgewire.streams.coverage;

import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.SourceHealth;

/**
 * A source's report of its health, and the one that it replaces.
 *
 * @param before null for the first
 * @param after null when the source is taken out
 */
public record SourceReport(String sourceId, @Nullable SourceHealth before, @Nullable SourceHealth after) {}
