package org.surgewire.standalone;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.surgewire.ingest.publish.Reextraction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reextract",
        description = {
            "Reads every stored release again with the present rules and publishes those whose claims changed.",
            "",
            "Counts and alerts follow. Run again, it publishes nothing."
        })
final class Reextract implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(1, Duration.ofSeconds(60), this::run);
    }

    private int run(Shutdown shutdown) throws Exception {
        return cluster.withPublishers((topics, opening) -> {
            var publisher = shutdown.closeLater("publisher", opening.get());
            Reextraction.Result result;
            try (var progress = ProgressBar.onStandardError("reading releases again", publisher.releases())) {
                result = new Reextraction(publisher, topics, cluster.cluster()).run(read -> progress.advance(1));
            }
            System.err.printf(
                    "surgewire: %,d releases read again, the claims of %,d changed%n", result.read(), result.changed());
            return 0;
        });
    }
}
