package org.surgewire.streams.http;

import static org.surgewire.streams.http.Parameters.shown;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.jurisdictions.Policies;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.query.BaselineQueries;
import org.surgewire.streams.query.Bucket;
import org.surgewire.streams.query.CaseQueries;
import org.surgewire.streams.query.CountQueries;
import org.surgewire.streams.query.CountQueries.MapLevel;
import org.surgewire.streams.query.CountQueries.Order;
import org.surgewire.streams.query.CountQueries.Question;
import org.surgewire.streams.query.JurisdictionQueries;
import org.surgewire.streams.query.JurisdictionQueries.Match;
import org.surgewire.streams.query.OperationQueries;
import org.surgewire.streams.query.PolicyQueries;
import org.surgewire.streams.query.Series;
import org.surgewire.streams.query.SourceQueries;
import org.surgewire.streams.query.Stores;
import org.surgewire.streams.query.Window;

/** The endpoints under {@code /v1}, as {@code openapi.json} describes them. */
final class Api {
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 1000;
    private static final List<String> LEVELS = List.of("country", "state", "district", "territory", "county", "place");

    private static final List<String> COMPARED_LEVELS = List.of("state", "county", "place");

    private final Jurisdictions jurisdictions;
    private final JurisdictionQueries counted;
    private final CountQueries counts;
    private final BaselineQueries baselines;
    private final AlertQueries alerts;
    private final OperationQueries operations;
    private final CaseQueries cases;
    private final PolicyQueries policies;
    private final SourceQueries sources;

    Api(Stores stores, Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
        counted = new JurisdictionQueries(stores, jurisdictions);
        counts = new CountQueries(stores, jurisdictions);
        baselines = new BaselineQueries(stores, jurisdictions, AlertSettings.defaults());
        alerts = new AlertQueries(stores, jurisdictions);
        operations = new OperationQueries(stores, jurisdictions);
        cases = new CaseQueries(stores, jurisdictions);
        sources = new SourceQueries(stores, jurisdictions);
        policies = new PolicyQueries(stores, jurisdictions, Policies.bundled());
    }

    /** Adds the endpoints. Ids hold slashes, so the longer path comes first. */
    void addTo(RoutesConfig routes) {
        routes.get("/v1/jurisdictions", this::jurisdictions);
        routes.get("/v1/jurisdictions/<id>/counts", this::counts);
        routes.get("/v1/jurisdictions/<id>/series", this::series);
        routes.get("/v1/jurisdictions/<id>/baseline", this::baseline);
        routes.get("/v1/jurisdictions/<id>/children", this::children);
        routes.get("/v1/jurisdictions/<id>/sources", this::sourcesOfCounts);
        routes.get("/v1/jurisdictions/<id>", this::jurisdiction);
        routes.get("/v1/rankings", this::rankings);
        routes.get("/v1/map", this::map);
        routes.get("/v1/compare", this::compare);
        routes.get("/v1/alerts", this::alerts);
        routes.get("/v1/alerts/<id>", this::alert);
        routes.get("/v1/operations", this::operations);
        routes.get("/v1/operations/<id>/series", this::spread);
        routes.get("/v1/operations/<id>", this::operation);
        routes.get("/v1/cases", this::cases);
        routes.get("/v1/cases/<id>", this::oneCase);
        routes.get("/v1/sources", this::sources);
        routes.get("/v1/policies", this::listings);
        routes.get("/v1/policies/comparison", this::policies);
    }

    private void jurisdictions(Context context) {
        var parameters =
                new Parameters(context, "query", "match", "level", "within", "sort", "asOf", "limit", "cursor");
        String query = parameters.text("query");
        String level = parameters.choice("level", "", LEVELS, value -> value);
        String within = within(parameters, "within");
        Window sort = parameters.choice("sort", Window.FOUR_WEEKS, Arrays.asList(Window.values()), Window::label);
        Predicate<Jurisdiction> filter =
                each -> (level.isEmpty() || each.level().equals(level))
                        && (within == null || jurisdictions.contains(within, each.id()));
        var match = parameters.choice("match", Match.NAME, Arrays.asList(Match.values()), Match::label);
        var paging = parameters.paging(USUAL_LIMIT, MOST);
        var asOf = parameters.asOf();
        context.jsonStream(
                query == null
                        ? counted.ranking(filter, sort, asOf, paging)
                        : counted.search(query, match, filter, asOf, paging));
    }

    private void jurisdiction(Context context) {
        var parameters = new Parameters(context, "asOf");
        String id = context.pathParam("id");
        context.jsonStream(counted.find(id, parameters.asOf()).orElseThrow(() -> noJurisdiction(id)));
    }

