package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.CaseNames;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/** Jurisdictions and their counts. */
public final class JurisdictionQueries {
    /** Most days that one answer lists: twenty years. */
    public static final int MOST_DAYS = 20 * 366;

    private static final int MOST_SOURCES = 100;
    private static final int USUAL_DAYS = 28;

    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final JurisdictionIndex index;

    /** Makes an index of the names, which takes some tenths of a second. */
    public JurisdictionQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        this.index = new JurisdictionIndex(jurisdictions);
    }

    /** The publication days read so far; empty before the first announcement. */
    public Optional<KnownDays> known() {
        DayReached reached = stores.clock().get().get(CaseNames.CLOCK_KEY);
        return Optional.ofNullable(reached).map(days -> new KnownDays(days.getFirstDay(), days.getLastDay()));
    }

    /** The jurisdiction with its windows up to {@code asOf}, by default the last known day; empty for an unknown id. */
    public Optional<Standing> find(String id, @Nullable LocalDate asOf) {
        return jurisdictions.find(id).map(found -> standing(found, daily(), known().orElse(null), asOf));
    }

    /** Up to three jurisdictions that an unknown id may have meant. */
    public List<PlaceRef> nearest(String id) {
        return index.nearest(id, 3).stream().map(PlaceRef::of).toList();
    }

    /**
     * Jurisdictions by name, best match first, whether or not anything was announced there.
     *
     * @param filter which of them
     */
    public Standings search(String query, Predicate<Jurisdiction> filter, @Nullable LocalDate asOf, int limit) {
        List<Jurisdiction> found = index.search(query).stream().filter(filter).toList();
        KnownDays known = known().orElse(null);
        DailyCounts counts = daily();
        return new Standings(
                asOf(asOf, known),
                known,
                found.size(),
                found.stream()
                        .limit(limit)
                        .map(each -> standing(each, counts, known, asOf))
                        .toList());
    }

    /**
     * Jurisdictions with an announcement, most announced arrests first.
     *
     * @param filter which of them
     * @param by window whose arrests decide; then those of all days, then the id
     */
    public Standings ranking(Predicate<Jurisdiction> filter, Window by, @Nullable LocalDate asOf, int limit) {
        KnownDays known = known().orElse(null);
        DailyCounts counts = daily();
        List<Standing> found = new ArrayList<>();
        try (var rows = stores.spans().get().all()) {
            while (rows.hasNext()) {
                jurisdictions
                        .find(rows.next().key)
                        .filter(filter)
                        .map(each -> standing(each, counts, known, asOf))
                        .ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingLong((Standing each) -> best(each, by))
                .thenComparingLong(each -> best(each, Window.ALL))
                .reversed()
                .thenComparing(Standing::id));
        return new Standings(
                asOf(asOf, known),
                known,
                found.size(),
                found.stream().limit(limit).toList());
    }

    /**
     * The counts of a jurisdiction, day by day, and who says them.
     *
     * @param asOf last day of the windows; by default the last known day
     * @param from first day listed; by default 27 days before {@code to}
     * @param to last day listed; by default {@code asOf}, or {@code from} where that is later
     * @return empty for an unknown id
     * @throws IllegalArgumentException when {@code from} is after {@code to} or more than {@link #MOST_DAYS} lie between
     */
    public Optional<Counts> counts(
            String id, @Nullable LocalDate asOf, @Nullable LocalDate from, @Nullable LocalDate to) {
        return jurisdictions.find(id).map(found -> counts(found, asOf, from, to));
    }

    private Counts counts(Jurisdiction of, @Nullable LocalDate asOf, @Nullable LocalDate from, @Nullable LocalDate to) {
        KnownDays known = known().orElse(null);
        DailyCounts counts = daily();
        Standing standing = standing(of, counts, known, asOf);
        LocalDate end = to == null ? later(standing.asOf(), from) : to;
        if (end == null) {
            return new Counts(standing, known, null, null, Tally.unknown(null, null, 0), List.of(), 0, List.of());
        }
        LocalDate start = from == null ? end.minusDays(USUAL_DAYS - 1) : from;
        if (start.isAfter(end)) {
            throw new IllegalArgumentException("from " + start + " is after to " + end);
        }
        if (end.toEpochDay() - start.toEpochDay() >= MOST_DAYS) {
            throw new IllegalArgumentException(
                    "from " + start + " to " + end + " are more than " + MOST_DAYS + " days");
        }
        List<DayCount> announced = counts.days(of.id(), start, end);
        Tally total = known == null
                ? Tally.unknown(start, end, end.toEpochDay() - start.toEpochDay() + 1)
                : known.tally(announced, start, end);
        Deque<Counts.Source> sources = new ArrayDeque<>();
        int sourcesTotal = sources(of.id(), start, end, sources);
        return new Counts(
                standing,
                known,
                start,
                end,
                total,
                days(announced, known, start, end),
                sourcesTotal,
                List.copyOf(sources));
    }

    private static List<DayTally> days(
            List<DayCount> counts, @Nullable KnownDays known, LocalDate start, LocalDate end) {
        List<DayTally> days = new ArrayList<>();
        var announced = counts.iterator();
        DayCount next = announced.hasNext() ? announced.next() : null;
        for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
            if (next != null && next.day().equals(day)) {
                days.add(DayTally.known(next));
                next = announced.hasNext() ? announced.next() : null;
            } else {
                days.add(
                        known != null && known.holds(day) ? DayTally.known(DayCount.none(day)) : DayTally.unknown(day));
            }
        }
        return days;
    }

    /** Adds the newest sources, newest first, and gives back how many there are. */
    private int sources(String id, LocalDate start, LocalDate end, Deque<Counts.Source> newest) {
        int total = 0;
        try (var rows = stores.evidence().get().range(id + "|" + start, id + "|" + end + "|\uffff")) {
            while (rows.hasNext()) {
                CaseContribution share = rows.next().value;
                newest.addFirst(new Counts.Source(
                        share.getDay(),
                        share.getCaseId(),
                        share.getReleaseId(),
                        share.getUrl(),
                        share.getTitle(),
                        share.getTotal(),
                        share.getSentence()));
                if (newest.size() > MOST_SOURCES) {
                    newest.removeLast();
                }
                total++;
            }
        }
        return total;
    }

    private Standing standing(
            Jurisdiction of, DailyCounts counts, @Nullable KnownDays known, @Nullable LocalDate wanted) {
        LocalDate asOf = asOf(wanted, known);
        Map<Window, Tally> windows = new EnumMap<>(Window.class);
        if (known == null || asOf == null) {
            for (Window window : Window.values()) {
                windows.put(window, Tally.unknown(null, asOf, 0));
            }
        } else {
            // Read once for all windows: "all" needs every day anyway.
            List<DayCount> announced = counts.days(of.id(), known.first(), asOf);
            for (Window window : Window.values()) {
                windows.put(window, known.tally(announced, window.from(asOf, known), asOf));
            }
        }
        Collection<Jurisdiction> lineage = jurisdictions.lineage(of.id());
        return new Standing(
                of.id(),
                PlaceRef.of(of).name(),
                of.name(),
                of.level(),
                of.state(),
                of.population(),
                lineage.stream().skip(1).map(PlaceRef::of).toList(),
                judged(known, asOf).name(),
                asOf,
                windows);
    }

    /** Days are judged once enough of them are known, of all jurisdictions together: a silent place has a history too. */
    private static Verdict.State judged(@Nullable KnownDays known, @Nullable LocalDate asOf) {
        return known != null
                        && asOf != null
                        && !known.first().plusDays(ReleaseSurge.FEWEST_DAYS).isAfter(asOf)
                ? Verdict.State.ENOUGH_HISTORY
                : Verdict.State.NOT_ENOUGH_HISTORY;
    }

    private DailyCounts daily() {
        var years = stores.years().get();
        var spans = stores.spans().get();
        return new DailyCounts(years::get, spans::get);
    }

    private static @Nullable LocalDate asOf(@Nullable LocalDate wanted, @Nullable KnownDays known) {
        if (wanted != null) {
            return wanted;
        }
        return known == null ? null : known.last();
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static long best(Standing of, Window window) {
        Tally tally = of.windows().get(window);
        Long best = tally == null ? null : tally.best();
        return best == null ? -1 : best;
    }
}
