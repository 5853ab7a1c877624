package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.alerts.AlertVersions;

/** Alerts: surges, lulls and news of operations. */
public final class AlertQueries {
    private static final Comparator<Alert> NEWEST_FIRST = Comparator.comparing(Alert::getLastDay)
            .thenComparing(Alert::getFirstDay)
            .thenComparingDouble(Alert::getScore)
            .reversed()
            .thenComparing(Alert::getAlertId);

    private static final int FARTHEST = 4;

    /** The keys of jurisdictions' alerts lie between these; those of sources' alerts do not. */
    private static final String BEFORE_DIVISIONS = "ocd-division/";

    private static final String BEHIND_DIVISIONS = "ocd-division0";

    private final Stores stores;
    private final Jurisdictions jurisdictions;

    public AlertQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
    }

    /** Which alerts: {@code open} ones are opened or updated and not closed yet. */
    public enum Status {
        OPEN,
        CLOSED,
        CANCELLED,
        ALL;

        /** As parameters write it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean holds(Alert alert) {
            return switch (this) {
                case ALL -> true;
                case CLOSED, CANCELLED -> alert.getStatus().equals(name());
                case OPEN -> isOpen(alert);
            };
        }
    }

    /** Number of open alerts by severity; a severity without any is left out. */
    public Map<String, Long> openBySeverity() {
        Map<String, Long> open = new TreeMap<>();
        now(Status.OPEN).forEach(alert -> open.merge(alert.getSeverity(), 1L, Long::sum));
        return open;
    }

    /**
     * Alerts, those with the newest alarm day first.
     *
     * @param within only alerts of this jurisdiction and everything in it; null for all
     * @param at instant whose knowledge is asked for; null for now
     */
    public Found find(Status status, @Nullable String within, @Nullable Instant at, Paging paging) {
        List<Alert> found = at == null ? now(status) : then(status, at);
        found.removeIf(alert -> within != null && !jurisdictions.contains(within, alert.getJurisdictionId()));
        found.sort(NEWEST_FIRST);
        Page<Item> page = paging.of(found, Alert::getAlertId, this::item);
        return new Found(page.total(), page.next(), page.items());
    }

    /** Alerts in their latest version, those that changed last first; at most so many. */
    public List<KnownItem> latest(AlertFilter filter, int limit) {
        List<AlertVersions.Version> found = new ArrayList<>(AlertVersions.latest(stores.alertVersions()));
        found.addAll(AlertVersions.latest(stores.operationAlertVersions()));
        return found.stream()
                .filter(each -> filter.matches(jurisdictions, each.alert()))
                .sorted(Comparator.comparing(AlertVersions.Version::knownSince)
                        .reversed()
                        .thenComparing(each -> each.alert().getAlertId()))
                .limit(limit)
                .map(each -> new KnownItem(each.knownSince(), item(each.alert())))
                .toList();
    }

    private List<Alert> now(Status status) {
        List<Alert> found = new ArrayList<>();
        if (status == Status.OPEN && stores.hasCounts()) {
            // Of all alerts there ever were, few are open.
            var alerts = stores.alerts();
            try (var rows = stores.openAlerts().all()) {
                rows.forEachRemaining(row -> add(alerts.get(row.key), status, found));
            }
            add(alerts.range(null, BEFORE_DIVISIONS), status, found);
            add(alerts.range(BEHIND_DIVISIONS, null), status, found);
        } else {
            add(stores.alerts().all(), status, found);
        }
        add(stores.operationAlerts().all(), status, found);
        return found;
    }

    private static void add(KeyValueIterator<String, Alert> from, Status status, List<Alert> to) {
        try (from) {
            from.forEachRemaining(row -> add(row.value, status, to));
        }
    }

    private static void add(@Nullable Alert alert, Status status, List<Alert> to) {
        if (alert != null && status.holds(alert)) {
            to.add(alert);
        }
    }

    private List<Alert> then(Status status, Instant at) {
        List<Alert> found = new ArrayList<>(AlertVersions.at(stores.alertVersions(), at));
        found.addAll(AlertVersions.at(stores.operationAlertVersions(), at));
        found.removeIf(alert -> !status.holds(alert));
        return found;
    }

    /**
     * An alert with every version of it, the latest first; empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now. What was not known then is empty
     */
    public Optional<History> history(String id, @Nullable Instant at) {
        List<AlertVersions.Version> versions = AlertVersions.of(stores.alertVersions(), jurisdictionOf(id) + "|" + id);
        if (versions.isEmpty()) {
            versions = operationKey(id)
                    .map(key -> AlertVersions.of(stores.operationAlertVersions(), key))
                    .orElse(List.of());
        }
        List<KnownItem> items = new ArrayList<>();
        versions.stream()
                .filter(each -> at == null || !each.knownSince().isAfter(at))
                .forEach(each -> items.add(0, new KnownItem(each.knownSince(), item(each.alert()))));
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(new History(items.get(0).alert(), items));
    }

    /** The id of a surge or lull ends in that of its jurisdiction, which is its owner. */
    private String jurisdictionOf(String id) {
        for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
            String rest = id.substring(slash + 1);
            if (jurisdictions.find(rest).isPresent()) {
                return rest;
            }
        }
        return "";
    }

    /** The id of an operation's alert goes on behind that of the operation, which is its owner. */
    private Optional<String> operationKey(String id) {
        try (var rows = stores.operationAlerts().all()) {
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.value.getAlertId().equals(id)) {
                    return Optional.of(row.key);
                }
            }
        }
        return Optional.empty();
    }

    /** Up to three ids of alerts that an unknown one may have meant. */
    public List<String> nearest(String id) {
        record Near(int distance, String id) {}
        List<Near> near = new ArrayList<>();
        for (var store : List.of(stores.alerts(), stores.operationAlerts())) {
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> {
                    int distance = EditDistance.within(FARTHEST, id, row.value.getAlertId());
                    if (distance >= 0) {
                        near.add(new Near(distance, row.value.getAlertId()));
                    }
                });
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::id));
        return near.stream().limit(3).map(Near::id).toList();
    }

    private Item item(Alert alert) {
        return item(jurisdictions, alert);
    }

    /** An alert as answers show it. */
    public static Item item(Jurisdictions jurisdictions, Alert alert) {
        return new Item(
                alert.getAlertId(),
                alert.getVersion(),
                alert.getSupersedes(),
                alert.getStatus(),
                isOpen(alert),
                alert.getKind(),
                alert.getSeverity(),
                PlaceRef.of(jurisdictions, alert.getJurisdictionId()),
                alert.getOperationId(),
                alert.getSourceId(),
                alert.getDetector(),
                alert.getFirstDay(),
                alert.getLastDay(),
                alert.getWindowDays(),
                alert.getClosedDay(),
                alert.getObserved(),
                alert.getPeak(),
                alert.getExpected(),
                alert.getBound(),
                alert.getBaselineDays(),
                alert.getPValue(),
                alert.getRecurrenceWeeks(),
                alert.getScore(),
                alert.getReason(),
                alert.getEvidence().stream()
                        .map(each -> new Evidence(
                                each.getCaseId(),
                                each.getOperationId(),
                                each.getReleaseId(),
                                each.getUrl(),
                                each.getTitle(),
                                each.getArrests(),
                                each.getSentence()))
                        .toList());
    }

    private static boolean isOpen(Alert alert) {
        return alert.getStatus().equals("OPENED") || alert.getStatus().equals("UPDATED");
    }

    /**
     * Some alerts.
     *
     * @param total how many there are
     * @param next cursor of the next page; null on the last
     */
    public record Found(int total, @Nullable String next, List<Item> items) {}

    /**
     * An alert in its latest version, or in that of an instant.
     *
     * @param status OPENED, UPDATED, CLOSED or CANCELLED
     * @param supersedes version that this one replaces; null for the first
     * @param kind SURGE, LULL, OPERATION_PLANNED, OPERATION_LAUNCHED, OPERATION_SPREAD, OPERATION_STEP,
     *     OPERATION_SURGE, OPERATION_CONCLUDED, SOURCE_SILENT or SOURCE_RESTAMPED
     * @param severity INFO, MINOR, MODERATE, SEVERE or EXTREME
     * @param operationId operation it is about; null for other kinds
     * @param sourceId source it is about; null for other kinds
     * @param firstDay first day of its window
     * @param lastDay last day of its window
     * @param windowDays days from first to last day
     * @param closedDay null while it is open
     * @param observed announced arrests from first to last day
     * @param peak announced arrests of the highest day
     * @param expected announced arrests expected from first to last day
     * @param bound surge: largest number of the first day that is none; lull: smallest number that is none
     * @param baselineDays days of history that the expectation rests on
     * @param pValue probability of as unusual a day by chance; null for an operation or source
     * @param recurrenceWeeks chance alone does that once in so many weeks; null for an operation or source
     * @param score -log10 of the p-value
     * @param reason one plain sentence
     * @param evidence the releases it rests on, largest first
     */
    public record Item(
            String id,
            int version,
            @Nullable Integer supersedes,
            String status,
            boolean open,
            String kind,
            String severity,
            PlaceRef jurisdiction,
            @Nullable String operationId,
            @Nullable String sourceId,
            String detector,
            LocalDate firstDay,
            LocalDate lastDay,
            int windowDays,
            @Nullable LocalDate closedDay,
            long observed,
            long peak,
            double expected,
            double bound,
            int baselineDays,
            @Nullable Double pValue,
            @Nullable Double recurrenceWeeks,
            double score,
            String reason,
            List<Evidence> evidence) {}

    /**
     * An alert and how it came to say what it says.
     *
     * @param alert its latest version
     * @param versions every version, the latest first
     */
    public record History(Item alert, List<KnownItem> versions) {}

    /** A version of an alert, and the instant since when it is known. */
    public record KnownItem(Instant knownSince, Item alert) {}

    /**
     * A release that an alert rests on.
     *
     * @param operationId operation its case belongs to; null for none
     * @param best announced arrests it adds
     * @param sentence the clause the number was read from; empty where it is a sum of parts
     */
    public record Evidence(
            String caseId,
            @Nullable String operationId,
            String releaseId,
            String url,
            String title,
            long best,
            String sentence) {}
}
