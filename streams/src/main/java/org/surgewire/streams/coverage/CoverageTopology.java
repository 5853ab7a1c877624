package org.surgewire.streams.coverage;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.stores.StateStores;

/**
 * Keeps what sources report of their reading. Every question about any jurisdiction needs all sources, and so do its
 * alerts; there are few of them, so the reports are brought together in one partition. (A global store would need none, but with one the
 * application does not start while the broker is away.)
 */
public final class CoverageTopology {
    private CoverageTopology() {}

    /** Adds the feature to a builder. Every report goes on once it is kept. */
    public static KStream<String, SourceReport> addTo(StreamsBuilder builder, StateStores stores, Topics topics) {
        stores.addRewritten(builder, CoverageNames.HEALTH, SourceHealth.class);
        return builder.stream(
                        topics.sourceHealth().name(),
                        Consumed.with(Serdes.String(), topics.sourceHealth().serde())
                                .withName(CoverageNames.SOURCE))
                .repartition(Repartitioned.with(Serdes.String(), new StateSerde<>(SourceHealth.class))
                        .withName(CoverageNames.ONE_PARTITION)
                        .withNumberOfPartitions(1))
                .process(Keeper::new, Named.as(CoverageNames.KEEP), CoverageNames.HEALTH);
    }

    private static final class Keeper extends ContextualProcessor<String, SourceHealth, String, SourceReport> {
        @Override
        public void process(Record<String, SourceHealth> record) {
            KeyValueStore<String, SourceHealth> reports = context().getStateStore(CoverageNames.HEALTH);
            SourceHealth before = reports.get(record.key());
            reports.put(record.key(), record.value());
            context().forward(record.withValue(new SourceReport(record.key(), before, record.value())));
        }
    }
}
