package org.surgewire.streams.coverage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;

/**
 * On which publication days each source was read. One that was read with success was read on the days that it reports. One
 * that reports none comes from a file, and counts as read from its first announcement on. What a file told of before the
 * days that are reported counts as read too, from its first to its last announcement; a break of more than
 * {@value #LONGEST_BREAK} days between two of them is unknown.
 */
public final class SourcesRead {
    private static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);
    private static final int LONGEST_BREAK = 90;
    private static final String NEXT = " ";
    private static final String UNTIL = "/";

    private final Function<String, @Nullable SourceHealth> reports;
    private final Function<String, @Nullable String> publications;
    private final BiConsumer<String, String> keep;
    private final Map<String, DaySet> read = new HashMap<>();
    private final Map<String, List<DaySet.Span>> published = new HashMap<>();

    /**
     * @param reports rows of the store {@link CoverageNames#HEALTH}
     * @param publications spans of publication days, by source id
     */
    public SourcesRead(
            ReadOnlyKeyValueStore<String, SourceHealth> reports, KeyValueStore<String, String> publications) {
        this(reports::get, publications::get, publications::put);
    }

    private SourcesRead(
            Function<String, @Nullable SourceHealth> reports,
            Function<String, @Nullable String> publications,
            BiConsumer<String, String> keep) {
        this.reports = reports;
        this.publications = publications;
        this.keep = keep;
    }

    /** What these stores say now. Nothing may be taken in. */
    public static SourcesRead asStored(
            ReadOnlyKeyValueStore<String, SourceHealth> reports, ReadOnlyKeyValueStore<String, String> publications) {
        return new SourcesRead(reports::get, publications::get, (source, spans) -> {
            throw new UnsupportedOperationException("the store is another's");
        });
    }

    /** What these reports say, and what is taken in from now on. */
    public static SourcesRead reportedAlone(ReadOnlyKeyValueStore<String, SourceHealth> reports) {
        Map<String, String> publications = new HashMap<>();
        return new SourcesRead(reports::get, publications::get, publications::put);
    }

    /** The days on which a source was read; none for one that is not known. */
    public DaySet of(String sourceId) {
        return read.computeIfAbsent(sourceId, id -> of(reports.apply(id), spans(id)));
    }

    private static DaySet of(@Nullable SourceHealth report, List<DaySet.Span> announced) {
        if (report == null || report.getLastSuccess() == null) {
            return announced.isEmpty()
                    ? DaySet.NONE
                    : DaySet.of(List.of(new DaySet.Span(announced.get(0).first(), FOR_EVER)));
        }
        List<DaySet.Span> spans = new ArrayList<>();
        for (DaySpan span : report.getRead()) {
            spans.add(new DaySet.Span(span.getFirst(), span.getLast()));
        }
        if (!spans.isEmpty()) {
            LocalDate before = spans.get(0).first().minusDays(1);
            for (DaySet.Span span : announced) {
                spans.add(new DaySet.Span(span.first(), span.last().isAfter(before) ? before : span.last()));
            }
        }
        return DaySet.of(spans);
    }

    /** Takes in that a source published something; returns the days between which that makes a difference, null for none. */
    public DaySet.@Nullable Span published(SourceDay on) {
        LocalDate day = on.getDay();
        List<DaySet.Span> spans = new ArrayList<>(spans(on.getSourceId()));
        if (DaySet.of(spans).holds(day)) {
            return null;
        }
        DaySet before = of(on.getSourceId());
        spans.add(new DaySet.Span(day, day));
        spans.sort(Comparator.comparing(DaySet.Span::first));
        List<DaySet.Span> merged = new ArrayList<>();
        for (DaySet.Span span : spans) {
            DaySet.Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.first().isAfter(last.last().plusDays(LONGEST_BREAK))) {
                merged.add(span);
            } else {
                merged.set(merged.size() - 1, new DaySet.Span(last.first(), span.last()));
            }
        }
        keep.accept(
                on.getSourceId(),
                merged.stream().map(span -> span.first() + UNTIL + span.last()).collect(Collectors.joining(NEXT)));
        published.put(on.getSourceId(), merged);
        read.remove(on.getSourceId());
        return before.difference(of(on.getSourceId()));
    }

    private List<DaySet.Span> spans(String sourceId) {
        return published.computeIfAbsent(sourceId, id -> {
            String row = publications.apply(id);
            return row == null
                    ? List.of()
                    : Arrays.stream(row.split(NEXT, -1))
                            .map(span -> span.split(UNTIL, -1))
                            .map(days -> new DaySet.Span(LocalDate.parse(days[0]), LocalDate.parse(days[1])))
                            .toList();
        });
    }

    /** Takes in a report that the store has already; returns the days between which it makes a difference, null for none. */
    public DaySet.@Nullable Span reported(SourceReport report) {
        read.remove(report.sourceId());
        return of(report.before(), spans(report.sourceId())).difference(of(report.sourceId()));
    }
}
