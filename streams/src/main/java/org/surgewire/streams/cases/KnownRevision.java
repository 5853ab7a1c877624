package org.surgewire.streams.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.coverage.SourceDays;

/**
 * A revision in the order in which revisions became known: a row of {@link CaseNames#KNOWN}.
 *
 * @param since the instant since when it is known
 * @param sourceId source that delivered it
 * @param covers what the source covers as far as this revision says; empty where it says nothing
 */
record KnownRevision(
        Instant since, String releaseId, int revision, LocalDate publishedDay, String covers, String sourceId) {

    static KnownRevision of(ArrestAnnouncement announcement, PublisherFamilies families, Jurisdictions jurisdictions) {
        return new KnownRevision(
                since(announcement),
                announcement.getReleaseId(),
                announcement.getRevision(),
                announcement.getPublishedDay(),
                covers(announcement, families, jurisdictions),
                announcement.getSourceId());
    }

    /** When a revision was read, or when it was published where nobody says. */
    static Instant since(ArrestAnnouncement announcement) {
        return Objects.requireNonNullElse(announcement.getKnownSince(), announcement.getPublished());
    }

    /** A federal publisher tells of the whole country; another one of the places that it names. */
    private static String covers(
            ArrestAnnouncement announcement, PublisherFamilies families, Jurisdictions jurisdictions) {
        if (families.isFederal(announcement.getPublisher())) {
            return Jurisdictions.COUNTRY;
        }
        List<String> named = Telling.of(announcement).stream()
                .flatMap(telling -> telling.announcement().getClaims().stream())
                .filter(claim -> claim.getPlace() != null)
                .map(Claim::getJurisdictionId)
                .toList();
        return named.isEmpty() ? "" : jurisdictions.lowestContaining(named).id();
    }

    static KnownRevision of(String key, String value) {
        String[] keys = key.split("\\|", -1);
        String[] values = value.split("\\|", 3);
        return new KnownRevision(
                Instant.ofEpochMilli(Long.parseLong(keys[0])),
                keys[1],
                Integer.parseInt(keys[2]),
                LocalDate.parse(values[0]),
                values[1],
                values[2]);
    }

    /** In the order of instants; before 1970 nothing was known. */
    String key() {
        return from(since) + releaseId + "|" + revision;
    }

    String value() {
        return publishedDay + "|" + covers + "|" + sourceId;
    }

    /** Where the keys of an instant begin. */
    static String from(Instant instant) {
        return String.format(Locale.ROOT, "%015d|", Math.max(0, instant.toEpochMilli()));
    }

    /** What is known of its source with this revision. */
    SourceDays with(SourceDays known, Jurisdictions jurisdictions) {
        String all = known.getJurisdictionId();
        return new SourceDays(
                publishedDay.isBefore(known.getFirstDay()) ? publishedDay : known.getFirstDay(),
                publishedDay.isAfter(known.getLastDay()) ? publishedDay : known.getLastDay(),
                all.isEmpty() || covers.isEmpty()
                        ? all + covers
                        : jurisdictions.lowestContaining(List.of(all, covers)).id());
    }

    /** What is known of its source with this revision alone. */
    SourceDays alone() {
        return new SourceDays(publishedDay, publishedDay, covers);
    }
}
