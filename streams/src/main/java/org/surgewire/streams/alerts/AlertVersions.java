package org.surgewire.streams.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.surgewire.schemas.Alert;

/**
 * Every version of every alert, with the instant since when it is known: that of the revision that brought it about. Keys
 * are those of the latest alerts, followed by the version and the instant.
 *
 * <p>A version tells of everything read before it. So it is known since the latest instant of all versions up to it; where
 * announcements are read in another order than that in which they became known, an alert is known later than it might be,
 * and never earlier.
 */
public final class AlertVersions {
    private AlertVersions() {}

    static String key(String latestKey, int version, long knownSince) {
        return String.format(Locale.ROOT, "%s|%06d|%015d", latestKey, version, Math.max(0, knownSince));
    }

    /** A version, and the instant since when it is known. */
    public record Version(Alert alert, Instant knownSince) {}

    /** The versions of one alert, the first one first; none for a key that no alert has. */
    public static List<Version> of(ReadOnlyKeyValueStore<String, Alert> versions, String latestKey) {
        List<Version> found = new ArrayList<>();
        long since = 0;
        try (var rows = versions.range(latestKey + "|", latestKey + "|~")) {
            while (rows.hasNext()) {
                var row = rows.next();
                since = Math.max(since, Long.parseLong(row.key.substring(row.key.lastIndexOf('|') + 1)));
                found.add(new Version(row.value, Instant.ofEpochMilli(since)));
            }
        }
        return found;
    }

    /** The alerts as they were at an instant, in no particular order. */
    public static Collection<Alert> at(ReadOnlyKeyValueStore<String, Alert> versions, Instant at) {
        Map<String, Alert> known = new LinkedHashMap<>();
        Map<String, Long> since = new LinkedHashMap<>();
        try (var rows = versions.all()) {
            while (rows.hasNext()) {
                var row = rows.next();
                int instant = row.key.lastIndexOf('|');
                String key = row.key.substring(0, row.key.lastIndexOf('|', instant - 1));
                long latest = since.merge(key, Long.valueOf(row.key.substring(instant + 1)), Math::max);
                if (latest <= at.toEpochMilli()) {
                    known.put(key, row.value);
                }
            }
        }
        return List.copyOf(known.values());
    }

    /** The latest version of every alert, in no particular order. */
    public static Collection<Version> latest(ReadOnlyKeyValueStore<String, Alert> versions) {
        Map<String, Version> latest = new LinkedHashMap<>();
        try (var rows = versions.all()) {
            while (rows.hasNext()) {
                var row = rows.next();
                int instant = row.key.lastIndexOf('|');
                Instant since = Instant.ofEpochMilli(Long.parseLong(row.key.substring(instant + 1)));
                latest.merge(
                        row.key.substring(0, row.key.lastIndexOf('|', instant - 1)),
                        new Version(row.value, since),
                        (before, next) -> before.knownSince().isAfter(next.knownSince())
                                ? new Version(next.alert(), before.knownSince())
                                : next);
            }
        }
        return latest.values();
    }
}
