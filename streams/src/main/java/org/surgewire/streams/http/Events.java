package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes as server-sent events. A client that was cut off goes on behind its {@code Last-Event-ID}; one that missed more
 * than is held gets {@code reset}, and asks for everything anew. Each client has a thread, so there is a limit to them.
 */
final class Events {
    static final int MOST_CLIENTS = 64;
    private static final int HELD = 4096;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final ChangeFeed feed = new ChangeFeed(HELD);
    private final Semaphore clients = new Semaphore(MOST_CLIENTS);

    ChangeFeed feed() {
        return feed;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/events", this::serve);
    }

    private void serve(Context context) throws IOException, InterruptedException {
        new Parameters(context);
        if (feed.isClosed() || !clients.tryAcquire()) {
            Problems.send(
                    context,
                    Problem.of(
                            503,
                            "there are " + MOST_CLIENTS + " listeners already; ask again in "
                                    + Health.RETRY_AFTER_SECONDS + " s",
                            context.path(),
                            List.of()));
            return;
        }
        try {
            String lastId = context.header("Last-Event-ID");
            long position = lastId == null ? feed.end() : feed.position(lastId);
            context.disableCompression();
            context.contentType("text/event-stream; charset=utf-8");
            context.header("Cache-Control", "no-store");
            context.header("X-Accel-Buffering", "no");
            write(context.res().getOutputStream(), position);
        } catch (IOException e) {
            LOG.debug("a listener went away", e);
        } finally {
            clients.release();
        }
    }

    private void write(OutputStream out, long start) throws IOException, InterruptedException {
        long position = start;
        send(out, "retry: 2000\n" + (position < 0 ? "" : "id: " + feed.id(position) + "\n") + "\n");
        while (!feed.isClosed()) {
            ChangeFeed.News news = feed.after(position, HEARTBEAT_MILLIS);
            var text = new StringBuilder();
            if (news.missed()) {
                event(text, news.position(), "reset", "{}");
            } else if (news.changes().isEmpty()) {
                // Tells a client that is gone from one that is quiet, and keeps proxies from closing.
                text.append(":\n\n");
            }
            news.changes().forEach(each -> event(text, each.position(), each.type(), each.data()));
            send(out, text.toString());
            position = news.position();
        }
    }

    /** Data is JSON on one line. */
    private void event(StringBuilder text, long position, String type, String data) {
        text.append("id: ").append(feed.id(position)).append("\nevent: ").append(type);
        text.append("\ndata: ").append(data).append("\n\n");
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
