package org.surgewire.ingest.publish;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.surgewire.ingest.extract.Announcement;
import org.surgewire.ingest.extract.Evidence;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.ingest.extract.Facts;
import org.surgewire.ingest.extract.Redaction;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/**
 * Turns the facts of a release into claims on jurisdictions.
 *
 * <p>A place's count belongs to the place. A place whose count is the total, and in which all other places lie, is the
 * total itself and no part of it; else the total belongs to the smallest jurisdiction that contains every place of
 * arrest. A single place without the total's count is an example: then nothing says where the total was, and it belongs
 * to the country. Thread-safe.
 */
public final class ClaimReader {
    /** Version of the rules; a change of it says that the same text may be read differently. */
    private static final String RULES = "2";

    /** Not "in a nationwide action": that may be a part of it. */
    private static final Pattern NATIONWIDE = Pattern.compile(
            "\\bnationwide\\b(?!\\s+\\p{L}*\\s*(action|effort|enforcement|initiative|operation|sweep|targeted))"
                    + "|\\b(across|throughout|in) the (country|nation|United States)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Flag of a release on which the rules failed: it has no claims until better rules read it again. */
    static final String UNREADABLE = "unreadable";

    private static final Logger LOG = LoggerFactory.getLogger(ClaimReader.class);

    private final Function<Announcement, Facts> extractor;
    private final Jurisdictions jurisdictions;

    public ClaimReader(Extractor extractor, Jurisdictions jurisdictions) {
        this(extractor::extract, jurisdictions);
    }

    ClaimReader(Function<Announcement, Facts> extractor, Jurisdictions jurisdictions) {
        this.extractor = extractor;
        this.jurisdictions = jurisdictions;
    }

    /** All claims of a revision; none when it was withdrawn, or when the rules fail on it, which a flag says. */
    public ArrestAnnouncement read(PressRelease release) {
        var announcement = ArrestAnnouncement.newBuilder()
                .setReleaseId(release.getReleaseId())
                .setSourceId(release.getSourceId())
                .setPublisher(release.getPublisher())
                .setUrl(release.getUrl())
                .setTitle(Redaction.title(release.getTitle()))
                .setPublished(release.getPublished())
                .setPublishedDay(release.getPublishedDay())
                .setRevision(release.getRevision())
                .setContentHash(release.getContentHash())
                .setWithdrawn(release.getWithdrawn())
                .setRules(RULES);
        if (release.getWithdrawn()) {
            return announcement.setKind("OTHER").build();
        }
        Facts facts;
        try {
            facts = extractor.apply(new Announcement(
                    release.getReleaseId(),
                    release.getPublisher(),
                    release.getPublishedDay(),
                    release.getTitle() + "\n" + release.getText()));
        } catch (RuntimeException | StackOverflowError e) {
            // One text must not end the reading of all others; the release is kept, and reextract reads it again.
            LOG.error("the rules fail on {}; it is published without claims", release.getUrl(), e);
            return announcement
                    .setKind("OTHER")
                    .setFlags(List.of(UNREADABLE))
                    .setFingerprint(MinHash.signature(release.getText()))
                    .build();
        }
        List<Facts> events = facts.events().isEmpty() ? List.of(facts) : facts.events();
        Facts first = events.get(0);
        List<Claim> claims = new Claims(first, lead(release), 0).all();
        List<FurtherEvent> further = new ArrayList<>();
        int ids = claims.size();
        for (Facts event : events.subList(1, events.size())) {
            List<Claim> own = new Claims(event, "", ids).all();
            ids += own.size();
            further.add(
                    new FurtherEvent(event.kind().name(), operation(event.operation()), period(event.period()), own));
        }
        return announcement
                .setKind(first.kind().name())
                .setOperation(operation(first.operation()))
                .setPeriod(period(first.period()))
                .setClaims(claims)
                .setFurtherEvents(further)
                .setFingerprint(MinHash.signature(release.getText()))
                .setFlags(events.stream()
                        .flatMap(event -> event.flags().stream())
                        .distinct()
                        .map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList())
                .build();
    }

    /** Title and first paragraph. */
    private static String lead(PressRelease release) {
        String text = release.getText();
        int end = text.indexOf('\n');
        return release.getTitle() + "\n" + (end < 0 ? text : text.substring(0, end));
    }

    private static @Nullable OperationMention operation(Facts.@Nullable Operation operation) {
        return operation == null
                ? null
                : new OperationMention(
                        operation.operationId(),
                        operation.name(),
                        operation.phase().name(),
                        operation.partOf(),
                        evidence(operation.evidence()));
    }

    private static @Nullable Period period(Facts.@Nullable Period period) {
        return period == null ? null : new Period(period.start(), period.end(), evidence(period.evidence()));
    }

    private static org.surgewire.schemas.Evidence evidence(Evidence evidence) {
        return new org.surgewire.schemas.Evidence(
                evidence.start(), evidence.end(), evidence.sentence(), evidence.rule(), evidence.confidence());
    }

    /** The claims of one event, in the order total, places, planned places, breakdown, other numbers. */
    private final class Claims {
        private final Facts facts;
        private final String lead;
        private final int before;
        private final List<Claim> claims = new ArrayList<>();

        /** @param before how many claims the events before have */
        Claims(Facts facts, String lead, int before) {
            this.facts = facts;
            this.lead = lead;
            this.before = before;
        }

        List<Claim> all() {
            Facts.Arrests total = facts.arrests();
            Set<String> named = new LinkedHashSet<>();
            facts.places().forEach(place -> named.add(at(place)));
            String scope = jurisdictions.lowestContaining(named).id();
            Facts.Place whole = null;
            String totalId = null;
            if (total != null) {
                whole = whole(total, scope);
                if (whole == null && facts.places().size() == 1) {
                    scope = Jurisdictions.COUNTRY;
                }
                var claim = add(scope, total.count(), total.evidence(), "TOTAL");
                claim.setKind(total.cumulative() ? "CUMULATIVE" : "PERIOD");
                claim.setClock(total.cumulative() ? Objects.requireNonNullElse(total.clock(), "operation") : null);
                claim.setPlace(whole == null ? nationwide() : whole.name());
                claim.setPlaceType(whole == null ? levelOf(scope) : typeOf(whole));
                totalId = claim.getClaimId();
            }
            for (Facts.Place place : facts.places()) {
                if (!place.equals(whole)) {
                    place(place, totalId, total != null && total.cumulative() ? total.clock() : null);
                }
            }
            for (Facts.Place place : facts.planned()) {
                place(place, null, null);
                claims.get(claims.size() - 1).setKind("PLANNED");
            }
            for (Facts.Place place : facts.about()) {
                if (!named.contains(at(place))) {
                    place(place, null, null);
                    claims.get(claims.size() - 1).setKind("NAMED");
                }
            }
            for (Facts.Share share : facts.breakdown()) {
                var claim = add(scope, share.count(), share.evidence(), "OTHER");
                claim.setKind("SUBSET");
                claim.setCategory(share.category());
                claim.setPartOf(totalId);
            }
            for (Facts.OtherNumber other : facts.others()) {
                var claim = add(scope, other.count(), other.evidence(), "OTHER");
                claim.setKind(other.kind().name());
                claim.setClock(other.clock());
                claim.setPlace(other.place());
            }
            return claims;
        }

        /** The place that the total is stated for; null where it is stated for several, or for none. */
        private Facts.@Nullable Place whole(Facts.Arrests total, String scope) {
            for (Facts.Place place : facts.places()) {
                Facts.Count count = place.count();
                if (count != null
                        && count.best() == total.count().best()
                        && at(place).equals(scope)) {
                    return place;
                }
            }
            return null;
        }

        /** "nationwide" where no place is named and the total is said to be the country's; else null. */
        private @Nullable String nationwide() {
            return facts.places().isEmpty() && NATIONWIDE.matcher(lead).find() ? "nationwide" : null;
        }

        private void place(Facts.Place place, @Nullable String totalId, @Nullable String clock) {
            var claim = add(at(place), place.count(), place.evidence(), "PART");
            claim.setKind(clock == null ? "PERIOD" : "CUMULATIVE");
            claim.setClock(clock);
            claim.setPlace(place.name());
            claim.setPlaceType(typeOf(place));
            claim.setCandidates(place.candidates());
            claim.setPartOf(totalId);
        }

        private Claim add(String jurisdictionId, Facts.@Nullable Count count, Evidence evidence, String role) {
            Long high = count == null ? null : count.high();
            Claim claim = Claim.newBuilder()
                    .setClaimId("c" + (before + claims.size() + 1))
                    .setRole(role)
                    .setJurisdictionId(jurisdictionId)
                    .setPlaceType(levelOf(jurisdictionId))
                    .setLow(count == null ? null : (Long) count.low())
                    .setBest(count == null ? null : (Long) count.best())
                    .setHigh(count == null ? null : high == null ? (Long) count.best() : high)
                    .setQualifier(count == null ? "EXACT" : count.qualifier().name())
                    .setUnit("persons")
                    .setKind("PERIOD")
                    .setEvidence(evidence(evidence))
                    .build();
            claims.add(claim);
            return claim;
        }

        /** The jurisdiction at which a place counts: its own, else the smallest known to contain it. */
        private String at(Facts.Place place) {
            String own = place.jurisdictionId();
            if (own != null && jurisdictions.find(own).isPresent()) {
                return jurisdictions.canonical(own);
            }
            if (!place.candidates().isEmpty()) {
                return jurisdictions.lowestContaining(place.candidates()).id();
            }
            String container = place.containedIn();
            return container != null && jurisdictions.find(container).isPresent()
                    ? jurisdictions.canonical(container)
                    : Jurisdictions.COUNTRY;
        }

        private static String typeOf(Facts.Place place) {
            return place.type().name().toLowerCase(Locale.ROOT);
        }

        private String levelOf(String jurisdictionId) {
            return switch (jurisdictions.get(jurisdictionId).level()) {
                case "place" -> "city";
                case "district", "territory" -> "state";
                default -> jurisdictions.get(jurisdictionId).level();
            };
        }
    }
}
