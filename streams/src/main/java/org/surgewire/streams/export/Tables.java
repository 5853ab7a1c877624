package org.surgewire.streams.export;

import static org.surgewire.streams.export.Column.Type.DAY;
import static org.surgewire.streams.export.Column.Type.INSTANT;
import static org.surgewire.streams.export.Column.Type.NUMBER;
import static org.surgewire.streams.export.Column.Type.TEXT;
import static org.surgewire.streams.export.Column.Type.TEXTS;
import static org.surgewire.streams.export.Column.Type.TRUTH;
import static org.surgewire.streams.export.Column.Type.WHOLE;

import java.io.IOException;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseCount;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.Pane;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.query.Stores;

/** The tables that everything known is exported as. Each reads its store while it is written. */
public final class Tables {
    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final List<Table> all;

    public Tables(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        all = List.of(
                counts("counts", "the day on which they were announced", false),
                counts("counts_by_period", "the days on which they happened, as far as stated", true),
                coverage(),
                jurisdictions(),
                announcements(),
                claims(),
                cases(),
                caseCounts(),
                caseAnnouncements(),
                operations(),
                operationSteps(),
                alerts(),
                alertEvidence(),
                sources());
    }

    /** Every table. */
    public List<Table> all() {
        return all;
    }

    /** The table of a name. */
    public Optional<Table> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Column column(String name, Column.Type type, String about) {
        return new Column(name, type, about);
    }

    private interface Reading<V> {
        void row(String key, V value, Table.Sink sink) throws IOException;
    }

    private static <V> void each(ReadOnlyKeyValueStore<String, V> store, Table.Sink sink, Reading<V> reading)
            throws IOException {
        try (KeyValueIterator<String, V> rows = store.all()) {
            while (rows.hasNext()) {
                var row = rows.next();
                reading.row(row.key, row.value, sink);
            }
        }
    }

    private Table counts(String name, String day, boolean byPeriod) {
        return new Table(
                name,
                "Announced arrests of a jurisdiction by " + day
                        + ". Only days with an announcement: another day is zero"
                        + " where coverage holds it for the jurisdiction or a parent of it, else unknown.",
                List.of(
                        column("jurisdiction_id", TEXT, "Open Civic Data division id."),
                        column("day", DAY, "The day."),
                        column("announcements", WHOLE, "Announcements that name the jurisdiction or a part of it."),
                        column("cases", WHOLE, "Cases first announced on the day."),
                        column("arrests_low", WHOLE, "Smallest number of announced arrests."),
                        column("arrests", WHOLE, "Announced arrests, each event counted once."),
                        column("arrests_high", WHOLE, "Largest number of announced arrests.")),
                sink -> each(byPeriod ? stores.periodYears() : stores.years(), sink, Tables::days));
    }

    private static void days(String key, YearOfDays year, Table.Sink sink) throws IOException {
        int bar = key.lastIndexOf('|');
        var of = Year.of(Integer.parseInt(key.substring(bar + 1)));
        for (Pane pane : year.getDays()) {
            sink.row(
                    key.substring(0, bar),
                    of.atDay(pane.getDay()),
                    pane.getAnnouncements(),
                    pane.getCases(),
                    pane.getArrestsLow(),
                    pane.getArrests(),
                    pane.getArrestsHigh());
        }
    }

    private Table coverage() {
        return new Table(
                "coverage",
                "Days on which a source of a jurisdiction was read: they are known of it and of all that it contains.",
                List.of(
                        column("jurisdiction_id", TEXT, "Jurisdiction that the source covers."),
                        column("first_day", DAY, "First of consecutive days."),
                        column("last_day", DAY, "Last of them.")),
                sink -> {
                    for (var each : stores.coverage(jurisdictions).spans().entrySet()) {
                        for (DaySet.Span span : each.getValue()) {
                            sink.row(each.getKey(), span.first(), span.last());
                        }
                    }
                });
    }

