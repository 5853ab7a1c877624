package org.surgewire.streams.alerts;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.cases.DayReached;
import org.surgewire.streams.cloudevents.CloudEvents;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.CountNames;
import org.surgewire.streams.counts.Counted;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.SourceReport;
import org.surgewire.streams.operations.OperationEvent;
import org.surgewire.streams.stores.StateStores;

/**
 * Counted events and reports of sources to alerts, beside the daily panes of all jurisdictions. A day is judged when an
 * event changes it or a day of its baseline, or a report what is known of them; alerts close when the clock has gone far
 * enough.
 *
 * <p>Alerts of a jurisdiction stay in its partition and need no step of their own; news of an operation is told in the
 * operation's. State: a row for each alarm day, the evidence of each day and case, and every alert as last published. A
 * change reads the days around it and the alert they belong to.
 */
public final class AlertTopology {
    private AlertTopology() {}

    /** Adds the feature to a builder. Every version of an alert goes to its topic; processing an event again adds none. */
    public static KStream<String, Alert> addTo(
            StreamsBuilder builder,
            StateStores stores,
            Topics topics,
            Jurisdictions jurisdictions,
            AlertSettings settings,
            KStream<String, Counted> counted,
            KStream<String, OperationEvent> operations,
            KStream<String, SourceReport> reports) {
        var strings = Serdes.String();
        stores.add(builder, AlertNames.ALARMS, Alarm.class);
        stores.add(builder, AlertNames.DISCOVERIES, DayDiscoveries.class);
        stores.add(builder, AlertNames.LULLS, Alarm.class);
        stores.add(builder, AlertNames.EVIDENCE, CaseContribution.class);
        stores.addRewritten(builder, AlertNames.ALERTS, Alert.class);
        stores.addStrings(builder, AlertNames.OPEN);
        stores.addStrings(builder, AlertNames.SOURCE_DAYS);
        stores.addRewritten(builder, AlertNames.CLOCK, DayReached.class);
        stores.add(builder, AlertNames.OPERATION_ALERTS, Alert.class);
        stores.addStrings(builder, AlertNames.OPERATION_OPEN);
        stores.add(builder, AlertNames.VERSIONS, Alert.class);
        stores.add(builder, AlertNames.OPERATION_VERSIONS, Alert.class);
        stores.addStrings(builder, AlertNames.OPERATION_CLOCK);

        KStream<String, Alert> alerts = counted.mapValues(
                        each -> new JudgeInput(each, null), Named.as(AlertNames.TAKE_COUNTED))
                .merge(
                        reports.mapValues(each -> new JudgeInput(null, each), Named.as(AlertNames.TAKE_REPORTS)),
                        Named.as(AlertNames.BOTH))
                .process(
                        () -> new JudgeProcessor(jurisdictions, settings),
                        Named.as(AlertNames.JUDGE),
                        CoverageNames.HEALTH,
                        AlertNames.SOURCE_DAYS,
                        CountNames.DAILY,
                        CountNames.SPANS,
                        AlertNames.ALARMS,
                        AlertNames.DISCOVERIES,
                        AlertNames.LULLS,
                        AlertNames.EVIDENCE,
                        AlertNames.ALERTS,
                        AlertNames.OPEN,
                        AlertNames.VERSIONS,
                        AlertNames.CLOCK);
        alerts.processValues(CloudEvents.alerts(), Named.as(AlertNames.MARK))
                .to(
                        topics.alerts().name(),
                        Produced.with(strings, topics.alerts().serde()).withName(AlertNames.SINK));
        operations
                .process(
                        () -> new OperationNewsProcessor(new OperationNews(jurisdictions, settings), settings),
                        Named.as(AlertNames.TELL_OPERATIONS),
                        AlertNames.OPERATION_ALERTS,
                        AlertNames.OPERATION_OPEN,
                        AlertNames.OPERATION_VERSIONS,
                        AlertNames.OPERATION_CLOCK)
                .processValues(CloudEvents.alerts(), Named.as(AlertNames.MARK_OPERATIONS))
                .to(
                        topics.alerts().name(),
                        Produced.with(strings, topics.alerts().serde()).withName(AlertNames.OPERATIONS_SINK));
        return alerts;
    }
}
