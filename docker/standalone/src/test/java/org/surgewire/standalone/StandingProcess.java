package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.Duration;
import org.surgewire.standalone.broker.EmbeddedBroker;
import org.surgewire.standalone.registry.RegistryServer;

/** Broker and registry in a process of their own, until a signal: prints a line when it stands. */
final class StandingProcess {
    private StandingProcess() {}

    public static void main(String[] args) throws Exception {
        System.exit(Shutdown.run(0, Duration.ofSeconds(30), shutdown -> {
            var broker = shutdown.closeLater(
                    "the broker", EmbeddedBroker.start(Path.of(args[0]), failure -> shutdown.stop(1)));
            shutdown.closeLater("the registry", RegistryServer.start(broker.bootstrapServers(), 0));
            System.out.println("standing");
            return shutdown.await();
        }));
    }
}
