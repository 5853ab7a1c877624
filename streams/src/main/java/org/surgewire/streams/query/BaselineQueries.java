package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.alerts.Baselines;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.Pane;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.SourceDay;
import org.surgewire.streams.coverage.SourcesRead;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Verdict;

/** What the judge of days expected of a jurisdiction, and from what number on it would have been surprised. */
public final class BaselineQueries {
    private static final double DECIMALS = 1e4;

    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final AlertSettings settings;

    /** @param settings those that the days are judged with */
    public BaselineQueries(Stores stores, Jurisdictions jurisdictions, AlertSettings settings) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        this.settings = settings;
    }

    /**
     * The expectation of each bucket; empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now. How sources are doing is told as it is now
     * @param from first day; by default 27 days before {@code to}
     * @param to last day; by default the last known one
     * @throws IllegalArgumentException when the days are out of order or more than {@link JurisdictionQueries#MOST_DAYS}
     */
    public Optional<Baseline> find(
            String id, Bucket bucket, @Nullable Instant at, @Nullable LocalDate from, @Nullable LocalDate to) {
        return jurisdictions.find(id).map(of -> {
            DayLimits.refuse(from, to);
            Knowledge knowledge = Knowledge.of(stores, jurisdictions, Series.PUBLICATION, at, of.id()::equals);
            DaysAsked days = DaysAsked.of(from, to, knowledge.known());
            LocalDate first = days.from();
            LocalDate last = days.to();
            return new Baseline(
                    PlaceRef.of(of),
                    Baselines.detector(settings, of),
                    bucket,
                    at,
                    knowledge.known(),
                    first,
                    last,
                    sources(of, at, days),
                    first == null || last == null ? List.of() : buckets(days(of, knowledge, first, last), bucket));
        });
    }

    private static String sources(Jurisdiction of, @Nullable Instant at, DaysAsked days) {
        LocalDate first = days.from();
        LocalDate last = days.to();
        if (first != null && last != null) {
            LocalDate earliest = last.minusDays(JurisdictionQueries.MOST_DAYS - 1);
            first = historyOf(first).isBefore(earliest) ? earliest : historyOf(first);
        }
        return SourcesPath.of(of, Series.PUBLICATION, at, first, last);
    }

    private static LocalDate historyOf(LocalDate day) {
        return day.minusDays(ReleaseSurge.MOST_DAYS);
    }

    private List<Baselines.Expected> days(Jurisdiction of, Knowledge knowledge, LocalDate from, LocalDate to) {
        Instant at = knowledge.at();
        List<DayCount> announced = knowledge.counts().days(of.id(), historyOf(from), to);
        Map<LocalDate, Map<List<String>, Long>> evidence =
                at == null ? evidenceNow(of.id(), from, to) : evidenceAt(at, of.id(), from, to);
        var baselines = new Baselines(
                jurisdictions, settings, inMemory(of.id(), announced), at == null ? readNow() : readAt(at));
        return baselines.days(
                of,
                from,
                to,
                day -> evidence.getOrDefault(day, Map.of()),
                knowledge.coverage().of(of.id()));
    }

    /** Days that are read again and again, each row of the store once. */
    private static DailyCounts inMemory(String id, List<DayCount> announced) {
        Map<Integer, YearOfDays> years = new TreeMap<>();
        for (DayCount each : announced) {
            years.computeIfAbsent(each.day().getYear(), year -> new YearOfDays(new ArrayList<>()))
                    .getDays()
                    .add(new Pane(
                            each.day().getDayOfYear(),
                            (int) each.announcements(),
                            (int) each.cases(),
                            each.low(),
                            each.arrests(),
                            each.high()));
        }
        Map<String, YearOfDays> byKey = new HashMap<>();
        years.forEach((year, days) -> byKey.put(DailyCounts.key(id, year), days));
        return new DailyCounts(byKey::get, unused -> null);
    }

    private Map<LocalDate, Map<List<String>, Long>> evidenceNow(String id, LocalDate from, LocalDate to) {
        Map<LocalDate, Map<List<String>, Long>> evidence = new HashMap<>();
        try (var rows = stores.evidence().range(id + "|" + from, id + "|" + to + "|\uffff")) {
            rows.forEachRemaining(row -> {
                CaseContribution share = row.value;
                evidence.computeIfAbsent(share.getDay(), day -> new HashMap<>())
                        .merge(share.getSources(), share.getTotal(), Long::sum);
            });
        }
        return evidence;
    }

    private Map<LocalDate, Map<List<String>, Long>> evidenceAt(Instant at, String id, LocalDate from, LocalDate to) {
        Map<LocalDate, Map<List<String>, Long>> evidence = new HashMap<>();
        stores.history(jurisdictions).cases(at, of -> {
            for (CaseDay day : of.getDays()) {
                boolean isWanted = day.getJurisdictionId().equals(id)
                        && !day.getDay().isBefore(from)
                        && !day.getDay().isAfter(to);
                if (isWanted && day.getArrests() > 0) {
                    List<String> sources = of.getAnnouncements().stream()
                            .map(CaseAnnouncement::getSourceId)
                            .distinct()
                            .sorted()
                            .toList();
                    evidence.computeIfAbsent(day.getDay(), key -> new HashMap<>())
                            .merge(sources, day.getArrests(), Long::sum);
                }
            }
        });
        return evidence;
    }

    private SourcesRead readNow() {
        return SourcesRead.asStored(stores.health(), stores.sourceDays());
    }

    private SourcesRead readAt(Instant at) {
        SourcesRead read = SourcesRead.reportedAlone(stores.health());
        stores.history(jurisdictions)
                .published(at)
                .forEach((source, days) -> days.forEach(day -> read.published(new SourceDay(source, day))));
        return read;
    }

    private static List<Expectation> buckets(List<Baselines.Expected> days, Bucket bucket) {
        List<Expectation> buckets = new ArrayList<>();
        for (int first = 0; first < days.size(); ) {
            LocalDate last = bucket.last(days.get(first).day());
            int next = first;
            int judged = 0;
            double expected = 0;
            double bound = 0;
            int baselineDays = Integer.MAX_VALUE;
            for (; next < days.size() && !days.get(next).day().isAfter(last); next++) {
                Baselines.Expected day = days.get(next);
                if (day.expected() != null && day.bound() != null) {
                    judged++;
                    expected += day.expected();
                    bound = Math.max(bound, day.bound());
                    baselineDays = Math.min(baselineDays, day.baselineDays());
                }
            }
            LocalDate from = days.get(first).day();
            LocalDate to = days.get(next - 1).day();
            buckets.add(
                    judged == 0
                            ? new Expectation(
                                    from, to, Verdict.State.NOT_ENOUGH_HISTORY.name(), next - first, null, null, 0)
                            : new Expectation(
                                    from,
                                    to,
                                    Verdict.State.ENOUGH_HISTORY.name(),
                                    next - first - judged,
                                    Math.round(expected * DECIMALS) / DECIMALS,
                                    bound,
                                    baselineDays));
            first = next;
        }
        return buckets;
    }

    /**
     * What was expected of a jurisdiction.
     *
     * @param detector the method
     * @param knownAt instant whose knowledge this is; null for now
     * @param known first and last publication day read so far; null when nothing has been read yet
     * @param from first day; null when nothing has been read and no day was asked for
     * @param sources path of the sentences that the history rests on, from a year before the first day
     */
    public record Baseline(
            PlaceRef jurisdiction,
            String detector,
            Bucket bucket,
            @Nullable Instant knownAt,
            @Nullable KnownDays known,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            String sources,
            List<Expectation> buckets) {}

    /**
     * What was expected of some days.
     *
     * @param state ENOUGH_HISTORY, or NOT_ENOUGH_HISTORY when none of the days can be judged; the numbers are null then
     * @param unjudgedDays days among them without enough history; the numbers are those of the others
     * @param expected announced arrests of all these days together
     * @param bound largest number of a single day that is no surge; of several days, the largest of their bounds
     * @param baselineDays known days of the year before that this rests on, those of the day with the fewest
     */
    public record Expectation(
            LocalDate from,
            LocalDate to,
            String state,
            int unjudgedDays,
            @Nullable Double expected,
            @Nullable Double bound,
            int baselineDays) {}
}