    private Table jurisdictions() {
        return new Table(
                "jurisdictions",
                "Every jurisdiction that can be counted for.",
                List.of(
                        column("id", TEXT, "Open Civic Data division id."),
                        column("name", TEXT, "Name as the Census Bureau writes it."),
                        column("level", TEXT, "country, state, district, territory, county or place."),
                        column("state", TEXT, "Postal code; empty for the country."),
                        column("geoid", TEXT, "Code of the Census Bureau (FIPS)."),
                        column("population", WHOLE, "Estimate of 2021; missing where there is none."),
                        column("latitude", NUMBER, "Degrees north."),
                        column("longitude", NUMBER, "Degrees east."),
                        column("parent_id", TEXT, "Smallest jurisdiction that contains it; missing for the country.")),
                sink -> {
                    for (Jurisdiction each : jurisdictions.all()) {
                        sink.row(
                                each.id(),
                                each.name(),
                                each.level(),
                                each.state(),
                                each.geoid(),
                                each.population(),
                                each.latitude(),
                                each.longitude(),
                                each.parentId());
                    }
                });
    }

    private Table announcements() {
        return new Table(
                "announcements",
                "The latest revision of every release that was read, without its text.",
                List.of(
                        column("release_id", TEXT, "Id of the release."),
                        column("revision", WHOLE, "Number of the revision."),
                        column("withdrawn", TRUTH, "Whether it was taken back."),
                        column("source_id", TEXT, "Source that delivered it."),
                        column("publisher", TEXT, "Who published it."),
                        column("url", TEXT, "Where to read it."),
                        column("title", TEXT, "Title without names of persons."),
                        column("published", INSTANT, "When it was published."),
                        column("published_day", DAY, "The same as a day where the publisher is."),
                        column("kind", TEXT, "What it announces."),
                        column("operation_id", TEXT, "Operation it names; missing for none."),
                        column("period_start", DAY, "First day of the arrests; missing where none is stated."),
                        column("period_end", DAY, "Last day of the arrests."),
                        column("flags", TEXTS, "What a careful reader should know.")),
                sink -> each(stores.announcements(), sink, Tables::announcement));
    }

    private static void announcement(String id, ArrestAnnouncement of, Table.Sink sink) throws IOException {
        var operation = of.getOperation();
        Period period = of.getPeriod();
        sink.row(
                id,
                of.getRevision(),
                of.getWithdrawn(),
                of.getSourceId(),
                of.getPublisher(),
                of.getUrl(),
                of.getTitle(),
                of.getPublished(),
                of.getPublishedDay(),
                of.getKind(),
                operation == null ? null : operation.getOperationId(),
                start(period),
                end(period),
                of.getFlags());
    }

    private static @Nullable LocalDate start(@Nullable Period period) {
        return period == null ? null : period.getStart();
    }

    private static @Nullable LocalDate end(@Nullable Period period) {
        return period == null ? null : period.getEnd();
    }

    private Table claims() {
        return new Table(
                "claims",
                "Every number, and every place without one, that a release states, with its sentence.",
                List.of(
                        column("release_id", TEXT, "Release that states it."),
                        column("event", WHOLE, "Event of the release that it tells of: 1 for its first or only one."),
                        column("claim_id", TEXT, "Unique within the event."),
                        column("role", TEXT, "TOTAL, PART or OTHER."),
                        column("jurisdiction_id", TEXT, "Lowest jurisdiction that contains the place."),
                        column("place", TEXT, "The place as the release writes it; missing where it names none."),
                        column("low", WHOLE, "Smallest number; missing, like the next two, where none is stated."),
                        column("best", WHOLE, "The number stated."),
                        column("high", WHOLE, "Largest number."),
                        column("qualifier", TEXT, "EXACT, AT_LEAST, ALMOST, ABOUT or RANGE."),
                        column("unit", TEXT, "persons, cases, charges or detainers."),
                        column("kind", TEXT, "PERIOD, INCREMENT, CUMULATIVE, SUBSET, GOAL, RATE and others."),
                        column("category", TEXT, "What a SUBSET counts."),
                        column(
                                "sentence",
                                TEXT,
                                "The clause it was read from; missing where it follows from the publisher."),
                        column("rule", TEXT, "The rule that read it."),
                        column("confidence", NUMBER, "The rule's confidence, 0 to 1.")),
                sink -> each(stores.announcements(), sink, (id, of, to) -> {
                    for (Claim claim : of.getClaims()) {
                        claim(id, 1, claim, to);
                    }
                    int event = 1;
                    for (FurtherEvent further : of.getFurtherEvents()) {
                        event++;
                        for (Claim claim : further.getClaims()) {
                            claim(id, event, claim, to);
                        }
                    }
                }));
    }

