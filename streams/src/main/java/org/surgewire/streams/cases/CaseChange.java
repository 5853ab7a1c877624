package org.surgewire.streams.cases;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;

/**
 * A changed case with what it was before, and the span of publication days that all announcements read so far cover.
 *
 * @param before the case as it was; null for a new one, or where only the days moved
 * @param after the case as it is; null where only the days moved
 * @param firstDay earliest publication day read so far
 * @param lastDay latest publication day read so far
 * @param daysMoved whether firstDay or lastDay changed with this change
 */
public record CaseChange(
        @Nullable Case before, @Nullable Case after, LocalDate firstDay, LocalDate lastDay, boolean daysMoved) {}
