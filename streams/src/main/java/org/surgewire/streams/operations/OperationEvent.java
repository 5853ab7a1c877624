package org.surgewire.streams.operations;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.Operation;

/**
 * What happened to an operation, or the clock.
 *
 * @param operation as it is now; null for the clock and for one that was never published
 * @param changed whether it differs from the one published before: a release's new title changes a case alone
 * @param cases all its cases
 * @param lastDay the clock: latest publication day of all announcements; null for an operation
 */
public record OperationEvent(
        @Nullable Operation operation, boolean changed, List<Case> cases, @Nullable LocalDate lastDay) {}