    private static void claim(String releaseId, int event, Claim of, Table.Sink sink) throws IOException {
        Evidence evidence = of.getEvidence();
        sink.row(
                releaseId,
                event,
                of.getClaimId(),
                of.getRole(),
                of.getJurisdictionId(),
                of.getPlace(),
                of.getLow(),
                of.getBest(),
                of.getHigh(),
                of.getQualifier(),
                of.getUnit(),
                of.getKind(),
                of.getCategory(),
                evidence == null ? null : evidence.getSentence(),
                evidence == null ? null : evidence.getRule(),
                evidence == null ? null : (Double) evidence.getConfidence());
    }

    private Table cases() {
        return new Table(
                "cases",
                "Enforcement events, each with all announcements that describe it; withdrawn ones are left out.",
                List.of(
                        column("case_id", TEXT, "Id of the case."),
                        column("kind", TEXT, "Kind of its announcements."),
                        column("first_day", DAY, "Publication day of its first announcement."),
                        column("last_day", DAY, "Publication day of its latest announcement."),
                        column("operation_id", TEXT, "Operation it belongs to; missing for none."),
                        column("operation_name", TEXT, "Name of that operation."),
                        column("operation_phase", TEXT, "PLANNED, LAUNCHED, ONGOING or CONCLUDED."),
                        column("period_start", DAY, "First day of the arrests; missing where none is stated."),
                        column("period_end", DAY, "Last day of the arrests."),
                        column("flags", TEXTS, "What a careful reader should know.")),
                sink -> each(stores.cases(), sink, (id, of, to) -> {
                    if (!of.getAnnouncements().isEmpty()) {
                        to.row(
                                id,
                                of.getKind(),
                                of.getFirstDay(),
                                of.getLastDay(),
                                of.getOperationId(),
                                of.getOperationName(),
                                of.getOperationPhase(),
                                start(of.getPeriod()),
                                end(of.getPeriod()),
                                of.getFlags());
                    }
                }));
    }

    private Table caseCounts() {
        return new Table(
                "case_counts",
                "What a case comes to in each jurisdiction, parents included.",
                List.of(
                        column("case_id", TEXT, "Id of the case."),
                        column("jurisdiction_id", TEXT, "Open Civic Data division id."),
                        column("low", WHOLE, "Smallest number; missing, like the next two, where none is stated."),
                        column("best", WHOLE, "The number counted."),
                        column("high", WHOLE, "Largest number."),
                        column("release_id", TEXT, "Release whose statement decided; missing for a sum of parts."),
                        column("sentence", TEXT, "The clause it was read from; missing for a sum of parts."),
                        column("conflicts", TEXTS, "Statements that disagree.")),
                sink -> each(stores.cases(), sink, Tables::counts));
    }

    private static void counts(String caseId, Case of, Table.Sink sink) throws IOException {
        for (CaseCount count : of.getCounts()) {
            Evidence evidence = count.getEvidence();
            sink.row(
                    caseId,
                    count.getJurisdictionId(),
                    count.getLow(),
                    count.getBest(),
                    count.getHigh(),
                    count.getReleaseId(),
                    evidence == null ? null : evidence.getSentence(),
                    count.getConflicts());
        }
    }

