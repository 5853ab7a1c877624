package org.surgewire.streams.operations;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CasesOfOperation;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.cases.CasesChange;
import org.surgewire.streams.cases.ClockEverywhere;
import org.surgewire.streams.cloudevents.CloudEvents;
import org.surgewire.streams.stores.StateStores;

/**
 * Cases to operations. A case goes to the partition of the operation it names; one that no longer names an operation is
 * sent there without announcements, which takes it out again. All that one announcement changed goes together, so that no
 * operation is published half changed. A plan that names no operation is one of its own, until a name links it.
 *
 * <p>Partitioned by operation id, since an operation is the sum of its cases alone. State: its cases and the operation as
 * last published; a change reads the cases of its operation and no others.
 */
public final class OperationTopology {
    private OperationTopology() {}

    /** Adds the feature to a builder. Changed operations go to their topic; every event goes on. */
    public static KStream<String, OperationEvent> addTo(
            StreamsBuilder builder, StateStores stores, Topics topics, KStream<String, CasesChange> changes) {
        var strings = Serdes.String();
        stores.add(builder, OperationNames.CASES, Case.class);
        stores.add(builder, OperationNames.OPERATIONS, Operation.class);

        KStream<String, OperationEvent> operations = changes.flatMap(
                        (releaseId, change) -> casesOfOperations(change), Named.as(OperationNames.OF_CASE))
                .repartition(Repartitioned.with(strings, new StateSerde<>(CasesOfOperation.class))
                        .withName(OperationNames.BY_OPERATION)
                        .withNumberOfPartitions(topics.operations().partitions())
                        .withStreamPartitioner(new ClockEverywhere<>()))
                .process(
                        Assembler::new,
                        Named.as(OperationNames.ASSEMBLE),
                        OperationNames.CASES,
                        OperationNames.OPERATIONS);
        operations
                .flatMapValues(OperationTopology::changed, Named.as(OperationNames.CHANGED))
                .processValues(CloudEvents.operations(), Named.as(OperationNames.MARK))
                .to(
                        topics.operations().name(),
                        Produced.with(strings, topics.operations().serde()).withName(OperationNames.SINK));
        return operations;
    }

    private static List<KeyValue<String, CasesOfOperation>> casesOfOperations(CasesChange change) {
        List<KeyValue<String, CasesOfOperation>> events = new ArrayList<>();
        if (change.daysMoved()) {
            events.add(KeyValue.pair("", new CasesOfOperation(List.of(), change.lastDay())));
        }
        Map<String, List<Case>> byOperation = new TreeMap<>();
        for (CasesChange.Changed changed : change.changed()) {
            Case before = changed.before();
            Case after = changed.after();
            String was = before == null ? null : OperationCourse.operationOf(before);
            String is = OperationCourse.operationOf(after);
            if (was != null && !was.equals(is)) {
                byOperation
                        .computeIfAbsent(was, id -> new ArrayList<>())
                        .add(Case.newBuilder(after).setAnnouncements(List.of()).build());
            }
            if (is != null) {
                byOperation.computeIfAbsent(is, id -> new ArrayList<>()).add(after);
            }
        }
        byOperation.forEach((id, cases) -> events.add(KeyValue.pair(id, new CasesOfOperation(cases, null))));
        return events;
    }

    private static List<Operation> changed(OperationEvent event) {
        Operation operation = event.operation();
        return operation != null && event.changed() ? List.of(operation) : List.of();
    }

    private static final class Assembler implements Processor<String, CasesOfOperation, String, OperationEvent> {
        private ProcessorContext<String, OperationEvent> context;
        private KeyValueStore<String, Case> cases;
        private KeyValueStore<String, Operation> operations;

        @Override
        public void init(ProcessorContext<String, OperationEvent> given) {
            context = given;
            cases = given.getStateStore(OperationNames.CASES);
            operations = given.getStateStore(OperationNames.OPERATIONS);
        }

        @Override
        public void process(Record<String, CasesOfOperation> record) {
            LocalDate lastDay = record.value().getLastDay();
            if (lastDay != null) {
                context.forward(record.withValue(new OperationEvent(null, false, List.of(), lastDay)));
                return;
            }
            String prefix = record.key() + "|";
            for (Case changed : record.value().getCases()) {
                cases.put(
                        prefix + changed.getCaseId(), changed.getAnnouncements().isEmpty() ? null : changed);
            }
            List<Case> all = new ArrayList<>();
            try (var rows = cases.prefixScan(prefix, Serdes.String().serializer())) {
                rows.forEachRemaining(row -> all.add(row.value));
            }
            Operation before = operations.get(record.key());
            Operation after = OperationCourse.of(record.key(), all, before);
            boolean isChanged = !Objects.equals(after, before);
            if (after != null && isChanged) {
                operations.put(record.key(), after);
            }
            context.forward(record.withValue(new OperationEvent(after, isChanged, all, null)));
        }
    }
}
