package org.surgewire.streams.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether the process answers, and whether its stores do. */
final class Health {
    static final String RETRY_AFTER_SECONDS = "2";

    /** From so many records on, answers are of some time ago. */
    private static final long LAGGING = 1000;

    private final BooleanSupplier ready;
    private final LongSupplier behind;
    private volatile Supplier<List<String>> disabledSubscriptions = List::of;

    /** @param behind records that wait, see {@link org.surgewire.streams.runtime.StreamsApp#behind()} */
    Health(BooleanSupplier ready, LongSupplier behind) {
        this.ready = ready;
        this.behind = behind;
    }

    /** A subscription that is disabled is told, and keeps nobody from asking. */
    void shows(Supplier<List<String>> disabled) {
        disabledSubscriptions = disabled;
    }

    /**
     * State of the process. One that lags is ready all the same: its answers are right for some time ago.
     *
     * @param behind records that wait to be counted
     * @param disabledSubscriptions left out where there is none
     */
    record State(
            String status,
            long behind,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> disabledSubscriptions) {}

    void addTo(RoutesConfig routes) {
        routes.get("/live", context -> context.json(Map.of("status", "live")));
        routes.get("/ready", this::ready);
    }

    private void ready(Context context) {
        if (ready.getAsBoolean()) {
            long waiting = behind.getAsLong();
            context.json(new State(waiting < LAGGING ? "ready" : "lagging", waiting, disabledSubscriptions.get()));
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
