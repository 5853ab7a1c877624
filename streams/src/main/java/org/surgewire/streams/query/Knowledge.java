package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.CaseHistory;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.PeriodSpread;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.Coverage;
import org.surgewire.streams.coverage.DaySet;

/**
 * What counts are answered from: what is known now, or what was known at an instant.
 *
 * @param at the instant; null for now
 * @param known publication days read; null when nothing has been read
 * @param coverage which days are known where
 * @param counts days with a number
 */
record Knowledge(@Nullable Instant at, @Nullable KnownDays known, Coverage coverage, DaysOfCounts counts) {

    /** What is known now, or was at an instant of some jurisdictions; the others then have no numbers. */
    static Knowledge of(
            Stores stores, Jurisdictions jurisdictions, Series series, @Nullable Instant at, Predicate<String> wanted) {
        return at == null ? now(stores, jurisdictions, series) : then(stores, jurisdictions, series, at, wanted);
    }

    /** What is known now. */
    private static Knowledge now(Stores stores, Jurisdictions jurisdictions, Series series) {
        return new Knowledge(
                null,
                stores.known().orElse(null),
                stores.coverage(jurisdictions),
                DaysOfCounts.now(years(stores, series), spans(stores, series)));
    }

    private static ReadOnlyKeyValueStore<String, YearOfDays> years(Stores stores, Series series) {
        return series == Series.PUBLICATION ? stores.years() : stores.periodYears();
    }

    private static ReadOnlyKeyValueStore<String, SpanOfCounts> spans(Stores stores, Series series) {
        return series == Series.PUBLICATION ? stores.spans() : stores.periodSpans();
    }

    /** The same, ready to tell of many jurisdictions and these days, also where the counts are another instance's. */
    Knowledge ofMany(Stores stores, Series series, LocalDate from, LocalDate to) {
        return at != null || stores.hasCounts()
                ? this
                : new Knowledge(
                        null,
                        known,
                        coverage,
                        DaysOfCounts.atOnce(years(stores, series), spans(stores, series), from, to));
    }

    /**
     * What was known at an instant, of some jurisdictions.
     *
     * @param wanted ids of those jurisdictions; the others have no numbers
     */
    private static Knowledge then(
            Stores stores, Jurisdictions jurisdictions, Series series, Instant at, Predicate<String> wanted) {
        CaseHistory history = stores.history(jurisdictions);
        var counts = new DaysOfCounts.Then(new HashMap<>());
        history.cases(at, each -> {
            for (CaseDay day : each.getDays()) {
                if (wanted.test(day.getJurisdictionId())) {
                    days(day, series).forEach(count -> counts.add(day.getJurisdictionId(), count));
                }
            }
        });
        CaseHistory.Read read = history.read(at);
        LocalDate today = LocalDate.ofInstant(at, KnownDays.ZONE);
        Coverage coverage = Coverage.of(jurisdictions, stores.reports(), read.sources(), today);
        LocalDate first = read.first();
        LocalDate last = read.last();
        LocalDate covered = coverage.last();
        KnownDays known = first == null || last == null
                ? null
                : new KnownDays(first, covered != null && covered.isAfter(last) ? covered : last);
        return new Knowledge(at, known, coverage, counts);
    }

    private static List<DayCount> days(CaseDay of, Series series) {
        if (series == Series.PERIOD) {
            var spread = new PeriodSpread();
            spread.add(of, 1);
            return spread.days();
        }
        return List.of(new DayCount(
                of.getDay(),
                of.getAnnouncements(),
                of.getCases(),
                of.getArrestsLow(),
                of.getArrests(),
                of.getArrestsHigh()));
    }

