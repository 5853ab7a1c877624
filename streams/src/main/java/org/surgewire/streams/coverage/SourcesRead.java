package org.surgewire.streams.coverage;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.SourceHealth;

/**
 * On which publication days each source was read. One that reports its health was read on the days that it reports; one
 * that reports none comes from a file and counts as read from its first announcement on.
 */
public final class SourcesRead {
    private static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);

    private final ReadOnlyKeyValueStore<String, SourceHealth> reports;
    private final KeyValueStore<String, String> starts;
    private final Map<String, DaySet> days = new HashMap<>();

    /**
     * @param reports rows of the store {@link CoverageNames#HEALTH}
     * @param starts first publication day of every source that is known by its announcements, by source id
     */
    public SourcesRead(ReadOnlyKeyValueStore<String, SourceHealth> reports, KeyValueStore<String, String> starts) {
        this.reports = reports;
        this.starts = starts;
    }

    /** The days on which a source was read; none for one that is not known. */
    public DaySet of(String sourceId) {
        return days.computeIfAbsent(sourceId, id -> of(reports.get(id), starts.get(id)));
    }

    private static DaySet of(@Nullable SourceHealth report, @Nullable String start) {
        if (report != null) {
            return DaySet.of(report.getRead().stream()
                    .map(span -> new DaySet.Span(span.getFirst(), span.getLast()))
                    .toList());
        }
        return start == null ? DaySet.NONE : DaySet.of(List.of(new DaySet.Span(LocalDate.parse(start), FOR_EVER)));
    }

    /** Takes in since when a source is known; returns the days between which that makes a difference, null for none. */
    public DaySet.@Nullable Span started(SourceStart source) {
        DaySet before = of(source.getSourceId());
        starts.put(source.getSourceId(), source.getFirstDay().toString());
        days.remove(source.getSourceId());
        return before.difference(of(source.getSourceId()));
    }

    /** Takes in a report that the store has already; returns the days between which it makes a difference, null for none. */
    public DaySet.@Nullable Span reported(SourceReport report) {
        days.remove(report.sourceId());
        return of(report.before(), starts.get(report.sourceId())).difference(of(report.sourceId()));
    }
}
