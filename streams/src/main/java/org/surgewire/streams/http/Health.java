package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the process answers, and whether its stores do. */
final class Health {
    static final String RETRY_AFTER_SECONDS = "2";

    private final BooleanSupplier ready;

    Health(BooleanSupplier ready) {
        this.ready = ready;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/live", context -> context.json(Map.of("status", "live")));
        routes.get("/ready", this::ready);
    }

    private void ready(Context context) {
        if (ready.getAsBoolean()) {
            context.json(Map.of("status", "ready"));
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