    /**
     * What was announced of a jurisdiction in each bucket from one day to another; the first and the last bucket end there.
     */
    List<Tally> series(Jurisdiction of, LocalDate from, LocalDate to, Bucket bucket) {
        DaySet read = coverage.of(of.id());
        List<DayCount> announced = counts.days(of.id(), from, to);
        List<Tally> buckets = new ArrayList<>();
        int next = 0;
        for (LocalDate start = from; !start.isAfter(to); ) {
            LocalDate end = bucket.last(start).isAfter(to) ? to : bucket.last(start);
            int first = next;
            while (next < announced.size() && !announced.get(next).day().isAfter(end)) {
                next++;
            }
            buckets.add(tally(of, read, announced.subList(first, next), start, end));
            start = end.plusDays(1);
        }
        return buckets;
    }

    /** What was announced of a jurisdiction from one day to another, as far as it is known. */
    Tally tally(Jurisdiction of, List<DayCount> announced, LocalDate from, LocalDate to) {
        return tally(of, coverage.of(of.id()), announced, from, to);
    }

    private static Tally tally(Jurisdiction of, DaySet read, List<DayCount> announced, LocalDate from, LocalDate to) {
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        long knownDays = read.count(from, to);
        DayCount sum = DayCount.none(to);
        for (DayCount each : announced) {
            if (!each.day().isBefore(from) && !each.day().isAfter(to)) {
                sum = sum.plus(each);
                knownDays += read.holds(each.day()) ? 0 : 1;
            }
        }
        return knownDays == 0
                ? Tally.unknown(from, to, days)
                : Tally.known(from, to, days - knownDays, sum, of.population());
    }

    /**
     * Who says the arrests that count on some days, newest publication first.
     */
    List<Counts.Source> sources(
            Stores stores, Jurisdictions jurisdictions, Series series, String id, LocalDate from, LocalDate to) {
        List<Counts.Source> found = new ArrayList<>();
        if (at == null && series == Series.PUBLICATION) {
            try (var rows = stores.evidence().range(id + "|" + from, id + "|" + to + "|\uffff")) {
                while (rows.hasNext()) {
                    CaseContribution share = rows.next().value;
                    found.add(new Counts.Source(
                            share.getDay(),
                            share.getCaseId(),
                            share.getReleaseId(),
                            share.getUrl(),
                            share.getTitle(),
                            share.getTotal(),
                            share.getSentence()));
                }
            }
        } else if (at == null) {
            // Nothing is announced before it happened, so the arrests of these days were published on them or later.
            var cases = stores.cases();
            try (var rows = stores.evidence().range(id + "|" + from, id + "|~")) {
                while (rows.hasNext()) {
                    CaseContribution share = rows.next().value;
                    Case of = cases.get(share.getCaseId());
                    if (of != null) {
                        of.getDays().stream()
                                .filter(day -> day.getJurisdictionId().equals(id)
                                        && day.getDay().equals(share.getDay()))
                                .forEach(day -> add(of, day, series, from, to, found));
                    }
                }
            }
        } else {
            stores.history(jurisdictions).cases(at, of -> of.getDays().stream()
                    .filter(day -> day.getJurisdictionId().equals(id))
                    .forEach(day -> add(of, day, series, from, to, found)));
        }
        found.sort(Comparator.comparing(Counts.Source::day)
                .thenComparing(Counts.Source::caseId)
                .reversed());
        return found;
    }

    private static void add(
            Case of, CaseDay day, Series series, LocalDate from, LocalDate to, List<Counts.Source> into) {
        long arrests = 0;
        for (DayCount each : days(day, series)) {
            arrests += each.day().isBefore(from) || each.day().isAfter(to) ? 0 : each.arrests();
        }
        if (arrests > 0) {
            for (CaseAnnouncement source : of.getAnnouncements()) {
                if (source.getReleaseId().equals(day.getReleaseId())) {
                    into.add(new Counts.Source(
                            day.getDay(),
                            of.getCaseId(),
                            day.getReleaseId(),
                            source.getUrl(),
                            source.getTitle(),
                            arrests,
                            day.getSentence()));
                }
            }
        }
    }
}
