package org.surgewire.streams.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertNames;
import org.surgewire.streams.cases.CaseHistory;
import org.surgewire.streams.cases.CaseIndex;
import org.surgewire.streams.cases.CaseNames;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.cases.ReleaseLinks;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.Coverage;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.SourceDays;
import org.surgewire.streams.operations.OperationNames;

/** The stores that answers are read from. Each is asked for anew with every question, since a rebalance replaces it. */
public final class Stores {
    private final Function<String, ReadOnlyKeyValueStore<String, ?>> byName;
    private final Predicate<String> here;

    /** @param byName gives the store of a name as it is at the time; a row of it costs next to nothing */
    public Stores(Function<String, ReadOnlyKeyValueStore<String, ?>> byName) {
        this(byName, name -> true);
    }

    /**
     * Stores of which some are elsewhere.
     *
     * @param byName gives the store of a name as it is at the time
     * @param here whether a row of a store costs next to nothing; of others many are read at once
     */
    public Stores(Function<String, ReadOnlyKeyValueStore<String, ?>> byName, Predicate<String> here) {
        this.byName = byName;
        this.here = here;
    }

    /** The stores of a running application; of one that another instance fills, the copy that this one keeps. */
    public static Stores of(KafkaStreams streams) {
        return new Stores(name -> {
            var store = StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, Object>keyValueStore());
            // Before that, its own stores may be restored in part.
            return streams.store(streams.state() == KafkaStreams.State.RUNNING ? store.enableStaleStores() : store);
        });
    }

    @SuppressWarnings("unchecked") // A name stands for one type of rows.
    private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        return (ReadOnlyKeyValueStore<String, V>) byName.apply(name);
    }

    public ReadOnlyKeyValueStore<String, ArrestAnnouncement> announcements() {
        return store(CaseNames.ANNOUNCEMENTS);
    }

    public ReadOnlyKeyValueStore<String, Case> cases() {
        return store(CaseNames.CASES);
    }

    ReadOnlyKeyValueStore<String, DayReached> clock() {
        return store(CaseNames.CLOCK);
    }

    public ReadOnlyKeyValueStore<String, YearOfDays> years() {
        return store(CountNames.DAILY);
    }

    /** Whether the counts are in this process. */
    boolean hasCounts() {
        return here.test(CountNames.DAILY);
    }

    /** Whether the cases are in this process. */
    boolean hasCases() {
        return here.test(CaseNames.CASES);
    }

    public ReadOnlyKeyValueStore<String, SpanOfCounts> spans() {
        return store(CountNames.SPANS);
    }

    ReadOnlyKeyValueStore<String, CaseContribution> evidence() {
        return store(AlertNames.EVIDENCE);
    }

    ReadOnlyKeyValueStore<String, String> openAlerts() {
        return store(AlertNames.OPEN);
    }

    ReadOnlyKeyValueStore<String, String> sourceDays() {
        return store(AlertNames.SOURCE_DAYS);
    }

    public ReadOnlyKeyValueStore<String, Alert> alerts() {
        return store(AlertNames.ALERTS);
    }

    public ReadOnlyKeyValueStore<String, Alert> operationAlerts() {
        return store(AlertNames.OPERATION_ALERTS);
    }

    public ReadOnlyKeyValueStore<String, Operation> operations() {
        return store(OperationNames.OPERATIONS);
    }

    public ReadOnlyKeyValueStore<String, YearOfDays> periodYears() {
        return store(CountNames.BY_PERIOD);
    }

    public ReadOnlyKeyValueStore<String, SpanOfCounts> periodSpans() {
        return store(CountNames.BY_PERIOD_SPANS);
    }

    ReadOnlyKeyValueStore<String, ArrestAnnouncement> former() {
        return store(CaseNames.FORMER);
    }

    ReadOnlyKeyValueStore<String, ReleaseLinks> links() {
        return store(CaseNames.LINKS);
    }

    ReadOnlyKeyValueStore<String, String> formerLinks() {
        return store(CaseNames.FORMER_LINKS);
    }

    ReadOnlyKeyValueStore<String, String> revisions() {
        return store(CaseNames.KNOWN);
    }

    ReadOnlyKeyValueStore<String, SourceDays> sources() {
        return store(CoverageNames.SOURCES);
    }

    ReadOnlyKeyValueStore<String, SourceHealth> health() {
        return store(CoverageNames.HEALTH);
    }

    ReadOnlyKeyValueStore<String, Alert> alertVersions() {
        return store(AlertNames.VERSIONS);
    }

    ReadOnlyKeyValueStore<String, Alert> operationAlertVersions() {
        return store(AlertNames.OPERATION_VERSIONS);
    }

    /** The publication days read so far; empty before the first announcement. */
    public Optional<KnownDays> known() {
        DayReached reached = clock().get(CaseNames.CLOCK_KEY);
        return Optional.ofNullable(reached).map(days -> new KnownDays(days.getFirstDay(), days.getLastDay()));
    }

    /** Which days are known where. */
    public Coverage coverage(Jurisdictions jurisdictions) {
        Map<String, SourceDays> read = new HashMap<>();
        try (var rows = sources().all()) {
            rows.forEachRemaining(row -> read.put(row.key, row.value));
        }
        return Coverage.of(jurisdictions, reports(), read);
    }

    /** The last report of every source that reports its health. */
    public List<SourceHealth> reports() {
        List<SourceHealth> reports = new ArrayList<>();
        try (var rows = health().all()) {
            rows.forEachRemaining(row -> reports.add(row.value));
        }
        return reports;
    }

    /** Cases by the releases that tell of them. */
    CaseIndex caseIndex() {
        return new CaseIndex(links(), revisions());
    }

    /** What was known at instants. */
    CaseHistory history(Jurisdictions jurisdictions) {
        return new CaseHistory(
                new CaseHistory.Rows(announcements(), former(), cases(), links(), formerLinks(), revisions()),
                jurisdictions);
    }
}
