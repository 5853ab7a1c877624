package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.Operation;
import org.surgewire.streams.operations.OperationEvent;

/** Publishes what changed in the news of an operation, in the operation's partition. */
final class OperationNewsProcessor implements Processor<String, OperationEvent, String, Alert> {
    private static final String CLOCK_KEY = "all";

    private final OperationNews news;
    private final AlertSettings settings;
    private KeyValueStore<String, String> clock;
    private PublishedAlerts published;

    OperationNewsProcessor(OperationNews news, AlertSettings settings) {
        this.news = news;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        clock = context.getStateStore(AlertNames.OPERATION_CLOCK);
        published = new PublishedAlerts(
                context,
                context.getStateStore(AlertNames.OPERATION_ALERTS),
                context.getStateStore(AlertNames.OPERATION_OPEN),
                context.getStateStore(AlertNames.OPERATION_VERSIONS),
                settings.quietDays());
    }

    @Override
    public void process(Record<String, OperationEvent> record) {
        published.follow(record.headers());
        LocalDate reached = record.value().lastDay();
        if (reached != null) {
            clock.put(CLOCK_KEY, reached.toString());
            published.closeQuiet(reached, record.timestamp());
            return;
        }
        String today = clock.get(CLOCK_KEY);
        if (today == null) {
            throw new IllegalStateException("the operation " + record.key() + " came before the clock");
        }
        Operation operation = record.value().operation();
        List<PublishedAlerts.Standing> standing = operation == null
                ? List.of()
                : news.of(operation, record.value().cases()).stream()
                        .map(PublishedAlerts.Standing::of)
                        .toList();
        published.publish(
                record.key(), "operation", "operation~", standing, LocalDate.parse(today), record.timestamp());
    }
}