    private void counts(Context context) {
        var parameters = new Parameters(context, "by", "asOf", "from", "to");
        String id = context.pathParam("id");
        var asOf = parameters.asOf();
        var by = parameters.choice("by", Series.PUBLICATION, Arrays.asList(Series.values()), Series::label);
        var from = parameters.day("from");
        var to = parameters.day("to");
        context.jsonStream(
                withinLimits(() -> counted.counts(id, by, asOf, from, to).orElseThrow(() -> noJurisdiction(id))));
    }

    private void series(Context context) {
        var parameters = new Parameters(context, "bucket", "by", "asOf", "from", "to");
        String id = context.pathParam("id");
        if (jurisdictions.find(id).isEmpty()) {
            throw noJurisdiction(id);
        }
        context.jsonStream(compared(List.of(id), parameters));
    }

    private void baseline(Context context) {
        var parameters = new Parameters(context, "bucket", "asOf", "from", "to");
        String id = context.pathParam("id");
        var bucket = bucket(parameters);
        var at = parameters.instant("asOf");
        var from = parameters.day("from");
        var to = parameters.day("to");
        context.jsonStream(
                withinLimits(() -> baselines.find(id, bucket, at, from, to).orElseThrow(() -> noJurisdiction(id))));
    }

    private void compare(Context context) {
        var parameters = new Parameters(context, "ids", "bucket", "by", "asOf", "from", "to");
        List<String> ids = parameters.texts("ids");
        if (ids.isEmpty()) {
            throw ProblemException.badRequest("ids is missing; give up to " + CountQueries.MOST_COMPARED
                    + " jurisdiction ids, separated by commas");
        }
        ids.forEach(id -> known("ids", id));
        context.jsonStream(compared(ids, parameters));
    }

    private CountQueries.Comparison compared(List<String> ids, Parameters parameters) {
        var bucket = bucket(parameters);
        Question question = question(parameters);
        return withinLimits(() -> counts.compare(ids, question, bucket));
    }

    private static Bucket bucket(Parameters parameters) {
        return parameters.choice("bucket", Bucket.DAY, Arrays.asList(Bucket.values()), Bucket::label);
    }

    private void children(Context context) {
        var parameters = new Parameters(context, "sort", "by", "asOf", "from", "to", "limit", "cursor");
        String id = context.pathParam("id");
        Question question = question(parameters);
        Order order = order(parameters);
        var paging = parameters.paging(USUAL_LIMIT, MOST);
        context.jsonStream(
                withinLimits(() -> counts.children(id, question, order, paging).orElseThrow(() -> noJurisdiction(id))));
    }

    private void sourcesOfCounts(Context context) {
        var parameters = new Parameters(context, "by", "asOf", "from", "to", "limit", "cursor");
        String id = context.pathParam("id");
        Question question = question(parameters);
        var paging = parameters.paging(USUAL_LIMIT, MOST);
        context.jsonStream(
                withinLimits(() -> counts.sources(id, question, paging).orElseThrow(() -> noJurisdiction(id))));
    }

    private void rankings(Context context) {
        var parameters =
                new Parameters(context, "level", "within", "sort", "by", "asOf", "from", "to", "limit", "cursor");
        MapLevel level = mapLevel(parameters);
        String within = within(parameters, "within");
        Question question = question(parameters);
        Order order = order(parameters);
        var paging = parameters.paging(USUAL_LIMIT, MOST);
        context.jsonStream(withinLimits(() -> counts.ranking(level, within, question, order, paging)));
    }

    private void map(Context context) {
        var parameters = new Parameters(context, "level", "within", "by", "asOf", "from", "to");
        MapLevel level = mapLevel(parameters);
        String within = within(parameters, "within");
        Question question = question(parameters);
        context.jsonStream(withinLimits(() -> counts.map(level, within, question)));
    }

    private static MapLevel mapLevel(Parameters parameters) {
        return parameters.choice("level", MapLevel.STATE, Arrays.asList(MapLevel.values()), MapLevel::label);
    }

    private static Order order(Parameters parameters) {
        return parameters.choice("sort", Order.BEST, Arrays.asList(Order.values()), Order::label);
    }

    private static Question question(Parameters parameters) {
        return new Question(
                parameters.choice("by", Series.PUBLICATION, Arrays.asList(Series.values()), Series::label),
                parameters.instant("asOf"),
                parameters.day("from"),
                parameters.day("to"));
    }

