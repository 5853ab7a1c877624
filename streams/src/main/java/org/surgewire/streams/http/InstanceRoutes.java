package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.surgewire.streams.instances.Instances;

/** What instances ask each other for, and the mark of an answer that came from a standby. */
final class InstanceRoutes {
    /** Header of an answer that may lack the latest changes. */
    static final String STALE = "Surgewire-Stale";

    private final Instances instances;
    private final int port;

    /** @param port the only one that rows are given out on */
    InstanceRoutes(Instances instances, int port) {
        this.instances = instances;
        this.port = port;
    }

    void addTo(RoutesConfig routes) {
        routes.before("/v1/*", context -> instances.wasStale());
        routes.after("/v1/*", context -> {
            if (instances.wasStale()) {
                context.header(STALE, "true");
            }
        });
        routes.get(Instances.PATH + "<name>", this::rows);
    }

    private void rows(Context context) throws IOException {
        if (context.req().getLocalPort() != port) {
            throw new NotFoundResponse();
        }
        var parameters = new Parameters(context, "partition", "from", "to", "standby");
        int partition = context.queryParamAsClass("partition", Integer.class).get();
        context.contentType("application/octet-stream");
        context.disableCompression();
        var out = context.res().getOutputStream();
        try {
            instances.write(
                    context.pathParam("name"),
                    partition,
                    "true".equals(parameters.text("standby")),
                    new Instances.Range(context.queryParam("from"), context.queryParam("to")),
                    out);
        } catch (IOException | RuntimeException e) {
            if (context.res().isCommitted()) {
                ServletContextRequest.getServletContextRequest(context.req())
                        .getServletChannel()
                        .abort(e);
            }
            throw e;
        }
    }
}