    private Table caseAnnouncements() {
        return new Table(
                "case_announcements",
                "Which announcements describe a case, and what each adds.",
                List.of(
                        column("case_id", TEXT, "Id of the case."),
                        column("release_id", TEXT, "Id of the release."),
                        column("event", WHOLE, "Event of the release, as in claims."),
                        column("published_day", DAY, "Publication day."),
                        column(
                                "adds_low",
                                WHOLE,
                                "Smallest number it adds; missing, like the next two, without a number."),
                        column("adds", WHOLE, "Number of persons it adds beyond what earlier announcements told."),
                        column("adds_high", WHOLE, "Largest number it adds."),
                        column("link_reason", TEXT, "Why it belongs to the case.")),
                sink -> each(stores.cases(), sink, Tables::announcementsOf));
    }

    private static void announcementsOf(String caseId, Case of, Table.Sink sink) throws IOException {
        for (CaseAnnouncement each : of.getAnnouncements()) {
            sink.row(
                    caseId,
                    each.getReleaseId(),
                    each.getEvent(),
                    each.getPublishedDay(),
                    each.getAddsLow(),
                    each.getAdds(),
                    each.getAddsHigh(),
                    each.getLinkReason());
        }
    }

    private Table operations() {
        return new Table(
                "operations",
                "Named operations; withdrawn ones are left out.",
                List.of(
                        column("operation_id", TEXT, "Id made from the name."),
                        column("name", TEXT, "Name as first written."),
                        column("status", TEXT, "PLANNED, LAUNCHED, ONGOING or CONCLUDED."),
                        column("first_day", DAY, "Publication day of its first step."),
                        column("last_day", DAY, "Publication day of its latest step."),
                        column("arrests_low", WHOLE, "Smallest number of announced arrests."),
                        column("arrests", WHOLE, "Announced arrests, each event once."),
                        column("arrests_high", WHOLE, "Largest number of announced arrests.")),
                sink -> each(stores.operations(), sink, (id, of, to) -> {
                    if (!of.getSteps().isEmpty()) {
                        to.row(
                                id,
                                of.getName(),
                                of.getStatus(),
                                of.getFirstDay(),
                                of.getLastDay(),
                                of.getArrestsLow(),
                                of.getArrests(),
                                of.getArrestsHigh());
                    }
                }));
    }

    private Table operationSteps() {
        return new Table(
                "operation_steps",
                "The announcements of an operation in the order of days.",
                List.of(
                        column("operation_id", TEXT, "Id of the operation."),
                        column("day", DAY, "Publication day."),
                        column("case_id", TEXT, "Case it belongs to."),
                        column("release_id", TEXT, "Release that announced it."),
                        column("phase", TEXT, "Phase it announced."),
                        column(
                                "adds_low",
                                WHOLE,
                                "Smallest number it adds; missing, like the next two, without a number."),
                        column("adds", WHOLE, "Number of persons it adds to the operation."),
                        column("adds_high", WHOLE, "Largest number it adds."),
                        column("jurisdictions", TEXTS, "Jurisdictions it names.")),
                sink -> each(stores.operations(), sink, Tables::steps));
    }

    private static void steps(String operationId, Operation of, Table.Sink sink) throws IOException {
        for (OperationStep step : of.getSteps()) {
            sink.row(
                    operationId,
                    step.getDay(),
                    step.getCaseId(),
                    step.getReleaseId(),
                    step.getPhase(),
                    step.getArrestsLow(),
                    step.getArrests(),
                    step.getArrestsHigh(),
                    step.getJurisdictions());
        }
    }

