package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientsTest {
    private long nanos;
    private final Clients clients = new Clients(2, 4, 3, () -> nanos);

    private boolean asks(String client) {
        boolean in = clients.enter(client) == null;
        if (in) {
            clients.leave(client);
        }
        return in;
    }

    @Test
    void aClientMayAskAsOftenAsTheBucketHolds() {
        for (int i = 0; i < 4; i++) {
            assertThat(asks("a")).isTrue();
        }
        assertThat(clients.enter("a")).extracting(Clients.Wait::seconds).isEqualTo(1);
        assertThat(asks("b")).isTrue();
        nanos += 500_000_000;
        assertThat(asks("a")).isTrue();
        assertThat(asks("a")).isFalse();
        nanos += 3_600_000_000_000L;
        for (int i = 0; i < 4; i++) {
            assertThat(asks("a")).isTrue();
        }
        assertThat(asks("a")).isFalse();
    }

    @Test
    void aClientThatIsAnsweredSlowlyDoesNotHoldMoreThanItsShare() {
        for (int i = 0; i < 3; i++) {
            assertThat(clients.enter("a")).isNull();
        }
        assertThat(clients.enter("a")).extracting(Clients.Wait::why).asString().contains("3 requests");
        clients.leave("a");
        assertThat(clients.enter("a")).isNull();
    }

    @Test
    void aFloodOfAddressesTakesNoMoreMemoryAndForgetsNobodyWhoIsBeingAnswered() {
        for (int i = 0; i < 3; i++) {
            clients.enter("answered");
        }
        for (int i = 0; i < 50_000; i++) {
            asks("address " + i);
        }
        assertThat(clients.known()).isEqualTo(10_000);
        assertThat(clients.enter("answered")).isNotNull();
    }
}
