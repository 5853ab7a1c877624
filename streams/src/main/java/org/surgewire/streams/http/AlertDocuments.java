package org.surgewire.streams.http;

import static org.surgewire.streams.http.Parameters.shown;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.feeds.AtomFeed;
import org.surgewire.streams.feeds.CapMessage;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.query.AlertQueries.KnownItem;
import org.surgewire.streams.query.Stores;

/** Alerts as XML documents of others' formats: an Atom feed, and OASIS CAP. */
final class AlertDocuments {
    private static final int MOST_ENTRIES = 100;

    private final AlertQueries alerts;
    private final Jurisdictions jurisdictions;

    AlertDocuments(Stores stores, Jurisdictions jurisdictions) {
        this.alerts = new AlertQueries(stores, jurisdictions);
        this.jurisdictions = jurisdictions;
    }

    /** Adds the endpoints; before those of the API, whose alert ids hold slashes. */
    void addTo(RoutesConfig routes) {
        routes.get("/v1/alerts.atom", this::feed);
        routes.get("/v1/alerts/<id>/cap", this::cap);
    }

    private void feed(Context context) {
        var parameters = new Parameters(context, "jurisdiction", "operation", "severity");
        String jurisdiction = parameters.text("jurisdiction");
        if (jurisdiction != null && jurisdictions.find(jurisdiction).isEmpty()) {
            throw ProblemException.badRequest("jurisdiction: no jurisdiction has the id " + shown(jurisdiction)
                    + "; /v1/jurisdictions?query= finds ids by name");
        }
        String severity = parameters.choice(
                "severity",
                AlertFilter.SEVERITIES.get(0),
                AlertFilter.SEVERITIES,
                each -> each.toLowerCase(Locale.ROOT));
        var filter = new AlertFilter(jurisdiction, parameters.text("operation"), severity);
        String query = context.queryString();
        String self = context.path() + (query == null ? "" : "?" + query);
        context.contentType("application/atom+xml; charset=utf-8")
                .result(AtomFeed.of(self, alerts.latest(filter, MOST_ENTRIES)));
    }

    private void cap(Context context) {
        var parameters = new Parameters(context, "version");
        String id = context.pathParam("id");
        List<KnownItem> versions = alerts.history(id, null)
                .orElseThrow(() -> ProblemException.notFound(
                        "no alert has the id " + shown(id) + "; /v1/alerts?status=all lists them", alerts.nearest(id)))
                .versions();
        String version = parameters.text("version");
        List<KnownItem> told = version == null ? versions : upTo(version, versions);
        context.contentType("application/cap+xml; charset=utf-8")
                .result(CapMessage.of(jurisdictions, "surgewire@" + host(context.host()), told));
    }

    private static List<KnownItem> upTo(String version, List<KnownItem> versions) {
        for (int i = 0; i < versions.size(); i++) {
            if (Integer.toString(versions.get(i).alert().version()).equals(version)) {
                return versions.subList(i, versions.size());
            }
        }
        throw ProblemException.badRequest("version is " + shown(version) + "; this alert has the versions from "
                + versions.get(versions.size() - 1).alert().version() + " to "
                + versions.get(0).alert().version());
    }

    /** Under which the reader knows this server, as far as a sender may hold it. */
    private static String host(@Nullable String given) {
        String clean = given == null ? "" : given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.:\\[\\]-]", "");
        return clean.isEmpty() ? "localhost" : clean;
    }
}
