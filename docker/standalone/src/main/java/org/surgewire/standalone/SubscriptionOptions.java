package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.deliveries.Subscriptions;
import picocli.CommandLine.Option;

/** Who is told of alerts. */
final class SubscriptionOptions {
    @Option(
            names = "--subscriptions",
            paramLabel = "FILE",
            description = "Who is told of alerts by webhook or mail, as docs/deliveries.md says; left out, nobody is.")
    private @Nullable Path file;

    /**
     * Reads the file; secrets may be in this process' environment.
     *
     * @throws IOException with a message fit for the user
     */
    Subscriptions read() throws IOException {
        return file == null ? Subscriptions.none() : Subscriptions.read(file, System.getenv());
    }
}
