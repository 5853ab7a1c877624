package org.surgewire.ingest.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry as a source lists it.
 *
 * @param url address of the release's own page, absolute, as the source writes it
 * @param guid the source's id of it that outlives a changed title; null where it gives none, or one that several share
 * @param version the source's id of this version of it; null where it gives none
 * @param publisher who published it; null where the entry does not say
 * @param title one line
 * @param text plain text, a line a paragraph; empty where the entry has none
 * @param published null where the source gives no date that can be believed
 * @param updated when the source says it changed; null where it does not, or says the same of everything
 * @param partial whether the text is known to be no more than a beginning
 * @param withdrawn whether the entry itself says that the release was withdrawn
 */
public record Item(
        String url,
        @Nullable String guid,
        @Nullable String version,
        @Nullable String publisher,
        String title,
        String text,
        @Nullable Dated published,
        @Nullable Instant updated,
        boolean partial,
        boolean withdrawn) {

    Item withDates(@Nullable Dated newPublished, @Nullable Instant newUpdated) {
        return new Item(url, guid, version, publisher, title, text, newPublished, newUpdated, partial, withdrawn);
    }

    Item withoutGuid() {
        return new Item(url, null, version, publisher, title, text, published, updated, partial, withdrawn);
    }
}
