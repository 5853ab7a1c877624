package org.surgewire.streams.counts;

import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.JurisdictionCounts;

/**
 * An event after the panes took it.
 *
 * @param event the event
 * @param counts the jurisdiction's rolling counts as they are now; null for the clock and the day of a source
 */
public record Counted(CountEvent event, @Nullable JurisdictionCounts counts) {}
