package org.surgewire.standalone.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, to be killed: prints where it listens. */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        var broker = EmbeddedBroker.start(Path.of(args[0]), failure -> System.exit(1));
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
