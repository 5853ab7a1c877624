package org.surgewire.streams.coverage;

import org.apache.kafka.streams.StreamsBuilder;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.stores.StateStores;

/**
 * Keeps what sources report of their reading. Every question about any jurisdiction needs all sources, and there are few
 * of them, so every instance holds all reports: nothing is partitioned.
 */
public final class CoverageTopology {
    private CoverageTopology() {}

    /** Adds the feature to a builder. */
    public static void addTo(StreamsBuilder builder, StateStores stores, Topics topics) {
        stores.addGlobal(builder, CoverageNames.HEALTH, CoverageNames.SOURCE, topics.sourceHealth());
    }
}
