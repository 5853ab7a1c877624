package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.inOperation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.export.Column;
import org.surgewire.streams.export.Format;
import org.surgewire.streams.export.Table;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.runtime.Pipeline;
import org.surgewire.streams.runtime.StreamsApp;
import org.surgewire.streams.runtime.StreamsSettings;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {
    private static final String HOSTILE = "<script>alert('\"&')</script>";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Contract contract = new Contract();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private Pipeline pipeline;
    private HttpServer server;

    @BeforeAll
    void start() throws IOException {
        pipeline = new Pipeline();
        pipeline.announce(
                arrests("quiet", "2020-08-01", MECKLENBURG, 1),
                inOperation(arrests("ca", "2020-10-07", CA, 128), "Rise", "LAUNCHED"),
                ArrestAnnouncement.newBuilder(arrests("https://ice.example/a/b?c=d", "2020-09-28", MECKLENBURG, 12))
                        .setTitle(HOSTILE)
                        .build());
        pipeline.report(SourceHealth.newBuilder()
                .setSourceId("office")
                .setAt(Instant.parse("2020-10-08T12:00:00Z"))
                .setStatus("REFUSED")
                .setLastSuccess(Instant.parse("2020-10-07T12:00:00Z"))
                .setItems(7)
                .setRefused(2)
                .setImplausibleDates(0)
                .setDetail("HTTP_403: refused")
                .setPublisher("Made-up Office")
                .setJurisdictionId(CA)
                .setLatencyMillis(90_000L)
                .setRead(List.of(new DaySpan(LocalDate.of(2020, 9, 1), LocalDate.of(2020, 10, 6))))
                .build());
        pipeline.report(SourceHealth.newBuilder()
                .setSourceId("new")
                .setAt(Instant.parse("2020-10-08T12:00:00Z"))
                .setStatus("NEVER_READ")
                .setItems(0)
                .setRefused(0)
                .setImplausibleDates(0)
                .build());
        server = new HttpServer(
                pipeline.stores(),
                Jurisdictions.bundled(),
                ready::get,
                List.of(),
                HttpSettings.defaults(),
                new Schemas(pipeline.topics())::addTo);
        server.start(0);
    }

    @AfterAll
    void stop() {
        server.close();
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ocd-division/country:us/state:nc/county:mecklenburg",
                "ocd-division%2Fcountry%3Aus%2Fstate%3Anc%2Fcounty%3Amecklenburg"
            })
    void countsAreAnsweredForAnIdWithOrWithoutEncodedSlashes(String id) throws Exception {
        JsonNode counts = ok("/v1/jurisdictions/" + id + "/counts?from=2020-09-27&to=2020-10-08");

        assertThat(counts.at("/jurisdiction/name").textValue()).isEqualTo("Mecklenburg County, NC");
        assertThat(counts.at("/jurisdiction/windows/28d/best").longValue()).isEqualTo(12);
        assertThat(counts.at("/days/1/day").textValue()).isEqualTo("2020-09-28");
        assertThat(counts.at("/days/1/best").longValue()).isEqualTo(12);
        assertThat(counts.at("/days/2/best").longValue()).isZero();
        assertThat(counts.at("/days/11/best").isNull()).isTrue();
        assertThat(counts.at("/sources/0/sentence").textValue()).isEqualTo("12 were arrested");
    }

    @Test
    void anInstantIsAnsweredWithWhatWasKnownThen() throws Exception {
        String counts = "/v1/jurisdictions/" + CA + "/counts?from=2020-10-07&to=2020-10-07&asOf=";
        JsonNode before = ok(counts + "2020-10-07T11:59:59Z");
        assertThat(before.at("/days/0/best").isNull()).isTrue();
        assertThat(before.get("knownAt").textValue()).isEqualTo("2020-10-07T11:59:59Z");
        assertThat(ok(counts + "2020-10-07T08:00:00-04:00").at("/days/0/best").longValue())
                .isEqualTo(128);
        // A client that does not encode the plus sign.
        assertThat(ok(counts + "2020-10-07T13:00:00+01:00&by=period")
                        .at("/days/0/best")
                        .longValue())
                .isEqualTo(128);
        assertThat(ok("/v1/jurisdictions?sort=all&asOf=2020-09-01T00:00:00Z")
                        .at("/items/0/windows/all/best")
                        .longValue())
                .isEqualTo(1);
        assertThat(ok("/v1/operations?asOf=2020-10-01T00:00:00Z").get("total").intValue())
                .isZero();
        assertThat(ok("/v1/operations/rise?asOf=2021-01-01T00:00:00Z")
                        .at("/operation/best")
                        .longValue())
                .isEqualTo(128);
        assertThat(ok("/v1/alerts?status=all&asOf=2020-09-01T00:00:00Z")
                        .get("total")
                        .intValue())
                .isZero();
        assertThat(ok("/v1/cases/ca?asOf=2020-10-07T12:00:00Z").get("id").textValue())
                .isEqualTo("ca");
        problem(404, get("/v1/cases/ca?asOf=2020-10-01T00:00:00Z"));
        problem(404, get("/v1/operations/rise?asOf=2020-10-01T00:00:00Z"));
        problem(400, get("/v1/operations?asOf=2020-10-01"));
    }

    @Test
    void anIdMayHoldLettersOutsideAscii() throws Exception {
        assertThat(ok("/v1/jurisdictions/ocd-division/country:us/territory:pr/municipio:juana_d%C3%ADaz")
                        .get("officialName")
                        .textValue())
                .isEqualTo("Juana Díaz Municipio");
    }

    @Test
    void jurisdictionsAreFoundByNameAndRankedWithoutOne() throws Exception {
        assertThat(ok("/v1/jurisdictions?query=mecklenburg&limit=1")
                        .at("/items/0/id")
                        .textValue())
                .isEqualTo(MECKLENBURG);
        JsonNode ranked = ok("/v1/jurisdictions?sort=all&level=state&within=ocd-division/country:us");
        assertThat(ranked.get("total").intValue()).isEqualTo(2);
        assertThat(ranked.at("/items/0/id").textValue()).isEqualTo(CA);
        assertThat(ranked.at("/known/first").textValue()).isEqualTo("2020-08-01");
    }

    @Test
    void policiesAreComparedAtALevel() throws Exception {
        JsonNode counties = ok("/v1/policies/comparison?level=county");
        assertThat(counties.at("/listed/arrests").longValue()).isEqualTo(13);
        assertThat(counties.at("/listed/jurisdictions").intValue()).isEqualTo(1);
        JsonNode none = ok("/v1/policies/comparison?policy=named_on_federal_sanctuary_list&to=2020-12-31");
        assertThat(none.at("/listed/perMillionAYear").isNull()).isTrue();
    }

    @Test
    void alertsOperationsAndCasesAreAnswered() throws Exception {
        JsonNode alerts = ok("/v1/alerts?status=all&jurisdiction=" + MECKLENBURG);
        assertThat(alerts.at("/items/0/jurisdiction/id").textValue()).isEqualTo(MECKLENBURG);
        String caseId = alerts.at("/items/0/evidence/0/caseId").textValue();
        assertThat(ok("/v1/cases/" + encoded(caseId))
                        .at("/announcements/0/claims/0/sentence")
                        .textValue())
                .isEqualTo("12 were arrested");
        assertThat(ok("/v1/operations").at("/items/0/id").textValue()).isEqualTo("rise");
        assertThat(ok("/v1/operations/rise").at("/steps/0/adds").longValue()).isEqualTo(128);
    }

    @Test
    void aSeriesIsAddedUpToWeeksAndMonths() throws Exception {
        String series = "/v1/jurisdictions/" + MECKLENBURG + "/series?from=2020-08-01&to=2020-10-08&bucket=";
        JsonNode months = ok(series + "month");
        assertThat(months.at("/items/0/buckets")).hasSize(3);
        assertThat(months.at("/items/0/buckets/1/best").longValue()).isEqualTo(12);
        assertThat(months.at("/items/0/buckets/2/from").textValue()).isEqualTo("2020-10-01");
        assertThat(months.at("/items/0/buckets/2/to").textValue()).isEqualTo("2020-10-08");
        assertThat(months.at("/items/0/total/best").longValue()).isEqualTo(13);
        // 12 and 13 among 1,122,276 inhabitants.
        assertThat(months.at("/items/0/total/perMillion").doubleValue()).isEqualTo(11.5836);
        JsonNode weeks = ok(series + "week");
        assertThat(weeks.at("/items/0/buckets/0/to").textValue()).isEqualTo("2020-08-02");
        assertThat(weeks.at("/items/0/buckets/9/from").textValue()).isEqualTo("2020-09-28");
        assertThat(weeks.at("/items/0/buckets/9/best").longValue()).isEqualTo(12);
        assertThat(ok(series + "day").at("/items/0/buckets")).hasSize(69);
        // Its link leads to the sentences.
        JsonNode sources = ok(months.at("/items/0/sources").textValue());
        assertThat(sources.at("/items/0/sentence").textValue()).isEqualTo("12 were arrested");
        assertThat(sources.get("total").intValue()).isEqualTo(2);
    }

    @Test
    void aBaselineIsWhatADayWasJudgedByAndUnknownWithoutHistory() throws Exception {
        String path = "/v1/jurisdictions/" + MECKLENBURG + "/baseline?bucket=week&from=2020-08-03&to=2020-09-28";
        JsonNode baseline = ok(path);
        assertThat(baseline.get("detector").textValue()).isEqualTo("releaseSurge");
        assertThat(baseline.at("/buckets/0/state").textValue()).isEqualTo("NOT_ENOUGH_HISTORY");
        assertThat(baseline.at("/buckets/0/expected").isNull()).isTrue();
        assertThat(baseline.at("/buckets/8/bound").doubleValue()).isBetween(9.0, 12.0);
        JsonNode sources = ok(baseline.get("sources").textValue());
        assertThat(sources.at("/items/0/sentence").textValue()).isEqualTo("12 were arrested");
        assertThat(ok(path + "&asOf=2020-09-28T23:00:00Z").at("/buckets/8/bound"))
                .isEqualTo(baseline.at("/buckets/8/bound"));
        problem(404, get("/v1/jurisdictions/ocd-division/country:us/state:nd2/baseline"));
        problem(400, get("/v1/jurisdictions/" + MECKLENBURG + "/baseline?from=1900-01-01&to=2199-12-31"));
    }

    @Test
    void casesAreListedByWhereWhenAndWhatTheyAre() throws Exception {
        String days = "/v1/cases?from=2020-08-01&to=2020-10-08";
        JsonNode all = ok(days);
        assertThat(all.get("total").intValue()).isEqualTo(3);
        assertThat(all.get("items").findValuesAsText("lastDay"))
                .containsExactly("2020-10-07", "2020-09-28", "2020-08-01");
        assertThat(all.at("/items/1/title").textValue()).isEqualTo(HOSTILE);
        assertThat(all.at("/items/1/counts/2/sentence").textValue()).isEqualTo("12 were arrested");
        assertThat(ok(days + "&jurisdiction=" + MECKLENBURG).get("total").intValue())
                .isEqualTo(2);
        assertThat(ok("/v1/cases?operation=rise").at("/items/0/id").textValue()).isEqualTo("ca");
        assertThat(ok(days + "&kind=PROSECUTION").get("total").intValue()).isZero();
        assertThat(ok(days + "&asOf=2020-09-30T00:00:00Z").get("total").intValue())
                .isEqualTo(2);
        JsonNode first = ok(days + "&limit=2");
        JsonNode second = ok(days + "&limit=2&cursor=" + first.get("next").textValue());
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        String id = all.at("/items/1/id").textValue();
        assertThat(ok("/v1/cases/" + encoded(id)).at("/announcements/0/event").intValue())
                .isEqualTo(1);
        String foreign = ok("/v1/alerts?status=all&limit=1").get("next").textValue();
        problem(400, get("/v1/cases?cursor=" + (foreign == null ? "MXx4" : foreign)));
        assertThat(problem(400, get("/v1/cases?operation=ryse")).get("detail").textValue())
                .endsWith("near it: rise");
        problem(400, get("/v1/cases?kind=RAID"));
    }

    @Test
    void listingsOfPoliciesAreReadPageByPage() throws Exception {
        JsonNode comparison = ok("/v1/policies/comparison?level=county");
        JsonNode all = ok(comparison.get("listings").textValue() + "&limit=1000");
        assertThat(all.get("items")).hasSize(all.get("total").intValue());
        JsonNode first = ok(comparison.get("listings").textValue() + "&limit=2");
        JsonNode second = ok(comparison.get("listings").textValue() + "&limit=2&cursor="
                + first.get("next").textValue());
        assertThat(second.at("/items/0")).isEqualTo(all.at("/items/2"));
        assertThat(ok("/v1/policies?within=" + CA).get("total").intValue())
                .isLessThan(ok("/v1/policies").get("total").intValue());
        assertThat(ok("/v1/policies/comparison?level=county&asOf=2020-09-01T00:00:00Z")
                        .at("/listed/arrests")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void aDayThatNobodyReadIsUnknownInASeries() throws Exception {
        JsonNode series = ok("/v1/jurisdictions/" + MECKLENBURG + "/series?from=2020-10-08&to=2020-10-09");

        assertThat(series.at("/items/0/buckets/1/best").isNull()).isTrue();
        assertThat(series.at("/items/0/buckets/1/unknownDays").intValue()).isEqualTo(1);
    }

    @Test
    void jurisdictionsAreRankedOverAnyDaysAndComparedSideBySide() throws Exception {
        String days = "from=2020-08-01&to=2020-10-08";
        JsonNode states = ok("/v1/rankings?level=state&" + days);
        assertThat(states.at("/items/0/id").textValue()).isEqualTo(CA);
        assertThat(states.at("/items/0/geoid").textValue()).isEqualTo("06");
        assertThat(states.at("/items/0/children").intValue()).isGreaterThan(50);
        JsonNode rates = ok("/v1/rankings?level=state&sort=perMillion&" + days);
        assertThat(rates.at("/items/0/counts/perMillion").doubleValue())
                .isGreaterThan(rates.at("/items/1/counts/perMillion").doubleValue());
        JsonNode compared = ok("/v1/compare?bucket=month&ids=" + MECKLENBURG + "," + CA + "&" + days);
        assertThat(compared.at("/items/0/jurisdiction/id").textValue()).isEqualTo(MECKLENBURG);
        assertThat(compared.at("/items/1/total/best").longValue()).isEqualTo(128);
        String nine = String.join(
                ",",
                Jurisdictions.bundled().all().stream()
                        .limit(9)
                        .map(each -> each.id())
                        .toList());
        assertThat(problem(400, get("/v1/compare?ids=" + nine)).get("detail").textValue())
                .startsWith("9 jurisdictions are more than 8");
    }

    @Test
    void aMapTellsAnnouncedFromQuietFromUnread() throws Exception {
        JsonNode map = ok("/v1/map?level=county&from=2020-08-01&to=2020-10-08");
        assertThat(map.get("items")).hasSize(1);
        assertThat(map.at("/items/0/geoid").textValue()).isEqualTo("37119");
        assertThat(map.get("unread")).isEmpty();
        JsonNode never = ok("/v1/map?level=county&from=2019-08-01&to=2019-08-02");
        assertThat(never.get("items")).isEmpty();
        assertThat(never.get("unread").toString()).contains("\"37119\"", "\"11001\"");
    }

    @Test
    void aJurisdictionListsWhatItContainsAndAListIsReadPageByPage() throws Exception {
        String path = "/v1/jurisdictions/ocd-division/country:us/children?limit=30&from=2020-08-01&to=2020-10-08";
        JsonNode first = ok(path);
        assertThat(first.at("/items/0/id").textValue()).isEqualTo(CA);
        assertThat(first.get("total").intValue()).isEqualTo(56);
        JsonNode second = ok(path + "&cursor=" + first.get("next").textValue());
        assertThat(second.get("items")).hasSize(26);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(second.get("items")).doesNotContainAnyElementsOf(first.get("items"));
    }

    @Test
    void aNameIsFoundAlsoWhenItIsMisspelled() throws Exception {
        assertThat(ok("/v1/jurisdictions?query=meklenburg").get("total").intValue())
                .isZero();
        assertThat(ok("/v1/jurisdictions?query=meklenburg&match=near&level=county")
                        .get("items")
                        .findValuesAsText("id"))
                .contains(MECKLENBURG);
    }

    @Test
    void anAlertShowsItsVersions() throws Exception {
        for (JsonNode alert : ok("/v1/alerts?status=all").get("items")) {
            String id = alert.get("id").textValue();
            JsonNode history = ok("/v1/alerts/" + id);
            assertThat(history.get("alert")).isEqualTo(alert);
            assertThat(history.get("versions")).hasSize(alert.get("version").intValue());
            assertThat(history.at("/versions/0/alert")).isEqualTo(alert);
        }
        JsonNode first = ok("/v1/alerts?status=all&limit=1");
        String told = first.at("/items/0/id").textValue();
        assertThat(ok("/v1/alerts/" + told + "?asOf=2021-01-01T00:00:00Z")).isEqualTo(ok("/v1/alerts/" + told));
        problem(404, get("/v1/alerts/" + told + "?asOf=2020-08-02T00:00:00Z"));
        String misspelled = first.at("/items/0/id").textValue() + "x";
        assertThat(problem(404, get("/v1/alerts/" + misspelled)).at("/suggestions/0"))
                .isEqualTo(first.at("/items/0/id"));
    }

    @Test
    void anOperationShowsHowItGrewInEachJurisdiction() throws Exception {
        JsonNode spread = ok("/v1/operations/rise/series");
        assertThat(spread.at("/items/0/points/0/best").longValue()).isEqualTo(128);
        assertThat(spread.at("/items/0/points/0/sources/0/url").textValue()).startsWith("https://");
        assertThat(spread.get("items").findValuesAsText("geoid")).contains("06");
        assertThat(ok("/v1/operations/rise/series?asOf=2021-01-01T00:00:00Z").get("items"))
                .isEqualTo(spread.get("items"));
        problem(404, get("/v1/operations/ryse/series"));
    }

    @Test
    @Timeout(30)
    void changesAreToldAsTheyComeAndAClientThatWasCutOffGoesOnBehindItsLast() throws Exception {
        var told = server.told(Jurisdictions.bundled());
        var alert = Pipeline.alertOf(MECKLENBURG);
        String lastId;
        try (var events = events(null)) {
            String start = line(events, "id: ");
            told.alert(alert);
            lastId = line(events, "id: ");
            assertThat(lastId).isNotEqualTo(start);
            assertThat(line(events, "event: ")).isEqualTo("alert");
            JsonNode data = mapper.readTree(line(events, "data: "));
            contract.check("Alert", data);
            assertThat(data.at("/jurisdiction/id").textValue()).isEqualTo(MECKLENBURG);
        }
        told.counts(Pipeline.countsOf(MECKLENBURG, 12));
        try (var events = events(lastId)) {
            assertThat(line(events, "event: ")).isEqualTo("counts");
            JsonNode data = mapper.readTree(line(events, "data: "));
            contract.check("CountChange", data);
            assertThat(data.get("best").longValue()).isEqualTo(12);
        }
        try (var events = events("of-another-run")) {
            assertThat(line(events, "event: ")).isEqualTo("reset");
        }
    }

    private BufferedReader events(String lastId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/v1/events"));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The rest of the next line that begins so. */
    private static String line(BufferedReader events, String start) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new AssertionError("the events ended before " + start);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/alerts?status=opn                              | status is "opn"; it may be open, closed, cancelled, all
                    /v1/alerts?jurisdiction=ocd-division/country:uk    | no jurisdiction has the id
                    /v1/alerts?limit=0                                 | limit is "0"; it must be a whole number from 1 to 1000
                    /v1/alerts?limit=99999999999                       | whole number from 1 to 1000
                    /v1/operations?limit=ten                           | limit is "ten"
                    /v1/operations?status=open                         | unknown parameter "status"; understood here: asOf, limit, cursor
                    /v1/alerts?cursor=x                                | cursor is "x", which is none
                    /v1/alerts?cursor=MHw                              | which is none; take next of the page before
                    /v1/compare                                        | ids is missing; give up to 8 jurisdiction ids
                    /v1/compare?ids=ocd-division/country:us/state:nc/county:meklenburg | near it: ocd-division/country:us/state:nc/county:mecklenburg
                    /v1/map?level=district                             | it may be state, county, place
                    /v1/rankings?sort=worst                            | it may be best, perMillion
                    /v1/rankings?asOf=2020-10-07                       | which is no instant
                    /v1/jurisdictions/ocd-division/country:us/series?bucket=year           | it may be day, week, month
                    /v1/jurisdictions/ocd-division/country:us/series?from=1900-01-01       | more than 7320 days
                    /v1/jurisdictions?limit=1&limit=2                  | limit is given 2 times
                    /v1/jurisdictions?level=city                       | it may be country, state
                    /v1/jurisdictions?sort=30d                         | it may be 1d, 7d, 28d, 365d, all
                    /v1/jurisdictions/ocd-division/country:us/counts?from=yesterday        | write it as 2020-10-07
                    /v1/jurisdictions/ocd-division/country:us/counts?from=2020-02-30       | which is no date
                    /v1/jurisdictions/ocd-division/country:us/counts?to=0001-01-01         | between 1900-01-01 and 2199-12-31
                    /v1/jurisdictions/ocd-division/country:us/counts?from=2020-09-02&to=2020-09-01 | from 2020-09-02 is after to 2020-09-01
                    /v1/jurisdictions/ocd-division/country:us/counts?from=1900-01-01&to=2199-12-31 | more than 7320 days
                    """)
    void aBadParameterIsRefusedWithWhatToDo(String path, String detail) throws Exception {
        assertThat(problem(400, get(path)).get("detail").textValue()).contains(detail);
    }

    @Test
    void anUnknownJurisdictionSuggestsTheNearest() throws Exception {
        JsonNode problem =
                problem(404, get("/v1/jurisdictions/ocd-division/country:us/state:nc/county:meklenburg/counts"));

        assertThat(problem.at("/suggestions/0/id").textValue()).isEqualTo(MECKLENBURG);
        assertThat(problem.get("instance").textValue())
                .isEqualTo("/v1/jurisdictions/ocd-division/country:us/state:nc/county:meklenburg/counts");
    }

    @Test
    void anUnknownOperationCaseOrPathIsNotFound() throws Exception {
        assertThat(problem(404, get("/v1/operations/ryse")).at("/suggestions/0").textValue())
                .isEqualTo("rise");
        assertThat(problem(404, get("/v1/cases/none")).get("detail").textValue())
                .contains("\"none\"");
        problem(404, get("/v1/nothing"));
        problem(404, get("/HttpServer.class"));
        problem(404, get("/..%2FHttpServer.class"));
    }

    @Test
    void aWrongMethodIsToldTheRightOne() throws Exception {
        for (String path : List.of("/v1/alerts", "/ready")) {
            var response = send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString("{}")));
            problem(405, response);
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jurisdictions?query=%3Cscript%3E%00%27%3B--",
                "/v1/cases/..%2F..%2F..%2Fetc%2Fpasswd",
                "/v1/operations/%F0%9F%92%A9%E2%80%AE",
                "/v1/jurisdictions/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/v1/alerts?jurisdiction=%0D%0ASet-Cookie:a=b"
            })
    void hostileTextIsAnsweredAsDataOrRefused(String path) throws Exception {
        var response = get(path);

        assertThat(response.statusCode()).isIn(200, 400, 404);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .contains("json");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        mapper.readTree(response.body());
    }

    @Test
    void aRequestThatIsNoneIsAProblemTooAndTellsNothingOfTheServer() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /v1/alerts/%00%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"status\":400", "nosniff")
                    .doesNotContainIgnoringCase("jetty");
        }
    }

    @Test
    void everyAnswerCarriesSecurityHeaders() throws Exception {
        for (String path : List.of("/", "/app/main.js", "/v1/alerts", "/v1/nothing", "/metrics")) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/app/main.js,javascript",
        "/vendor/uPlot.esm.js,javascript",
        "/page.css,text/css",
        "/icon.svg,image/svg+xml",
        "/openapi.json,application/json",
        "/asyncapi.yaml,yaml",
        "/schemas,text/html",
        "/schemas/enforcement.alerts.v1-value,application/json",
        "/docs.html,text/html",
        "/docs.js,javascript",
        "/docs.css,text/css"
    })
    void thePageAndItsPartsAreServed(String path, String type) throws Exception {
        var response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .contains(type);
    }

    @Test
    void alertsAreServedAsAFeedThatIsFilteredAndNotSentTwice() throws Exception {
        HttpResponse<String> all = get("/v1/alerts.atom");
        String filtered = get("/v1/alerts.atom?jurisdiction=" + MECKLENBURG + "&severity=minor")
                .body();

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.headers().firstValue("content-type")).hasValue("application/atom+xml; charset=utf-8");
        assertThat(all.headers().firstValue("last-modified")).isPresent();
        assertThat(all.body())
                .contains("128 announced arrests", "12 announced arrests")
                .doesNotContain("<script>");
        assertThat(filtered).contains("12 announced arrests").doesNotContain("128 announced arrests");
        assertThat(get("/v1/alerts.atom?operation=rise").body())
                .contains("128 announced arrests")
                .doesNotContain("12 announced arrests");
        assertThat(get("/v1/alerts.atom?severity=extreme").body()).doesNotContain("<entry>");
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(uri("/v1/alerts.atom"))
                        .header(
                                "If-None-Match",
                                all.headers().firstValue("etag").orElseThrow())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        problem(400, get("/v1/alerts.atom?jurisdiction=nowhere"));
        problem(400, get("/v1/alerts.atom?severity=big"));
    }

    @Test
    void everyVersionOfAnAlertIsServedInCap() throws Exception {
        String id = ok("/v1/alerts?status=all&jurisdiction=" + MECKLENBURG)
                .at("/items/0/id")
                .textValue();
        HttpResponse<String> latest = get("/v1/alerts/" + id + "/cap");

        assertThat(latest.statusCode()).isEqualTo(200);
        assertThat(latest.headers().firstValue("content-type")).hasValue("application/cap+xml; charset=utf-8");
        assertThat(latest.body()).contains("<sender>surgewire@127.0.0.1:" + server.port() + "</sender>");
        assertThat(get("/v1/alerts/" + id + "/cap?version=1").body()).contains("<msgType>Alert</msgType>");
        problem(400, get("/v1/alerts/" + id + "/cap?version=99"));
        problem(404, get("/v1/alerts/none/cap"));
    }

    @Test
    void theContractNamesEveryEndpointOfTheApi() throws Exception {
        assertThat(contract.paths())
                .containsExactly(
                        "/v1/jurisdictions",
                        "/v1/jurisdictions/{id}",
                        "/v1/jurisdictions/{id}/counts",
                        "/v1/jurisdictions/{id}/series",
                        "/v1/jurisdictions/{id}/baseline",
                        "/v1/jurisdictions/{id}/children",
                        "/v1/jurisdictions/{id}/sources",
                        "/v1/rankings",
                        "/v1/map",
                        "/v1/compare",
                        "/v1/alerts",
                        "/v1/alerts/{id}",
                        "/v1/alerts/{id}/cap",
                        "/v1/alerts.atom",
                        "/v1/operations",
                        "/v1/operations/{id}",
                        "/v1/operations/{id}/series",
                        "/v1/sources",
                        "/v1/policies",
                        "/v1/policies/comparison",
                        "/v1/cases",
                        "/v1/cases/{id}",
                        "/v1/exports",
                        "/v1/exports/{id}",
                        "/v1/events",
                        "/v1/sql",
                        "/live",
                        "/ready");
        for (String path : contract.paths().subList(0, 25)) {
            var refused = problem(400, get(path.replace("{id}", "x") + "?nonsense=1"));
            List<String> parameters = contract.parameters(path);
            assertThat(refused.get("detail").textValue())
                    .endsWith("understood here: " + (parameters.isEmpty() ? "none" : String.join(", ", parameters)));
        }
    }

    @Test
    void theContractRefusesWhatIsNoAnswer() throws Exception {
        for (String wrong : List.of(
                "{'first': '2020-13-01', 'last': '2020-10-08'}",
                "{'first': '2020-10-01'}",
                "{'first': '2020-10-01', 'last': '2020-10-08', 'more': 1}")) {
            JsonNode answer = mapper.readTree(wrong.replace('\'', '"'));
            assertThatThrownBy(() -> contract.check("KnownDays", answer)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void answersAreCompressedForThoseWhoAsk() throws Exception {
        var response = client.send(
                HttpRequest.newBuilder(uri("/v1/jurisdictions"))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(mapper.readTree(plain).get("total").intValue()).isEqualTo(4);
        }
    }

    @Test
    void whoHasTheAnswerAlreadyIsSentNothing() throws Exception {
        String tag = get("/v1/alerts").headers().firstValue("ETag").orElseThrow();

        var again = send(HttpRequest.newBuilder(uri("/v1/alerts")).header("If-None-Match", tag));

        assertThat(tag).matches("W/\"[0-9a-f]{24}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void anAnswerSaysSinceWhenItIsTheSame() throws Exception {
        String path = "/v1/operations?limit=7";
        String since = get(path).headers().firstValue("Last-Modified").orElseThrow();
        assertThat(send(HttpRequest.newBuilder(uri(path)).header("If-Modified-Since", since))
                        .statusCode())
                .isEqualTo(304);
        for (String other : List.of("Mon, 1 Jan 2001 00:00:00 GMT", "yesterday")) {
            assertThat(send(HttpRequest.newBuilder(uri(path)).header("If-Modified-Since", other))
                            .statusCode())
                    .isEqualTo(200);
        }
        // A tag decides where both are given.
        assertThat(send(HttpRequest.newBuilder(uri(path))
                                .header("If-Modified-Since", since)
                                .header("If-None-Match", "W/\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsReadAnswersOnlyWhereThatIsSet() throws Exception {
        String page = "https://page.example";
        assertThat(send(HttpRequest.newBuilder(uri("/v1/alerts")).header("Origin", page))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        try (var open = new HttpServer(
                pipeline.stores(),
                Jurisdictions.bundled(),
                () -> true,
                List.of(),
                HttpSettings.defaults().withOrigins(List.of(page)),
                routes -> {})) {
            open.start(0);
            URI alerts = URI.create("http://" + HttpServer.LOOPBACK + ":" + open.port() + "/v1/alerts");
            assertThat(send(HttpRequest.newBuilder(alerts).header("Origin", page))
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .contains(page);
            assertThat(send(HttpRequest.newBuilder(alerts).header("Origin", "https://other.example"))
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            var preflight = send(HttpRequest.newBuilder(alerts)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", page)
                    .header("Access-Control-Request-Method", "GET")
                    .header("Access-Control-Request-Headers", "if-none-match"));
            assertThat(preflight.statusCode()).isEqualTo(200);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("if-none-match");
        }
    }

    @Test
    void anUnknownCaseSuggestsTheNearest() throws Exception {
        assertThat(problem(404, get("/v1/cases/" + encoded("https://ice.example/a/b?c=e")))
                        .at("/suggestions/0")
                        .textValue())
                .isEqualTo("https://ice.example/a/b?c=d");
    }

    @Test
    void theDescriptionCanBeBrowsed() throws Exception {
        var response = get("/docs");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).contains("/docs.html");
        assertThat(get("/docs.html").body())
                .contains("docs.js")
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("<script>", "onclick");
        assertThat(get("/docs.js").body()).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
    }

    @Test
    void everyTableIsExportedWithItsCodebook() throws Exception {
        for (JsonNode table : ok("/v1/exports").get("tables")) {
            String path = "/v1/exports/" + table.get("name").textValue();
            String csv = get(path).body();
            List<String> columns = table.get("columns").findValuesAsText("name");
            assertThat(csv).startsWith(String.join(",", columns) + "\r\n");
            var lines = get(path + "?format=jsonl");
            assertThat(lines.headers().firstValue("Content-Type")).contains("application/jsonl");
            long rows = 0;
            for (String line : lines.body().lines().toList()) {
                assertThat(mapper.readTree(line).properties()).hasSize(columns.size());
                rows++;
            }
            assertThat(rows).as(path).isPositive();
        }
        assertThat(get("/v1/exports/counts").body()).contains(MECKLENBURG + ",2020-09-28,1,1,12,12,12\r\n");
        assertThat(problem(404, get("/v1/exports/secrets")).at("/suggestions/0").textValue())
                .isEqualTo("counts");
        problem(400, get("/v1/exports/counts?format=xlsx"));
    }

    @Test
    void anExportThatBreaksOffDoesNotLookWhole() throws Exception {
        var breaking = new Table("t", "", List.of(new Column("c", Column.Type.TEXT, "")), sink -> {
            for (int i = 0; i < 100_000; i++) {
                sink.row("a row that is long enough to be sent before the end");
            }
            throw new InvalidStateStoreException("moved");
        });
        var javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/t", context -> Exports.send(context, breaking, Format.CSV));
            Problems.addTo(config.routes);
        });
        javalin.start(HttpServer.LOOPBACK, 0);
        try {
            var request =
                    HttpRequest.newBuilder(URI.create("http://" + HttpServer.LOOPBACK + ":" + javalin.port() + "/t"));
            assertThatThrownBy(() -> send(request)).isInstanceOf(IOException.class);
        } finally {
            javalin.stop();
        }
    }

    @Test
    void itIsReadyWhenTheStoresAre() throws Exception {
        assertThat(ok("/ready").get("status").textValue()).isEqualTo("ready");
        ready.set(false);
        try {
            var response = get("/ready");
            problem(503, response);
            assertThat(response.headers().firstValue("Retry-After")).contains("2");
            assertThat(ok("/live").get("status").textValue()).isEqualTo("live");
        } finally {
            ready.set(true);
        }
    }

    @Test
    void aStoreThatIsBeingMovedIsNotAvailableNow() throws Exception {
        var moving = new Stores(HttpServerTest::away);
        try (var other = new HttpServer(
                moving, Jurisdictions.bundled(), () -> false, List.of(), HttpSettings.defaults(), routes -> {})) {
            other.start(0);
            for (String path : List.of(
                    "/v1/alerts",
                    "/v1/operations",
                    "/v1/operations/rise",
                    "/v1/cases/ca",
                    "/v1/sources",
                    "/v1/jurisdictions",
                    "/v1/exports/counts",
                    "/v1/jurisdictions/" + CA,
                    "/v1/jurisdictions/" + CA + "/counts")) {
                var response = send(HttpRequest.newBuilder(
                        URI.create("http://" + HttpServer.LOOPBACK + ":" + other.port() + path)));
                problem(503, response);
                assertThat(response.headers().firstValue("Retry-After")).contains("2");
            }
        }
    }

    @Test
    void anApplicationWithoutABrokerIsAliveNotReadyAndMeasured(@TempDir Path state) throws Exception {
        var settings = new StreamsSettings("away", "127.0.0.1:1", state, 1, 0, Duration.ofSeconds(1), 1, "");
        var topics = Topics.on(Registry.autoRegistering("mock://away"), 1);
        try (var app = StreamsApp.start(
                        settings,
                        topics,
                        Jurisdictions.bundled(),
                        new Clock.OfAnnouncements(),
                        AlertSettings.defaults());
                var other = HttpServer.over(app, Jurisdictions.bundled())) {
            other.start(0);
            String root = "http://" + HttpServer.LOOPBACK + ":" + other.port();
            problem(503, send(HttpRequest.newBuilder(URI.create(root + "/ready"))));
            problem(503, send(HttpRequest.newBuilder(URI.create(root + "/v1/alerts"))));
            assertThat(send(HttpRequest.newBuilder(URI.create(root + "/live"))).statusCode())
                    .isEqualTo(200);
            assertThat(send(HttpRequest.newBuilder(URI.create(root + "/metrics")))
                            .body())
                    .contains("kafka_stream");
        }
    }

    @Test
    void metricsTellOfRequestsByRouteAndOfTheJvm() throws Exception {
        ok("/v1/jurisdictions/" + CA);

        assertThat(get("/metrics").body())
                .contains("http_server_requests_seconds_count{route=\"/v1/jurisdictions/<id>\",status=\"200\"}")
                .contains("jvm_memory_used_bytes")
                .doesNotContain(CA);
    }

    @Test
    void sourcesSayHowTheyAreDoing() throws Exception {
        JsonNode sources = ok("/v1/sources");

        assertThat(sources.get("total").intValue()).isEqualTo(2);
        assertThat(sources.at("/items/0/id").textValue()).isEqualTo("new");
        assertThat(sources.at("/items/0/lastSuccess").isNull()).isTrue();
        assertThat(sources.at("/items/0/jurisdiction").isNull()).isTrue();
        assertThat(sources.at("/items/1/status").textValue()).isEqualTo("REFUSED");
        assertThat(sources.at("/items/1/lastSuccess").textValue()).isEqualTo("2020-10-07T12:00:00Z");
        assertThat(sources.at("/items/1/jurisdiction/name").textValue()).isEqualTo("California");
        assertThat(sources.at("/items/1/read/0/last").textValue()).isEqualTo("2020-10-06");
        assertThat(sources.at("/items/1/latencySeconds").intValue()).isEqualTo(90);
    }

    @Test
    void aSourceOfFilesSaysWhatItCoversAndFromWhenToWhenItCountsAsRead() throws Exception {
        JsonNode files = ok("/v1/sources").get("files");

        assertThat(files).hasSize(1);
        assertThat(files.at("/0/id").textValue()).isEqualTo("ice-newsroom");
        assertThat(files.at("/0/read/first").textValue()).isEqualTo("2020-08-01");
        assertThat(files.at("/0/jurisdiction/id").textValue()).startsWith("ocd-division/country:us");
    }

    @Test
    void metricsTellOfSources() throws Exception {
        assertThat(get("/metrics").body())
                .contains("surgewire_source_items{source=\"office\"} 7.0")
                .contains("surgewire_source_ok{source=\"office\"} 0.0")
                .contains("surgewire_source_last_success_age_seconds{source=\"new\"} NaN")
                .contains("surgewire_source_latency_seconds{source=\"office\"} 90.0");
    }

    @Test
    void aPortInUseIsNamed() {
        try (var second = new HttpServer(
                pipeline.stores(),
                Jurisdictions.bundled(),
                () -> true,
                List.of(),
                HttpSettings.defaults(),
                routes -> {})) {
            assertThatThrownBy(() -> second.start(server.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("port " + server.port() + " is in use: ");
        }
    }

    private static ReadOnlyKeyValueStore<String, ?> away(String name) {
        throw new InvalidStateStoreException("the store " + name + " has moved");
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private URI uri(String path) {
        return URI.create("http://" + HttpServer.LOOPBACK + ":" + server.port() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ok(String path) throws IOException, InterruptedException {
        var response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode answer = mapper.readTree(response.body());
        contract.check(path, "200", answer);
        return answer;
    }

    private JsonNode problem(int status, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(Problem.MEDIA_TYPE);
        JsonNode problem = mapper.readTree(response.body());
        contract.check("Problem", problem);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").textValue()).startsWith("urn:surgewire:problem:");
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
        return problem;
    }
}
