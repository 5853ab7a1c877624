package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertVersions;

/** Alerts: surges, lulls and news of operations. */
public final class AlertQueries {
    private static final Comparator<Alert> NEWEST_FIRST = Comparator.comparing(Alert::getLastDay)
            .thenComparing(Alert::getFirstDay)
            .thenComparingDouble(Alert::getScore)
            .reversed()
            .thenComparing(Alert::getAlertId);

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

    /**
     * Alerts, those with the newest alarm day first.
     *
     * @param within only alerts of this jurisdiction and everything in it; null for all
     * @param at instant whose knowledge is asked for; null for now
     */
    public Found find(Status status, @Nullable String within, @Nullable Instant at, int limit) {
        List<Alert> found = new ArrayList<>();
        if (at == null) {
            for (var store : List.of(stores.alerts(), stores.operationAlerts())) {
                try (var rows = store.all()) {
                    rows.forEachRemaining(row -> found.add(row.value));
                }
            }
        } else {
            found.addAll(AlertVersions.at(stores.alertVersions(), at));
            found.addAll(AlertVersions.at(stores.operationAlertVersions(), at));
        }
        found.removeIf(alert ->
                !status.holds(alert) || (within != null && !jurisdictions.contains(within, alert.getJurisdictionId())));
        found.sort(NEWEST_FIRST);
        return new Found(
                found.size(), found.stream().limit(limit).map(this::item).toList());
    }

    private Item item(Alert alert) {
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
     * @param total how many there are, of which {@code items} are the first
     */
    public record Found(int total, List<Item> items) {}

    /**
     * An alert in its latest version, or in that of an instant.
     *
     * @param status OPENED, UPDATED, CLOSED or CANCELLED
     * @param supersedes version that this one replaces; null for the first
     * @param kind SURGE, LULL, OPERATION_PLANNED, OPERATION_LAUNCHED, OPERATION_SPREAD, OPERATION_STEP,
     *     OPERATION_SURGE or OPERATION_CONCLUDED
     * @param severity INFO, MINOR, MODERATE, SEVERE or EXTREME
     * @param operationId operation it is about; null for a surge or lull
     * @param firstDay first day of its window
     * @param lastDay last day of its window
     * @param windowDays days from first to last day
     * @param closedDay null while it is open
     * @param observed announced arrests from first to last day
     * @param peak announced arrests of the highest day
     * @param expected announced arrests expected from first to last day
     * @param bound surge: largest number of the first day that is none; lull: smallest number that is none
     * @param baselineDays days of history that the expectation rests on
     * @param pValue probability of as unusual a day by chance; null for an operation
     * @param recurrenceWeeks chance alone does that once in so many weeks; null for an operation
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
