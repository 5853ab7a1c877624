package org.surgewire.streams.alerts;

import org.jspecify.annotations.Nullable;
import org.surgewire.streams.counts.Counted;
import org.surgewire.streams.coverage.SourceReport;

/** What alerts follow from, one of the two. */
record JudgeInput(@Nullable Counted counted, @Nullable SourceReport report) {}
