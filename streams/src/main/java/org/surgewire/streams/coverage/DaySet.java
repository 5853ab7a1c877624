package org.surgewire.streams.coverage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set of days, held as spans: what a source reads daily for years is one span. */
public final class DaySet {
    /** No day. */
    public static final DaySet NONE = new DaySet(List.of());

    private final List<Span> spans;

    private DaySet(List<Span> spans) {
        this.spans = spans;
    }

    /** Days without a break, both ends included. */
    public record Span(LocalDate first, LocalDate last) {}

    /** The days of all spans; a span that ends before it begins has none. */
    public static DaySet of(Collection<Span> spans) {
        List<Span> inOrder = spans.stream()
                .filter(span -> !span.last().isBefore(span.first()))
                .sorted(Comparator.comparing(Span::first))
                .toList();
        List<Span> merged = new ArrayList<>();
        for (Span span : inOrder) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.first().isAfter(last.last().plusDays(1))) {
                merged.add(span);
            } else if (span.last().isAfter(last.last())) {
                merged.set(merged.size() - 1, new Span(last.first(), span.last()));
            }
        }
        return new DaySet(List.copyOf(merged));
    }

    /** The spans, in order, with a day at least between two of them. */
    public List<Span> spans() {
        return spans;
    }

    /** Whether the day is in the set. */
    public boolean holds(LocalDate day) {
        return spans.stream().anyMatch(span -> !day.isBefore(span.first()) && !day.isAfter(span.last()));
    }

    /** The days that are in both. */
    public DaySet and(DaySet other) {
        List<Span> both = new ArrayList<>();
        for (Span one : spans) {
            for (Span another : other.spans) {
                both.add(new Span(
                        one.first().isAfter(another.first()) ? one.first() : another.first(),
                        one.last().isBefore(another.last()) ? one.last() : another.last()));
            }
        }
        return of(both);
    }

    /** From the first to the last day that is in one of the two and not in the other; null when they are the same. */
    public @Nullable Span difference(DaySet other) {
        // Between two of these days neither set begins or ends.
        SortedSet<LocalDate> edges = new TreeSet<>();
        for (DaySet each : List.of(this, other)) {
            each.spans.forEach(
                    span -> edges.addAll(List.of(span.first(), span.last().plusDays(1))));
        }
        LocalDate first = null;
        LocalDate last = null;
        LocalDate open = null;
        for (LocalDate edge : edges) {
            if (open != null) {
                last = edge.minusDays(1);
            }
            open = holds(edge) == other.holds(edge) ? null : edge;
            first = first == null ? open : first;
        }
        return first == null || last == null ? null : new Span(first, last);
    }

    /** How many days from {@code from} to {@code to}, both included, are in the set. */
    public long count(LocalDate from, LocalDate to) {
        long count = 0;
        for (Span span : spans) {
            long first = Math.max(span.first().toEpochDay(), from.toEpochDay());
            long last = Math.min(span.last().toEpochDay(), to.toEpochDay());
            count += Math.max(0, last - first + 1);
        }
        return count;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DaySet that && spans.equals(that.spans);
    }

    @Override
    public int hashCode() {
        return spans.hashCode();
    }
}
