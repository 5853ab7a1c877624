package org.surgewire.streams.instances;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.UnknownStateStoreException;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.streams.alerts.AlertNames;
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

/** How the rows of the stores that can be asked travel, and in how many partitions they lie. */
final class Stored {
    /** Partitioned by operation id; all others have one partition. */
    private static final Set<String> BY_OPERATION =
            Set.of(OperationNames.OPERATIONS, AlertNames.OPERATION_ALERTS, AlertNames.OPERATION_VERSIONS);

    private final Map<String, Serde<?>> values = new HashMap<>();
    private final int operationPartitions;

    Stored(int operationPartitions) {
        this.operationPartitions = operationPartitions;
        record(CaseNames.ANNOUNCEMENTS, ArrestAnnouncement.class);
        record(CaseNames.FORMER, ArrestAnnouncement.class);
        record(CaseNames.CASES, Case.class);
        record(CaseNames.CLOCK, DayReached.class);
        record(CaseNames.LINKS, ReleaseLinks.class);
        values.put(CaseNames.FORMER_LINKS, Serdes.String());
        values.put(CaseNames.KNOWN, Serdes.String());
        record(CoverageNames.SOURCES, SourceDays.class);
        record(CoverageNames.HEALTH, SourceHealth.class);
        record(CountNames.DAILY, YearOfDays.class);
        record(CountNames.BY_PERIOD, YearOfDays.class);
        record(CountNames.SPANS, SpanOfCounts.class);
        record(CountNames.BY_PERIOD_SPANS, SpanOfCounts.class);
        record(AlertNames.EVIDENCE, CaseContribution.class);
        record(AlertNames.ALERTS, Alert.class);
        values.put(AlertNames.OPEN, Serdes.String());
        values.put(AlertNames.SOURCE_DAYS, Serdes.String());
        record(AlertNames.VERSIONS, Alert.class);
        record(AlertNames.OPERATION_ALERTS, Alert.class);
        record(AlertNames.OPERATION_VERSIONS, Alert.class);
        record(OperationNames.OPERATIONS, Operation.class);
    }

    private <V extends SpecificRecord> void record(String store, Class<V> type) {
        values.put(store, new StateSerde<>(type));
    }

    /** @throws UnknownStateStoreException for a store that cannot be asked */
    @SuppressWarnings("unchecked") // A name stands for one type of rows.
    <V> Serde<V> serde(String store) {
        Serde<?> serde = values.get(store);
        if (serde == null) {
            throw new UnknownStateStoreException("no store " + store + " can be asked");
        }
        return (Serde<V>) serde;
    }

    int partitions(String store) {
        return BY_OPERATION.contains(store) ? operationPartitions : 1;
    }
}
