package org.surgewire.streams.deliveries;

/** Takes messages to where a subscription wants them. Thread-safe. */
interface Sender extends AutoCloseable {
    /** Tries once, for a bounded time, and never throws for what the receiver does. */
    Outcome send(Subscription subscription, Message message);

    @Override
    void close();
}
