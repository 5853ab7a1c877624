package org.surgewire.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.StreamsApp;

/** What questions cost over HTTP on loopback, beside bare reads of the stores in the same process. */
final class QueryTimes {
    private static final int WARM_UP = 500;
    private static final int TIMES = 2000;
    private static final int YEARS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Jurisdictions jurisdictions;
    private final StreamsApp app;
    private final Random random;

    QueryTimes(StreamsApp app, Jurisdictions jurisdictions, long seed) {
        this.app = app;
        this.jurisdictions = jurisdictions;
        this.random = new Random(seed);
    }

    private interface Question {
        void ask(String jurisdictionId) throws IOException, InterruptedException;
    }

    /** Asks for random jurisdictions with a count and prints the median and the 99th percentile. */
    void print() throws IOException, InterruptedException {
        Stores stores = Stores.of(app.streams());
        var years = stores.years();
        var spans = stores.spans();
        var counts = new DailyCounts(years::get, spans::get);
        LocalDate last = stores.known().orElseThrow().last();
        LocalDate first = last.minusYears(YEARS).plusDays(1);
        List<String> ids = new ArrayList<>();
        try (var rows = spans.all()) {
            rows.forEachRemaining(row -> ids.add(row.key));
        }
        try (var server = HttpServer.over(app, jurisdictions)) {
            server.start(0);
            String root = "http://" + HttpServer.LOOPBACK + ":" + server.port() + "/v1/jurisdictions/";
            measure("a day, bare read", ids, id -> counts.days(id, last, last));
            measure("a day, over HTTP", ids, id -> get(root + id + "/series?from=" + last + "&to=" + last));
            measure("windows, over HTTP", ids, id -> get(root + id));
            measure("ten years daily, bare read", ids, id -> counts.days(id, first, last));
            measure("ten years daily, over HTTP", ids, id -> get(root + id + "/series?from=" + first + "&to=" + last));
        }
    }

    private void get(String address) throws IOException, InterruptedException {
        var response = client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(address + " answers " + response.statusCode());
        }
    }

    private void measure(String what, List<String> ids, Question question) throws IOException, InterruptedException {
        double[] millis = new double[TIMES];
        for (int i = -WARM_UP; i < TIMES; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            long begin = System.nanoTime();
            question.ask(id);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.3f ms median %8.3f ms 99th percentile%n",
                what,
                millis[TIMES / 2],
                millis[TIMES * 99 / 100]);
    }
}
