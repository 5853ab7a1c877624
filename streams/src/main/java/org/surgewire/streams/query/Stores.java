package org.surgewire.streams.query;

import java.util.function.Supplier;
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
import org.surgewire.streams.cases.CaseNames;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.cases.ReleaseLinks;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.SpanOfCounts;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.SourceDays;
import org.surgewire.streams.operations.OperationNames;

/**
 * The stores that answers are read from. Each is asked for anew with every question, since a rebalance replaces it.
 *
 * @param announcements {@link CaseNames#ANNOUNCEMENTS}
 * @param cases {@link CaseNames#CASES}
 * @param clock {@link CaseNames#CLOCK}
 * @param years {@link CountNames#DAILY}
 * @param spans {@link CountNames#SPANS}
 * @param evidence {@link AlertNames#EVIDENCE}
 * @param alerts {@link AlertNames#ALERTS}
 * @param operationAlerts {@link AlertNames#OPERATION_ALERTS}
 * @param operations {@link OperationNames#OPERATIONS}
 * @param periodYears {@link CountNames#BY_PERIOD}
 * @param periodSpans {@link CountNames#BY_PERIOD_SPANS}
 * @param former {@link CaseNames#FORMER}
 * @param links {@link CaseNames#LINKS}
 * @param formerLinks {@link CaseNames#FORMER_LINKS}
 * @param revisions {@link CaseNames#KNOWN}
 * @param sources {@link CoverageNames#SOURCES}
 * @param health {@link CoverageNames#HEALTH}
 * @param alertVersions {@link AlertNames#VERSIONS}
 * @param operationAlertVersions {@link AlertNames#OPERATION_VERSIONS}
 */
public record Stores(
        Supplier<ReadOnlyKeyValueStore<String, ArrestAnnouncement>> announcements,
        Supplier<ReadOnlyKeyValueStore<String, Case>> cases,
        Supplier<ReadOnlyKeyValueStore<String, DayReached>> clock,
        Supplier<ReadOnlyKeyValueStore<String, YearOfDays>> years,
        Supplier<ReadOnlyKeyValueStore<String, SpanOfCounts>> spans,
        Supplier<ReadOnlyKeyValueStore<String, CaseContribution>> evidence,
        Supplier<ReadOnlyKeyValueStore<String, Alert>> alerts,
        Supplier<ReadOnlyKeyValueStore<String, Alert>> operationAlerts,
        Supplier<ReadOnlyKeyValueStore<String, Operation>> operations,
        Supplier<ReadOnlyKeyValueStore<String, YearOfDays>> periodYears,
        Supplier<ReadOnlyKeyValueStore<String, SpanOfCounts>> periodSpans,
        Supplier<ReadOnlyKeyValueStore<String, ArrestAnnouncement>> former,
        Supplier<ReadOnlyKeyValueStore<String, ReleaseLinks>> links,
        Supplier<ReadOnlyKeyValueStore<String, String>> formerLinks,
        Supplier<ReadOnlyKeyValueStore<String, String>> revisions,
        Supplier<ReadOnlyKeyValueStore<String, SourceDays>> sources,
        Supplier<ReadOnlyKeyValueStore<String, SourceHealth>> health,
        Supplier<ReadOnlyKeyValueStore<String, Alert>> alertVersions,
        Supplier<ReadOnlyKeyValueStore<String, Alert>> operationAlertVersions) {

    /** The stores of a running application. */
    public static Stores of(KafkaStreams streams) {
        return new Stores(
                store(streams, CaseNames.ANNOUNCEMENTS),
                store(streams, CaseNames.CASES),
                store(streams, CaseNames.CLOCK),
                store(streams, CountNames.DAILY),
                store(streams, CountNames.SPANS),
                store(streams, AlertNames.EVIDENCE),
                store(streams, AlertNames.ALERTS),
                store(streams, AlertNames.OPERATION_ALERTS),
                store(streams, OperationNames.OPERATIONS),
                store(streams, CountNames.BY_PERIOD),
                store(streams, CountNames.BY_PERIOD_SPANS),
                store(streams, CaseNames.FORMER),
                store(streams, CaseNames.LINKS),
                store(streams, CaseNames.FORMER_LINKS),
                store(streams, CaseNames.KNOWN),
                store(streams, CoverageNames.SOURCES),
                store(streams, CoverageNames.HEALTH),
                store(streams, AlertNames.VERSIONS),
                store(streams, AlertNames.OPERATION_VERSIONS));
    }

    /** What was known at instants. */
    CaseHistory history(Jurisdictions jurisdictions) {
        return new CaseHistory(
                new CaseHistory.Rows(
                        announcements.get(),
                        former.get(),
                        cases.get(),
                        links.get(),
                        formerLinks.get(),
                        revisions.get()),
                jurisdictions);
    }

    private static <V> Supplier<ReadOnlyKeyValueStore<String, V>> store(KafkaStreams streams, String name) {
        return () -> streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }
}
