package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/** How the sources of announcements are doing. */
public final class SourceQueries {
    private final Stores stores;
    private final Jurisdictions jurisdictions;

    public SourceQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
    }

    /** Every source that ingest knows, by id. */
    public List<Source> all() {
        return stores.reports().stream()
                .map(this::source)
                .sorted(Comparator.comparing(Source::id))
                .toList();
    }

    /** A page of {@link #all()}. */
    public Sources page(Paging paging) {
        Page<Source> page = paging.of(all(), Source::id, each -> each);
        return new Sources(page.total(), page.next(), page.items(), files());
    }

    /** Sources whose announcements came from files, by id: they report nothing of their own. */
    private List<FileSource> files() {
        Set<String> reporting =
                stores.reports().stream().map(SourceHealth::getSourceId).collect(Collectors.toSet());
        List<FileSource> files = new ArrayList<>();
        try (var rows = stores.sources().all()) {
            rows.forEachRemaining(row -> {
                if (!reporting.contains(row.key)) {
                    files.add(new FileSource(
                            row.key,
                            place(row.value.getJurisdictionId()),
                            new Days(row.value.getFirstDay(), row.value.getLastDay())));
                }
            });
        }
        files.sort(Comparator.comparing(FileSource::id));
        return files;
    }

    private @Nullable PlaceRef place(String jurisdictionId) {
        return jurisdictionId.isEmpty() ? null : PlaceRef.of(jurisdictions, jurisdictionId);
    }

    private Source source(SourceHealth of) {
        Long latency = of.getLatencyMillis();
        return new Source(
                of.getSourceId(),
                of.getPublisher(),
                place(of.getJurisdictionId()),
                of.getStatus(),
                of.getAt(),
                of.getLastSuccess(),
                of.getLastItem(),
                of.getItems(),
                of.getRefused(),
                of.getPartials(),
                of.getVanished(),
                of.getImplausibleDates(),
                of.getGaps(),
                latency == null ? null : (Long) (latency / 1000),
                of.getSilentFrom(),
                surges(of).name(),
                of.getRead().stream()
                        .map(span -> new Days(span.getFirst(), span.getLast()))
                        .toList(),
                of.getProblems(),
                of.getDetail());
    }

    private static Verdict.State surges(SourceHealth of) {
        DaySet read = DaySet.of(of.getRead().stream()
                .map(span -> new DaySet.Span(span.getFirst(), span.getLast()))
                .toList());
        LocalDate today = LocalDate.ofInstant(of.getAt(), KnownDays.ZONE);
        return read.count(today.minusDays(ReleaseSurge.MOST_DAYS), today.minusDays(1)) >= ReleaseSurge.FEWEST_DAYS
                ? Verdict.State.ENOUGH_HISTORY
                : Verdict.State.NOT_ENOUGH_HISTORY;
    }

    /**
     * Some sources.
     *
     * @param total how many there are
     * @param next cursor of the next page; null on the last
     * @param files those whose announcements came from files, on every page
     */
    public record Sources(int total, @Nullable String next, List<Source> items, List<FileSource> files) {}

    /**
     * A source whose announcements came from a file.
     *
     * @param jurisdiction division that it covers, with all inside; null when it never named a place
     * @param read from its first to its last release, which counts as read
     */
    public record FileSource(String id, @Nullable PlaceRef jurisdiction, Days read) {}

    /** Days from the first to the last, both included. */
    public record Days(LocalDate first, LocalDate last) {}

    /**
     * One source.
     *
     * @param jurisdiction division the publisher works for; null where it was not recorded
     * @param status OK, REFUSED, FAILED, SILENT or NEVER_READ
     * @param at when this was recorded
     * @param lastSuccess when it was last read with success; null if never
     * @param lastItem publication time of the newest item
     * @param items revisions published in all
     * @param refused entries in all that were no release
     * @param partials items in all of which no more than a beginning could be read
     * @param vanished pages in all that were listed and not there
     * @param implausibleDates entries in all whose date cannot be believed
     * @param gaps readings in all that may have missed entries
     * @param latencySeconds from publication to publication by us, median of the last reading with recent items
     * @param silentFrom first day on which a further silence is longer than its rhythm explains
     * @param surges {@code ENOUGH_HISTORY} when its releases can raise surge alerts, {@code NOT_ENOUGH_HISTORY} while it is
     *     new: what it alone tells of is not judged
     * @param read publication days whose items were all read; others are unknown
     * @param problems codes of what was wrong at the last reading
     * @param detail what went wrong last
     */
    public record Source(
            String id,
            String publisher,
            @Nullable PlaceRef jurisdiction,
            String status,
            Instant at,
            @Nullable Instant lastSuccess,
            @Nullable Instant lastItem,
            long items,
            long refused,
            long partials,
            long vanished,
            long implausibleDates,
            long gaps,
            @Nullable Long latencySeconds,
            @Nullable LocalDate silentFrom,
            String surges,
            List<Days> read,
            List<String> problems,
            @Nullable String detail) {}
}
