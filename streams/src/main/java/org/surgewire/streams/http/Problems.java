package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into a problem document. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, context) -> send(context, e.at(context.path())));
        routes.exception(InvalidStateStoreException.class, (e, context) -> {
            LOG.debug("store not available for {}", context.path(), e);
            send(
                    context,
                    Problem.of(
                            503,
                            "the stores are being moved or restored; ask again in " + Health.RETRY_AFTER_SECONDS + " s",
                            context.path(),
                            List.of()));
        });
        routes.exception(HttpResponseException.class, Problems::refused);
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            send(context, Problem.of(500, "this is our fault; the log has the cause", context.path(), List.of()));
        });
    }

    private static void refused(HttpResponseException e, Context context) {
        String path = context.path();
        if (e.getStatus() == 405) {
            String allowed = e.getDetails().values().stream()
                    .flatMap(methods -> List.of(methods.split(", *")).stream())
                    .collect(Collectors.joining(", "));
            context.header("Allow", allowed);
            send(
                    context,
                    Problem.of(405, context.method() + " is not possible here; " + allowed + " is", path, List.of()));
        } else if (e.getStatus() == 404) {
            send(
                    context,
                    Problem.of(404, "there is nothing at this path; /openapi.json lists the paths", path, List.of()));
        } else {
            send(context, Problem.of(e.getStatus(), String.valueOf(e.getMessage()), path, List.of()));
        }
    }

    static void send(Context context, Problem problem) {
        context.status(problem.status()).json(problem).contentType(Problem.MEDIA_TYPE);
        context.header("Cache-Control", "no-store");
        if (problem.status() == 503) {
            context.header("Retry-After", Health.RETRY_AFTER_SECONDS);
        }
    }
}
