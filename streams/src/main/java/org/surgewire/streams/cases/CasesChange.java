package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.streams.coverage.SourceDay;

/**
 * What one announcement changed, and the span of publication days that all announcements read so far cover.
 *
 * @param changed every case that changed, by case id; empty where only the days moved
 * @param firstDay earliest publication day read so far
 * @param lastDay latest publication day read so far
 * @param daysMoved whether firstDay or lastDay changed
 * @param source the announcement's source and publication day; null where only the days moved
 */
public record CasesChange(
        List<Changed> changed, LocalDate firstDay, LocalDate lastDay, boolean daysMoved, @Nullable SourceDay source) {
    public CasesChange {
        changed = List.copyOf(changed);
    }

    /**
     * One case.
     *
     * @param before the case as it was; null for a new one
     * @param after the case as it is, without announcements when it was withdrawn or went into another
     */
    public record Changed(@Nullable Case before, Case after) {}
}
