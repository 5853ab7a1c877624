package org.surgewire.streams.deliveries;

import java.time.Instant;
import org.surgewire.schemas.Alert;

/** A version of an alert, and when the announcement that brought it about became known. */
record Dated(Alert alert, Instant at) {
    String id() {
        return alert.getAlertId();
    }

    /** Whether it is the same version of the same alert. */
    boolean isSameAs(Dated other) {
        return id().equals(other.id())
                && alert.getVersion() == other.alert.getVersion()
                && alert.getStatus().equals(other.alert.getStatus());
    }

    /** Whether nothing more is expected of it. */
    boolean isEnded() {
        return alert.getStatus().equals("CLOSED") || alert.getStatus().equals("CANCELLED");
    }
}
