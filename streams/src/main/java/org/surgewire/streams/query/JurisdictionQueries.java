package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/** Jurisdictions and their counts. */
public final class JurisdictionQueries {
    /** Most days that one answer lists: twenty years. */
    public static final int MOST_DAYS = 20 * 366;

    private static final int MOST_SOURCES = 100;
    private static final int USUAL_DAYS = 28;
    private static final int MOST_NEAR = 1000;

    /** So many are asked for one by one, wherever they are. */
    private static final int FEW = 20;

    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final JurisdictionIndex index;

    /** Makes an index of the names, which takes some tenths of a second. */
    public JurisdictionQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        this.index = new JurisdictionIndex(jurisdictions);
    }

    /** How a name is looked for. */
    public enum Match {
        /** The name or a part of it. */
        NAME,

        /** Names that are spelled nearly like it, nearest first. */
        NEAR;

        /** As parameters write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The jurisdiction with its windows; empty for an unknown id. */
    public Optional<Standing> find(String id, AsOf asOf) {
        return jurisdictions
                .find(id)
                .map(found -> standing(found, knowledge(asOf, Series.PUBLICATION, found.id()::equals), asOf.day()));
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
    public Standings search(String query, Match match, Predicate<Jurisdiction> filter, AsOf asOf, Paging paging) {
        List<Jurisdiction> named = match == Match.NEAR ? index.nearest(query, MOST_NEAR) : index.search(query);
        List<Jurisdiction> found = named.stream().filter(filter).toList();
        Page<Jurisdiction> shown = paging.of(found, Jurisdiction::id, each -> each);
        Set<String> ids = shown.items().stream().map(Jurisdiction::id).collect(Collectors.toSet());
        Knowledge few = knowledge(asOf, Series.PUBLICATION, ids::contains);
        Knowledge knowledge =
                ids.size() > FEW ? few.ofMany(stores, Series.PUBLICATION, LocalDate.MIN, LocalDate.MAX) : few;
        return new Standings(
                lastDay(asOf.day(), knowledge.known()),
                knowledge.at(),
                knowledge.known(),
                shown.total(),
                shown.next(),
                shown.items().stream()
                        .map(each -> standing(each, knowledge, asOf.day()))
                        .toList());
    }

    /**
     * Jurisdictions with an announcement, most announced arrests first.
     *
     * @param filter which of them
     * @param by window whose arrests decide; then those of all days, then the id
     */
    public Standings ranking(Predicate<Jurisdiction> filter, Window by, AsOf asOf, Paging paging) {
        Knowledge knowledge = knowledge(
                        asOf,
                        Series.PUBLICATION,
                        id -> jurisdictions.find(id).filter(filter).isPresent())
                .ofMany(stores, Series.PUBLICATION, LocalDate.MIN, LocalDate.MAX);
        List<Standing> found = new ArrayList<>();
        for (String id : knowledge.counts().jurisdictions()) {
            jurisdictions
                    .find(id)
                    .filter(filter)
                    .map(each -> standing(each, knowledge, asOf.day()))
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong((Standing each) -> best(each, by))
                .thenComparingLong(each -> best(each, Window.ALL))
                .reversed()
                .thenComparing(Standing::id));
        Page<Standing> page = paging.of(found, Standing::id, each -> each);
        return new Standings(
                lastDay(asOf.day(), knowledge.known()),
                knowledge.at(),
                knowledge.known(),
                page.total(),
                page.next(),
                page.items());
    }

    private Knowledge knowledge(AsOf asOf, Series series, Predicate<String> wanted) {
        return Knowledge.of(stores, jurisdictions, series, asOf.instant(), wanted);
    }

    /**
     * The counts of a jurisdiction, day by day, and who says them.
     *
     * @param by the series of every number
     * @param from first day listed; by default 27 days before {@code to}
     * @param to last day listed; by default the last day of the windows, or {@code from} where that is later
     * @return empty for an unknown id
     * @throws IllegalArgumentException when {@code from} is after {@code to} or more than {@link #MOST_DAYS} lie between
     */
    public Optional<Counts> counts(String id, Series by, AsOf asOf, @Nullable LocalDate from, @Nullable LocalDate to) {
        return jurisdictions.find(id).map(found -> counts(found, by, asOf, from, to));
    }

    private Counts counts(Jurisdiction of, Series by, AsOf asOf, @Nullable LocalDate from, @Nullable LocalDate to) {
        DayLimits.refuse(from, to);
        Knowledge knowledge = knowledge(asOf, by, of.id()::equals);
        Standing standing = standing(of, knowledge, asOf.day());
        LocalDate end = to == null ? later(standing.asOf(), from) : to;
        if (end == null) {
            return new Counts(
                    by,
                    knowledge.at(),
                    standing,
                    knowledge.known(),
                    null,
                    null,
                    Tally.unknown(null, null, 0),
                    List.of(),
                    0,
                    List.of());
        }
        LocalDate start = from == null ? end.minusDays(USUAL_DAYS - 1) : from;
        DayLimits.refuse(start, end);
        List<DayCount> announced = knowledge.counts().days(of.id(), start, end);
        List<Counts.Source> sources = knowledge.sources(stores, jurisdictions, by, of.id(), start, end);
        return new Counts(
                by,
                knowledge.at(),
                standing,
                knowledge.known(),
                start,
                end,
                knowledge.tally(of, announced, start, end),
                days(announced, knowledge.coverage().of(of.id()), start, end),
                sources.size(),
                sources.stream().limit(MOST_SOURCES).toList());
    }

    private static List<DayTally> days(List<DayCount> counts, DaySet read, LocalDate start, LocalDate end) {
        List<DayTally> days = new ArrayList<>();
        var announced = counts.iterator();
        DayCount next = announced.hasNext() ? announced.next() : null;
        for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
            if (next != null && next.day().equals(day)) {
                days.add(DayTally.known(next));
                next = announced.hasNext() ? announced.next() : null;
            } else {
                days.add(read.holds(day) ? DayTally.known(DayCount.none(day)) : DayTally.unknown(day));
            }
        }
        return days;
    }

    private Standing standing(Jurisdiction of, Knowledge knowledge, @Nullable LocalDate wanted) {
        KnownDays known = knowledge.known();
        LocalDate asOf = lastDay(wanted, known);
        Map<Window, Tally> windows = new EnumMap<>(Window.class);
        if (known == null || asOf == null) {
            for (Window window : Window.values()) {
                windows.put(window, Tally.unknown(null, asOf, 0));
            }
        } else {
            // Arrests may have happened before the first day on which any were announced.
            LocalDate happened = knowledge.counts().first(of.id());
            LocalDate first = happened != null && happened.isBefore(known.first()) ? happened : known.first();
            // Read once for all windows: "all" needs every day anyway.
            List<DayCount> announced = knowledge.counts().days(of.id(), first, asOf);
            for (Window window : Window.values()) {
                windows.put(window, knowledge.tally(of, announced, window.from(asOf, first), asOf));
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
                judged(knowledge.coverage().of(of.id()), asOf).name(),
                asOf,
                windows,
                "/v1/jurisdictions/" + of.id() + "/sources");
    }

    /** Days are judged once enough days before have been read: a silent place has a history too. */
    private static Verdict.State judged(DaySet read, @Nullable LocalDate asOf) {
        return asOf != null
                        && read.count(asOf.minusDays(ReleaseSurge.MOST_DAYS), asOf.minusDays(1))
                                >= ReleaseSurge.FEWEST_DAYS
                ? Verdict.State.ENOUGH_HISTORY
                : Verdict.State.NOT_ENOUGH_HISTORY;
    }

    private static @Nullable LocalDate lastDay(@Nullable LocalDate wanted, @Nullable KnownDays known) {
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
