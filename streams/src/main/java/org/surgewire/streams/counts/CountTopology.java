package org.surgewire.streams.counts;

import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.cases.CasesChange;
import org.surgewire.streams.cloudevents.CloudEvents;
import org.surgewire.streams.stores.StateStores;

/**
 * Cases to counts: what a case adds to a jurisdiction's day is added to the jurisdiction's daily pane. Windows are sums of
 * panes, made when a pane changes and when somebody asks.
 *
 * <p>A share is a difference to what the same case added before, so a corrected or withdrawn case takes back what it
 * gave; with exactly-once processing each difference is added once. Any day can change, however long ago.
 *
 * <p>There are two series: by publication day, and by the days on which the arrests happened, see {@link PeriodSpread}.
 *
 * <p>Keyed by jurisdiction id, all in one partition: surges of one day are judged together, see the alerts, and cases come
 * from one partition as it is. State: a row for each jurisdiction and year, and one for its span of days with their sum.
 */
public final class CountTopology {
    private CountTopology() {}

    /** Adds the feature to a builder. Rolling counts go to their topic; each event goes on once its pane has it. */
    public static KStream<String, Counted> addTo(
            StreamsBuilder builder,
            StateStores stores,
            Topics topics,
            Jurisdictions jurisdictions,
            KStream<String, CasesChange> changes) {
        var strings = Serdes.String();
        stores.addRewritten(builder, CountNames.DAILY, YearOfDays.class);
        stores.addRewritten(builder, CountNames.SPANS, SpanOfCounts.class);
        stores.addRewritten(builder, CountNames.BY_PERIOD, YearOfDays.class);
        stores.addRewritten(builder, CountNames.BY_PERIOD_SPANS, SpanOfCounts.class);

        KStream<String, Counted> counted = changes.flatMap(
                        (caseId, change) -> Shares.of(change), Named.as(CountNames.SHARES))
                .repartition(Repartitioned.with(strings, new StateSerde<>(CountEvent.class))
                        .withName(CountNames.BY_JURISDICTION)
                        .withNumberOfPartitions(1))
                .process(
                        () -> new CountProcessor(jurisdictions),
                        Named.as(CountNames.ADD),
                        CountNames.DAILY,
                        CountNames.SPANS,
                        CountNames.BY_PERIOD,
                        CountNames.BY_PERIOD_SPANS);
        counted.flatMapValues(CountTopology::counts, Named.as(CountNames.CHANGED))
                .processValues(CloudEvents.counts(), Named.as(CountNames.MARK))
                .to(
                        topics.counts().name(),
                        Produced.with(strings, topics.counts().serde()).withName(CountNames.SINK));
        return counted;
    }

    private static List<JurisdictionCounts> counts(Counted counted) {
        JurisdictionCounts counts = counted.counts();
        return counts == null ? List.of() : List.of(counts);
    }
}
