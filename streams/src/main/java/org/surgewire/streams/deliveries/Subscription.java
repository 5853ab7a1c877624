package org.surgewire.streams.deliveries;

import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.alerts.AlertFilter;

/**
 * Who is told of which alerts, and when.
 *
 * @param id stable name; what was delivered is kept under it
 * @param target where it goes
 * @param filter which alerts
 * @param daily when the day's alerts are sent together; null for each at once
 */
record Subscription(String id, Target target, AlertFilter filter, @Nullable Daily daily) {
    /** Where alerts go. */
    sealed interface Target permits Webhook, Mail {}

    /**
     * An HTTP endpoint that takes signed messages as Standard Webhooks has them.
     *
     * @param secrets keys of the signatures: each message is signed with all of them
     * @param isPrivate whether it may lie in the operator's own network, and be reached without TLS
     */
    record Webhook(URI url, List<byte[]> secrets, boolean isPrivate) implements Target {
        /** Without the secrets. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** An address of e-mail. */
    record Mail(String address) implements Target {}

    /** An hour of every day in a time zone; one that a change of clocks leaves out moves as the clock does. */
    record Daily(LocalTime at, ZoneId zone) {
        /** The latest such hour that is not after an instant. */
        Instant latest(Instant now) {
            ZonedDateTime today = now.atZone(zone);
            ZonedDateTime hour = today.toLocalDate().atTime(at).atZone(zone);
            return (hour.toInstant().isAfter(now)
                            ? today.toLocalDate().minusDays(1).atTime(at).atZone(zone)
                            : hour)
                    .toInstant();
        }
    }
}
