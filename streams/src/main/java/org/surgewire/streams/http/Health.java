package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether the process answers, and whether its stores do. */
final class Health {
    static final String RETRY_AFTER_SECONDS = "2";

    /** From so many records on, answers are of some time ago. */
    private static final long LAGGING = 1000;

    private final BooleanSupplier ready;
    private final LongSupplier behind;

    /** @param behind records that wait, see {@link org.surgewire.streams.runtime.StreamsApp#behind()} */
    Health(BooleanSupplier ready, LongSupplier behind) {
        this.ready = ready;
        this.behind = behind;
    }

    /**
     * State of the process. One that lags is ready all the same: its answers are right for some time ago.
     *
     * @param behind records that wait to be counted
     */
    record State(String status, long behind) {}

    void addTo(RoutesConfig routes) {
        routes.get("/live", context -> context.json(Map.of("status", "live")));
        routes.get("/ready", this::ready);
    }

    private void ready(Context context) {
        if (ready.getAsBoolean()) {
            long waiting = behind.getAsLong();
            context.json(new State(waiting < LAGGING ? "ready" : "lagging", waiting));
        } else {
            Problems.send(
                    context,
                    Problem.of(
                            503,
                            "the stores are still being restored; ask again in " + RETRY_AFTER_SECONDS + " s",
                            context.path(),
                            List.of()));
        }
    }
}
