package org.surgewire.ingest.extract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A release as it is read.
 *
 * @param id identity of the release
 * @param publisher who published it, as a name ("ICE", "Hillsborough County Sheriff's Office"); may be empty
 * @param published day of publication; missing years and weekdays are resolved against it, and stay unresolved without
 * @param text the whole text; its first line is the title
 */
public record Announcement(String id, String publisher, @Nullable LocalDate published, String text) {
    /** The same release with another text. */
    Announcement with(String other) {
        return new Announcement(id, publisher, published, other);
    }
}
