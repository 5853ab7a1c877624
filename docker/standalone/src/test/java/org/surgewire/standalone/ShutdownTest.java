package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Shutdown shutdown(Duration limit) {
        return new Shutdown(
                0, limit, new PrintStream(err, true, StandardCharsets.UTF_8), code -> events.add("halt " + code));
    }

    private Shutdown shutdown() {
        return shutdown(Duration.ofSeconds(20));
    }

    private void open(Shutdown shutdown, String name) {
        shutdown.closeLater(name, () -> events.add(name));
    }

    @Test
    void resourcesAreClosedInReverseOrderAndTheCodeIsTheCommands() throws Exception {
        int code = shutdown().run(s -> {
            open(s, "broker");
            open(s, "registry");
            return 7;
        });
        assertThat(code).isEqualTo(7);
        assertThat(events).containsExactly("registry", "broker");
    }

    @Test
    void aFailureOfTheCommandClosesEverythingAndIsPassedOn() {
        assertThatThrownBy(() -> shutdown().run(s -> {
                    open(s, "broker");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(events).containsExactly("broker");
    }

    @Test
    void anErrorOfTheProgramClosesEverythingToo() {
        assertThatThrownBy(() -> shutdown().run(s -> {
                    open(s, "broker");
                    throw new StackOverflowError("too deep");
                }))
                .hasMessage("too deep");
        assertThat(events).containsExactly("broker");
    }

    @Test
    void stopEndsTheWaitWithItsCodeAndALaterCodeIsIgnored() throws Exception {
        int code = shutdown().run(s -> {
            s.stop(1);
            s.stop(0);
            return s.await();
        });
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aSignalEndsTheWaitClosesOnceAndThenHaltsWithItsCode() throws Exception {
        var shutdown = shutdown();
        var waiting = new CountDownLatch(1);
        var command = new FutureTask<>(() -> shutdown.run(s -> {
            open(s, "broker");
            open(s, "registry");
            waiting.countDown();
            return s.await();
        }));
        new Thread(command).start();
        waiting.await();
        shutdown.onSignal();
        assertThat(command.get()).isZero();
        assertThat(events).containsExactly("registry", "broker", "halt 0");
    }

    @Test
    void whatIsOpenedAfterASignalIsClosedAtOnce() {
        var shutdown = shutdown();
        shutdown.onSignal();
        assertThatThrownBy(() -> open(shutdown, "late")).isInstanceOf(CancellationException.class);
        assertThat(events).containsExactly("halt 0", "late");
    }

    @Test
    void aResourceThatDoesNotCloseIsNamedAndTheOthersAreClosed() throws Exception {
        int code = shutdown().run(s -> {
            open(s, "broker");
            s.closeLater("the registry", () -> {
                throw new IOException("no");
            });
            return 0;
        });
        assertThat(code).isZero();
        assertThat(events).containsExactly("broker");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("surgewire: the registry did not close");
    }

    @Test
    void aResourceThatHangsDoesNotKeepTheProcess() throws Exception {
        int code = shutdown(Duration.ofMillis(50)).run(s -> {
            s.closeLater("the registry", () -> new CountDownLatch(1).await());
            return 0;
        });
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("not everything could be closed");
    }
}
