package org.surgewire.streams.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.alerts.AlertTopology;
import org.surgewire.streams.cases.CaseNames;
import org.surgewire.streams.cases.CaseTopology;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.CountTopology;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.CoverageTopology;
import org.surgewire.streams.operations.OperationNames;
import org.surgewire.streams.operations.OperationTopology;
import org.surgewire.streams.stores.StateStores;

/** The features wired together: announcements → cases → counts, operations; counts, operations, health of sources → alerts. */
public final class SurgewireTopology {
    private SurgewireTopology() {}

    /**
     * The whole topology.
     *
     * @param properties of the Streams application; decides whether unnamed internal resources are refused
     */
    public static Topology of(
            StateStores stores,
            Topics topics,
            Jurisdictions jurisdictions,
            Clock clock,
            AlertSettings settings,
            Properties properties) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        var reports = CoverageTopology.addTo(builder, stores, topics);
        var changes = CaseTopology.addTo(builder, stores, topics, jurisdictions, clock);
        var operations = OperationTopology.addTo(builder, stores, topics, changes);
        var counted = CountTopology.addTo(builder, stores, topics, jurisdictions, changes);
        AlertTopology.addTo(builder, stores, topics, jurisdictions, settings, counted, operations, reports);
        return builder.build(properties);
    }

    /** The topics the topology reads, each after those that fill it. */
    public static List<String> readInOrder(Topics topics, String applicationId) {
        List<String> read = new ArrayList<>(
                List.of(topics.announcements().name(), topics.sourceHealth().name()));
        for (String name : List.of(
                CoverageNames.ONE_PARTITION,
                CaseNames.ONE_PARTITION,
                CountNames.BY_JURISDICTION,
                OperationNames.BY_OPERATION)) {
            read.add(applicationId + "-" + name + "-repartition");
        }
        return read;
    }
}
