package org.surgewire.ingest.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a release as a source delivers it.
 *
 * @param source id of the source
 * @param publisher publisher as the source names it
 * @param url canonical URL, see {@link CanonicalUrl}
 * @param title one line
 * @param text body without the title
 * @param publishedDay publication day in the publisher's time zone
 * @param publishedAt publication instant; null where only the day is known
 * @param updated update time as the source states it; null where it states none
 * @param withdrawn whether the publisher withdrew it
 */
public record Release(
        String source,
        String publisher,
        String url,
        String title,
        String text,
        LocalDate publishedDay,
        @Nullable Instant publishedAt,
        @Nullable Instant updated,
        boolean withdrawn) {

    /** Identity across revisions and sources: the first 80 bits of the SHA-256 of the URL without its scheme. */
    public String releaseId() {
        return idOf(url);
    }

    /** Identity of the release at a canonical URL. */
    public static String idOf(String url) {
        return hex(sha256(url.substring(url.indexOf("://") + 3))).substring(0, 20);
    }

    /**
     * SHA-256 of what makes a revision: title, text, publication day and withdrawal. Source, update time and the time of
     * day are left out, since feeds differ in them without any change.
     */
    public String contentHash() {
        return hex(sha256(String.join("\0", title, text, publishedDay.toString(), Boolean.toString(withdrawn))));
    }

    /** Publication time; noon of the publication day in the given zone where only the day is known. */
    public Instant published(ZoneId zone) {
        return publishedAt == null
                ? publishedDay.atTime(LocalTime.NOON).atZone(zone).toInstant()
                : publishedAt;
    }

    /**
     * Since when a revision that stands in a file counts as known: as if it had been read when it was published, a later
     * revision when the source says it was updated.
     *
     * @param revised whether there was a revision before
     */
    public Instant knownSince(ZoneId zone, boolean revised) {
        Instant since = published(zone);
        return revised && updated != null && updated.isAfter(since) ? updated : since;
    }

    private static byte[] sha256(String of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
