package org.surgewire.ingest.poll;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.source.Source;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.TrustedRecords;

/**
 * How each source is doing, from reading to reading.
 *
 * <p>Which days were read: a reading that meets something known, or finds nothing changed, covers every day since the last
 * one; the first reading, and one after a gap, cover the days after the oldest that was listed, for of that one a part may
 * have been on the next page. A reading with entries that could not be read covers nothing.
 *
 * <p>When a source is silent: its rhythm is the longest break among its last 60 days with a publication, at least ten of
 * them; twice that without a publication, and three days at least, is silence. Thread-safe.
 */
public final class HealthBook {
    private static final int REMEMBERED_DAYS = 60;
    private static final int FEWEST_FOR_RHYTHM = 10;
    private static final int SHORTEST_SILENCE = 3;

    private final Map<String, SourceHealth> latest = new ConcurrentHashMap<>();

    public HealthBook() {
        TrustedRecords.trust();
    }

    /** Takes over what was recorded before. */
    public void put(SourceHealth health) {
        latest.put(health.getSourceId(), health);
    }

    /** Whether a source was ever read with success. */
    public boolean wasRead(Source source) {
        SourceHealth health = latest.get(source.id());
        return health != null && health.getLastSuccess() != null;
    }

    /** The record of a source that was not read yet. */
    public SourceHealth neverRead(Source source, Instant at) {
        return start(source, at).build();
    }

    /** The record after a reading. */
    public SourceHealth after(Source source, Tally tally, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, source.zone());
        List<DaySpan> read = new ArrayList<>(start(source, at).getRead());
        if (source.kind().isLocal(source.address())) {
            // A file tells of the days it holds and says nothing of those after.
            if (!tally.days().isEmpty()) {
                read = merged(read, tally.days().first(), tally.days().last());
            }
        } else if (tally.outcome() == Tally.Outcome.OK && tally.complete()) {
            boolean goesOn = !read.isEmpty() && !tally.hasGap() && (tally.anythingKnown() || tally.listed() == 0);
            LocalDate oldest = tally.oldestListed();
            LocalDate first = goesOn
                    ? read.get(read.size() - 1).getLast()
                    : oldest == null || !oldest.isBefore(today) ? today : oldest.plusDays(1);
            read = merged(read, first, today);
        }
        return record(source, tally, at, read);
    }

    /** The record after a backfill of these days. */
    public SourceHealth afterBackfill(
            Source source, Tally tally, boolean whole, LocalDate from, LocalDate to, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, source.zone());
        List<DaySpan> read = start(source, at).getRead();
        return record(source, tally, at, whole ? merged(read, from, to.isAfter(today) ? today : to) : read);
    }

    private SourceHealth.Builder start(Source source, Instant at) {
        SourceHealth before = latest.get(source.id());
        if (before == null) {
            // A builder knows no defaults until it has built.
            before = SourceHealth.newBuilder()
                    .setSourceId(source.id())
                    .setAt(at)
                    .setStatus("NEVER_READ")
                    .setItems(0)
                    .setRefused(0)
                    .setImplausibleDates(0)
                    .build();
        }
        SourceHealth.Builder next = SourceHealth.newBuilder(before);
        return next.setAt(at).setPublisher(source.publisher()).setJurisdictionId(source.jurisdiction());
    }

    private SourceHealth record(Source source, Tally tally, Instant at, List<DaySpan> read) {
        SourceHealth.Builder next = start(source, at);
        boolean success = tally.outcome() == Tally.Outcome.OK;
        if (success) {
            next.setLastSuccess(at);
        }
        Instant newest = tally.newest();
        Instant before = next.getLastItem();
        if (newest != null && (before == null || newest.isAfter(before))) {
            next.setLastItem(newest);
        }
        TreeSet<LocalDate> days = new TreeSet<>(next.getPublicationDays());
        days.addAll(tally.days());
        while (days.size() > REMEMBERED_DAYS) {
            days.pollFirst();
        }
        LocalDate silentFrom = silentFrom(days);
        boolean silent =
                silentFrom != null && !LocalDate.ofInstant(at, source.zone()).isBefore(silentFrom);
        // A list whose dates are always wrong says so at each reading; its entries count once, when they are new.
        long implausible = tally.published() > 0 ? tally.implausible() : 0;
        var latency = tally.latency();
        return next.setStatus(
                        success ? silent ? "SILENT" : "OK" : tally.outcome().name())
                .setItems(next.getItems() + tally.published())
                .setRefused(next.getRefused() + tally.refused())
                .setImplausibleDates(next.getImplausibleDates() + implausible)
                .setPartials(next.getPartials() + tally.partials())
                .setVanished(next.getVanished() + tally.vanished())
                .setGaps(next.getGaps() + (tally.hasGap() ? 1 : 0))
                .setLatencyMillis(latency == null ? null : (Long) latency.toMillis())
                .setProblems(List.copyOf(tally.problems()))
                .setDetail(tally.detail())
                .setRead(read)
                .setPublicationDays(List.copyOf(days))
                .setSilentFrom(silentFrom)
                .build();
    }

    private static @Nullable LocalDate silentFrom(NavigableSet<LocalDate> days) {
        if (days.size() < FEWEST_FOR_RHYTHM) {
            return null;
        }
        long longest = 0;
        LocalDate before = days.first();
        for (LocalDate day : days) {
            longest = Math.max(longest, day.toEpochDay() - before.toEpochDay());
            before = day;
        }
        return days.last().plusDays(Math.max(SHORTEST_SILENCE, 2 * longest));
    }

    /** The spans with another one, in order, those that touch made one. */
    static List<DaySpan> merged(List<DaySpan> spans, LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            return spans;
        }
        List<DaySpan> sorted = new ArrayList<>(spans);
        sorted.add(new DaySpan(first, last));
        sorted.sort(Comparator.comparing(DaySpan::getFirst));
        List<DaySpan> merged = new ArrayList<>();
        for (DaySpan span : sorted) {
            DaySpan open = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (open == null || span.getFirst().isAfter(open.getLast().plusDays(1))) {
                merged.add(new DaySpan(span.getFirst(), span.getLast()));
            } else if (span.getLast().isAfter(open.getLast())) {
                open.setLast(span.getLast());
            }
        }
        return merged;
    }
}
