package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backtest",
        description = {
            "Replays announcements and prints how the alerts did.",
            "",
            "Surge alerts a week and severity as CSV, the share of them that rest on a named operation, and the time from"
                    + " an operation's first announced arrests to its first surge alert.",
        })
final class Backtest implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON Lines, plain or gzip, read in this order.")
    private List<Path> files = List.of();

    @Option(names = "--from", paramLabel = "DAY", description = "First day reported (default: the first announced).")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day reported (default: the last announced).")
    private @Nullable LocalDate to;

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        refuseBackwards(from, to);
        Stack stack = Replayed.of(files, shutdown).stack();
        List<LocalDate> days = latest(stack, stack.topics().announcements()).values().stream()
                .map(ArrestAnnouncement::getPublishedDay)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (days.isEmpty()) {
            throw new Failure("nothing to report", "no announcement was read", "name files that hold some");
        }
        LocalDate first = from == null ? days.get(0) : from;
        LocalDate last = to == null ? days.get(days.size() - 1) : to;
        refuseBackwards(first, last);
        Map<String, Alert> alerts = latest(stack, stack.topics().alerts());
        Map<String, Operation> operations = latest(stack, stack.topics().operations());
        System.out.print(new BacktestReport(alerts.values(), operations.values(), first, last).text());
        System.out.flush();
        return 0;
    }

    private static void refuseBackwards(@Nullable LocalDate first, @Nullable LocalDate last) {
        if (first != null && last != null && last.isBefore(first)) {
            throw new Failure("nothing to report", "from " + first + " to " + last, "give --from and --to in order");
        }
    }

    /** The last record of each key, by key. */
    private static <V extends SpecificRecord> Map<String, V> latest(Stack stack, Topic<V> topic) {
        Map<String, V> latest = new TreeMap<>();
        new TopicReader(stack.bootstrapServers()).read(topic, latest::put);
        return latest;
    }
}