    private Table alerts() {
        return new Table(
                "alerts",
                "Alerts in their latest version.",
                List.of(
                        column("alert_id", TEXT, "Id of the alert."),
                        column("version", WHOLE, "1 when opened, then counted up with each change."),
                        column("status", TEXT, "OPENED, UPDATED, CLOSED or CANCELLED."),
                        column("kind", TEXT, "SURGE, LULL, or news of an operation."),
                        column("severity", TEXT, "INFO, MINOR, MODERATE, SEVERE or EXTREME."),
                        column("jurisdiction_id", TEXT, "Where."),
                        column("operation_id", TEXT, "Operation it is about; missing for a surge or lull."),
                        column("detector", TEXT, "Method that raised it."),
                        column("first_day", DAY, "First day of its window."),
                        column("last_day", DAY, "Last day of its window."),
                        column("closed_day", DAY, "Day it closed; missing while it is open."),
                        column("observed", WHOLE, "Announced arrests of the window."),
                        column("peak", WHOLE, "Announced arrests of its highest day."),
                        column("expected", NUMBER, "Announced arrests expected in the window."),
                        column(
                                "bound",
                                NUMBER,
                                "Surge: largest number that is none. Lull: smallest number that is none."),
                        column(
                                "p_value",
                                NUMBER,
                                "Probability of as unusual a day by chance; missing for an operation."),
                        column("recurrence_weeks", NUMBER, "Chance alone does that once in so many weeks."),
                        column("reason", TEXT, "One plain sentence.")),
                sink -> {
                    each(stores.alerts(), sink, (key, of, to) -> alert(of, to));
                    each(stores.operationAlerts(), sink, (key, of, to) -> alert(of, to));
                });
    }

    private static void alert(Alert of, Table.Sink sink) throws IOException {
        sink.row(
                of.getAlertId(),
                of.getVersion(),
                of.getStatus(),
                of.getKind(),
                of.getSeverity(),
                of.getJurisdictionId(),
                of.getOperationId(),
                of.getDetector(),
                of.getFirstDay(),
                of.getLastDay(),
                of.getClosedDay(),
                of.getObserved(),
                of.getPeak(),
                of.getExpected(),
                of.getBound(),
                of.getPValue(),
                of.getRecurrenceWeeks(),
                of.getReason());
    }

    private Table alertEvidence() {
        return new Table(
                "alert_evidence",
                "The releases that an alert rests on.",
                List.of(
                        column("alert_id", TEXT, "Id of the alert."),
                        column("case_id", TEXT, "Case of the release."),
                        column("release_id", TEXT, "Id of the release."),
                        column("url", TEXT, "Where to read it."),
                        column("title", TEXT, "Title without names of persons."),
                        column("arrests", WHOLE, "Announced arrests it adds."),
                        column("sentence", TEXT, "The clause the number was read from; empty for a sum of parts.")),
                sink -> {
                    each(stores.alerts(), sink, (key, of, to) -> evidence(of, to));
                    each(stores.operationAlerts(), sink, (key, of, to) -> evidence(of, to));
                });
    }

    private static void evidence(Alert of, Table.Sink sink) throws IOException {
        for (AlertEvidence each : of.getEvidence()) {
            sink.row(
                    of.getAlertId(),
                    each.getCaseId(),
                    each.getReleaseId(),
                    each.getUrl(),
                    each.getTitle(),
                    each.getArrests(),
                    each.getSentence());
        }
    }

    private Table sources() {
        return new Table(
                "sources",
                "How each source is doing.",
                List.of(
                        column("source_id", TEXT, "Id of the source."),
                        column("publisher", TEXT, "Who publishes there."),
                        column("jurisdiction_id", TEXT, "Jurisdiction the publisher works for."),
                        column("status", TEXT, "OK, REFUSED, FAILED, SILENT or NEVER_READ."),
                        column("at", INSTANT, "When this was recorded."),
                        column("last_success", INSTANT, "When it was last read with success."),
                        column("last_item", INSTANT, "Publication time of its newest item."),
                        column("items", WHOLE, "Revisions published in all."),
                        column("refused", WHOLE, "Entries in all that were no release."),
                        column("gaps", WHOLE, "Readings in all that may have missed entries."),
                        column("detail", TEXT, "What went wrong last.")),
                sink -> {
                    for (SourceHealth each : stores.reports()) {
                        sink.row(
                                each.getSourceId(),
                                each.getPublisher(),
                                each.getJurisdictionId(),
                                each.getStatus(),
                                each.getAt(),
                                each.getLastSuccess(),
                                each.getLastItem(),
                                each.getItems(),
                                each.getRefused(),
                                each.getGaps(),
                                each.getDetail());
                    }
                });
    }
}
