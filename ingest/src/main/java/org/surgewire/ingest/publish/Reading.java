package org.surgewire.ingest.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.surgewire.schemas.ArrestAnnouncement;

/**
 * What was read from a text, whatever revision it was read for: equal where a reader of the announcement sees no
 * difference.
 *
 * @param hash of kind, title, operation, period, claims and flags
 */
record Reading(String hash) {
    static Reading of(ArrestAnnouncement announcement) {
        String all = String.join(
                "\0",
                announcement.getKind(),
                announcement.getTitle(),
                String.valueOf(announcement.getOperation()),
                String.valueOf(announcement.getPeriod()),
                announcement.getClaims().toString(),
                announcement.getFlags().toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return new Reading(HexFormat.of().formatHex(hash, 0, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