    private static <T> T withinLimits(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(e.getMessage() + "; give from and to in order and at most "
                    + JurisdictionQueries.MOST_DAYS + " days apart");
        }
    }

    private void alerts(Context context) {
        var parameters = new Parameters(context, "status", "jurisdiction", "asOf", "limit", "cursor");
        var status = parameters.choice(
                "status",
                AlertQueries.Status.OPEN,
                Arrays.asList(AlertQueries.Status.values()),
                AlertQueries.Status::label);
        context.jsonStream(alerts.find(
                status,
                within(parameters, "jurisdiction"),
                parameters.instant("asOf"),
                parameters.paging(USUAL_LIMIT, MOST)));
    }

    private void alert(Context context) {
        var at = new Parameters(context, "asOf").instant("asOf");
        String id = context.pathParam("id");
        context.jsonStream(alerts.history(id, at)
                .orElseThrow(() -> ProblemException.notFound(
                        "no alert has the id " + shown(id) + since(at) + "; /v1/alerts?status=all lists them",
                        alerts.nearest(id))));
    }

    private void operations(Context context) {
        var parameters = new Parameters(context, "asOf", "limit", "cursor");
        context.jsonStream(operations.all(parameters.instant("asOf"), parameters.paging(USUAL_LIMIT, MOST)));
    }

    private void operation(Context context) {
        var at = new Parameters(context, "asOf").instant("asOf");
        String id = context.pathParam("id");
        context.jsonStream(operations.find(id, at).orElseThrow(() -> noOperation(id, at)));
    }

    private void spread(Context context) {
        var at = new Parameters(context, "asOf").instant("asOf");
        String id = context.pathParam("id");
        context.jsonStream(operations.spread(id, at).orElseThrow(() -> noOperation(id, at)));
    }

    private ProblemException noOperation(String id, @Nullable Instant at) {
        return ProblemException.notFound(
                "no operation has the id " + shown(id) + since(at) + "; /v1/operations lists them",
                operations.nearest(id));
    }

    private void cases(Context context) {
        var parameters =
                new Parameters(context, "jurisdiction", "operation", "kind", "asOf", "from", "to", "limit", "cursor");
        String kind = parameters.choice("kind", "", CaseQueries.KINDS, value -> value);
        var wanted = new CaseQueries.Wanted(
                within(parameters, "jurisdiction"),
                operation(parameters),
                kind.isEmpty() ? null : kind,
                parameters.day("from"),
                parameters.day("to"));
        var at = parameters.instant("asOf");
        var paging = parameters.paging(USUAL_LIMIT, MOST);
        try {
            context.jsonStream(withinLimits(() -> cases.list(wanted, at, paging)));
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("cursor is that of another list; take next of the page before");
        }
    }

    private @Nullable String operation(Parameters parameters) {
        String id = parameters.text("operation");
        if (id != null && operations.find(id, null).isEmpty()) {
            throw ProblemException.badRequest("operation: no operation has the id " + shown(id)
                    + meant(operations.nearest(id), "/v1/operations lists them"));
        }
        return id;
    }

    private void oneCase(Context context) {
        var at = new Parameters(context, "asOf").instant("asOf");
        String id = context.pathParam("id");
        context.jsonStream(cases.find(id, at)
                .orElseThrow(() -> ProblemException.notFound(
                        "no case has the id " + shown(id) + since(at) + "; /v1/cases lists them", cases.nearest(id))));
    }

    private void sources(Context context) {
        context.jsonStream(sources.page(new Parameters(context, "limit", "cursor").paging(USUAL_LIMIT, MOST)));
    }

    private void listings(Context context) {
        var parameters = new Parameters(context, "policy", "level", "within", "limit", "cursor");
        String level = parameters.choice("level", "", COMPARED_LEVELS, value -> value);
        context.jsonStream(policies.listings(
                policy(parameters),
                level.isEmpty() ? null : level,
                within(parameters, "within"),
                parameters.paging(USUAL_LIMIT, MOST)));
    }

    private @Nullable String policy(Parameters parameters) {
        String policy = parameters.choice("policy", "", policies.policies(), value -> value);
        return policy.isEmpty() ? null : policy;
    }

    private void policies(Context context) {
        var parameters = new Parameters(context, "policy", "level", "asOf", "from", "to");
        String policy = policy(parameters);
        var at = parameters.instant("asOf");
        String level = parameters.choice("level", "state", COMPARED_LEVELS, value -> value);
        var from = parameters.day("from");
        var to = parameters.day("to");
        try {
            context.jsonStream(policies.compare(policy, level, at, from, to));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(e.getMessage() + "; give from and to in order");
        }
    }

    private static String since(@Nullable Instant at) {
        return at == null ? "" : " at " + at;
    }

    private @Nullable String within(Parameters parameters, String name) {
        String id = parameters.text(name);
        return id == null ? null : known(name, id);
    }

    private String known(String name, String id) {
        if (jurisdictions.find(id).isEmpty()) {
            throw ProblemException.badRequest(name + ": no jurisdiction has the id " + shown(id)
                    + meant(
                            counted.nearest(id).stream().map(each -> each.id()).toList(),
                            "/v1/jurisdictions?query= finds ids by name"));
        }
        return id;
    }

    private ProblemException noJurisdiction(String id) {
        var nearest = counted.nearest(id);
        return ProblemException.notFound(
                "no jurisdiction has the id " + shown(id) + "; /v1/jurisdictions?query= finds ids by name", nearest);
    }

    private static String meant(List<String> ids, String otherwise) {
        return ids.isEmpty() ? "; " + otherwise : "; near it: " + String.join(", ", ids);
    }
}
