package org.surgewire.streams.alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Which alerts somebody wants to hear of.
 *
 * @param jurisdiction only of this one and everything in it; null for all
 * @param operation only about this operation, or resting on an event of it; null for all
 * @param severity only of this severity or a higher one, one of {@link #SEVERITIES}
 */
public record AlertFilter(@Nullable String jurisdiction, @Nullable String operation, String severity) {
    /** Lowest first. */
    public static final List<String> SEVERITIES = List.of("INFO", "MINOR", "MODERATE", "SEVERE", "EXTREME");

    /** Whether the alert is among them. A severity that is not known here counts as the highest. */
    public boolean matches(Jurisdictions jurisdictions, Alert alert) {
        int rank = SEVERITIES.indexOf(alert.getSeverity());
        return (rank < 0 || rank >= SEVERITIES.indexOf(severity))
                && (jurisdiction == null || jurisdictions.contains(jurisdiction, alert.getJurisdictionId()))
                && (operation == null
                        || operation.equals(alert.getOperationId())
                        || alert.getEvidence().stream().anyMatch(each -> operation.equals(each.getOperationId())));
    }
}
