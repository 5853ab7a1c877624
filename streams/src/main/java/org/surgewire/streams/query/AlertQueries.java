package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** Surge alerts. */
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
     */
    public Found find(Status status, @Nullable String within, int limit) {
        List<Alert> found = new ArrayList<>();
        try (var rows = stores.alerts().get().all()) {
            rows.forEachRemaining(row -> {
                if (status.holds(row.value)
                        && (within == null || jurisdictions.contains(within, row.value.getJurisdictionId()))) {
                    found.add(row.value);
                }
            });
        }
        found.sort(NEWEST_FIRST);
        return new Found(
                found.size(), found.stream().limit(limit).map(this::item).toList());
    }

    private Item item(Alert alert) {
        return new Item(
                alert.getAlertId(),
                alert.getVersion(),
                alert.getStatus(),
                isOpen(alert),
                alert.getKind(),
                alert.getSeverity(),
                PlaceRef.of(jurisdictions, alert.getJurisdictionId()),
                alert.getDetector(),
                alert.getFirstDay(),
                alert.getLastDay(),
                alert.getClosedDay(),
                alert.getObserved(),
                alert.getPeak(),
                alert.getExpected(),
                alert.getBound(),
                alert.getScore(),
                alert.getReason(),
                alert.getEvidence().stream()
                        .map(each -> new Evidence(
                                each.getCaseId(),
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
     * An alert in its latest version.
     *
     * @param status OPENED, UPDATED, CLOSED or CANCELLED
     * @param severity MINOR, MODERATE, SEVERE or EXTREME
     * @param firstDay first day above the bound
     * @param lastDay latest day above the bound
     * @param closedDay null while it is open
     * @param observed announced arrests from first to last day
     * @param peak announced arrests of the highest day
     * @param expected baseline mean a day before the first day
     * @param bound number that the first day had to exceed
     * @param score distance from the baseline in standard deviations, highest day
     * @param reason one plain sentence
     * @param evidence the releases it rests on, largest first
     */
    public record Item(
            String id,
            int version,
            String status,
            boolean open,
            String kind,
            String severity,
            PlaceRef jurisdiction,
            String detector,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable LocalDate closedDay,
            long observed,
            long peak,
            double expected,
            double bound,
            double score,
            String reason,
            List<Evidence> evidence) {}

    /**
     * A release that an alert rests on.
     *
     * @param best announced arrests it adds
     * @param sentence the clause the number was read from; empty where it is a sum of parts
     */
    public record Evidence(String caseId, String releaseId, String url, String title, long best, String sentence) {}
}
