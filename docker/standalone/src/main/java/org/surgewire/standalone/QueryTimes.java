package org.surgewire.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.http.HttpLimits;
import org.surgewire.streams.http.HttpServer;
import org.surgewire.streams.http.HttpSettings;
import org.surgewire.streams.http.Keys;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.StreamsApp;

/** What questions cost over HTTP on loopback, beside bare reads of the stores in the same process. */
final class QueryTimes {
    private static final int MANY = 4000;
    private static final int SOME = 1000;
    private static final int FEW = 40;
    private static final int YEARS = 10;
    private static final int COMPARED = 8;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Jurisdictions jurisdictions;
    private final StreamsApp app;
    private final long seed;
    private final int clients;

    /** @param clients how many ask at the same time */
    QueryTimes(StreamsApp app, Jurisdictions jurisdictions, long seed, int clients) {
        this.app = app;
        this.jurisdictions = jurisdictions;
        this.seed = seed;
        this.clients = clients;
    }

    private interface Question {
        void ask(String jurisdictionId) throws IOException, InterruptedException;
    }

    /** Asks for random jurisdictions with a count and prints the median and the 99th percentile. */
    void print() throws IOException, InterruptedException, ExecutionException {
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
        String day = "from=" + last + "&to=" + last;
        String decade = "from=" + first + "&to=" + last;
        String year = "from=" + last.minusDays(364) + "&to=" + last;
        // Its clients ask as fast as they are answered.
        var settings = new HttpSettings(List.of(), Keys.NONE, HttpLimits.perSecond(1_000_000));
        try (var server = HttpServer.over(app, jurisdictions, settings, routes -> {})) {
            server.start(0);
            String root = "http://" + HttpServer.LOOPBACK + ":" + server.port() + "/v1/";
            UnaryOperator<String> of = id -> root + "jurisdictions/" + id;
            System.out.printf(
                    Locale.ROOT, "%,d jurisdictions with a count, %d clients at the same time%n", ids.size(), clients);
            measure("a day, bare read", MANY, ids, id -> counts.days(id, last, last));
            measure("a day", MANY, ids, id -> get(of.apply(id) + "/series?" + day));
            measure("windows", MANY, ids, id -> get(of.apply(id)));
            measure("ten years daily, bare read", SOME, ids, id -> counts.days(id, first, last));
            measure("ten years daily", SOME, ids, id -> get(of.apply(id) + "/series?" + decade));
            measure("ten years daily, gzip", SOME, ids, id -> get(of.apply(id) + "/series?" + decade, "gzip"));
            measure("ten years weekly", SOME, ids, id -> get(of.apply(id) + "/series?bucket=week&" + decade));
            measure("a year's baseline", SOME, ids, id -> get(of.apply(id) + "/baseline?" + year));
            measure("ten years' baseline", FEW, ids, id -> get(of.apply(id) + "/baseline?bucket=week&" + decade));
            measure("eight compared, a year", FEW, ids, id -> get(root + "compare?" + year + "&ids=" + eight(ids, id)));
            measure("a map of counties", FEW, ids, id -> get(root + "map?level=county&" + year));
            measure("50 counties by rank", FEW, ids, id -> get(root + "rankings?level=county&" + year));
            measure(
                    "jurisdictions by name",
                    FEW,
                    ids,
                    id -> get(root + "jurisdictions?query=" + id.charAt(id.length() - 1)));
            measure("open alerts", FEW, ids, id -> get(root + "alerts"));
            measure("cases of four weeks", FEW, ids, id -> get(root + "cases"));
        }
    }

    private static String eight(List<String> ids, String first) {
        int from = ids.indexOf(first);
        List<String> eight = new ArrayList<>();
        for (int i = 0; i < Math.min(COMPARED, ids.size()); i++) {
            eight.add(ids.get((from + i) % ids.size()));
        }
        return String.join(",", eight);
    }

    private void get(String address) throws IOException, InterruptedException {
        get(address, "identity");
    }

    private void get(String address, String encoding) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept-Encoding", encoding)
                .build();
        var response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(address + " answers " + response.statusCode());
        }
    }

    private void measure(String what, int times, List<String> ids, Question question)
            throws InterruptedException, ExecutionException {
        ask(times / 4, ids, question);
        long before = serverNanos();
        double[] millis = ask(times, ids, question);
        long server = serverNanos() - before;
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.3f ms median %8.3f ms 99th percentile %8.3f ms longest%s%n",
                what,
                millis[millis.length / 2],
                millis[millis.length * 99 / 100],
                millis[millis.length - 1],
                server == 0 ? "" : String.format(Locale.ROOT, " %8.3f ms of processor", server / 1e6 / millis.length));
        System.out.flush();
    }

    /** Processor time of the server's threads so far: what is left when others have the cores as well. */
    private static long serverNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("JettyServer")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }

    private double[] ask(int times, List<String> ids, Question question)
            throws InterruptedException, ExecutionException {
        int each = Math.max(1, times / clients);
        var threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<double[]>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                var random = new Random(seed + i);
                all.add(() -> ask(each, ids, question, random));
            }
            double[] millis = new double[each * clients];
            int filled = 0;
            for (Future<double[]> one : threads.invokeAll(all)) {
                System.arraycopy(one.get(), 0, millis, filled, each);
                filled += each;
            }
            return millis;
        } finally {
            threads.shutdownNow();
        }
    }

    private static double[] ask(int times, List<String> ids, Question question, Random random)
            throws IOException, InterruptedException {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            long begin = System.nanoTime();
            question.ask(id);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        return millis;
    }
}
