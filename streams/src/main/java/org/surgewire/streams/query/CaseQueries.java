package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseCount;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.CaseHistory;

/** Cases: the events behind the numbers, with every announcement and the sentence each number was read from. */
public final class CaseQueries {
    private static final int FARTHEST = 4;
    private static final int MOST_READ = 1000;

    private final Stores stores;
    private final Jurisdictions jurisdictions;

    public CaseQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
    }

    /**
     * One case; without announcements where it has been withdrawn. Empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now. What was not known then is empty
     */
    public Optional<Item> find(String id, @Nullable Instant at) {
        if (at == null) {
            var announcements = stores.announcements();
            return Optional.ofNullable(stores.cases().get(id)).map(found -> item(found, announcements::get));
        }
        CaseHistory history = stores.history(jurisdictions);
        return history.find(id, at).map(found -> item(found, releaseId -> history.announcement(releaseId, at)));
    }

    /** Up to three ids of cases that an unknown one may have meant, among those that begin as it does. */
    public List<String> nearest(String id) {
        record Near(int distance, String id) {}
        String start = id.substring(0, id.length() * 3 / 4);
        List<Near> near = new ArrayList<>();
        if (start.isEmpty()) {
            return List.of();
        }
        try (var rows = stores.cases().range(start, start + "\uffff")) {
            for (int read = 0; rows.hasNext() && read < MOST_READ; read++) {
                String other = rows.next().key;
                int distance =
                        EditDistance.within(FARTHEST, id.substring(start.length()), other.substring(start.length()));
                if (distance >= 0) {
                    near.add(new Near(distance, other));
                }
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::id));
        return near.stream().limit(3).map(Near::id).toList();
    }

    private Item item(Case of, Function<String, @Nullable ArrestAnnouncement> announcements) {
        var period = of.getPeriod();
        return new Item(
                of.getCaseId(),
                of.getAnnouncements().isEmpty(),
                of.getKind(),
                of.getFirstDay(),
                of.getLastDay(),
                of.getOperationId(),
                of.getOperationName(),
                of.getOperationPhase(),
                period == null ? null : period.getStart(),
                period == null ? null : period.getEnd(),
                of.getFlags(),
                of.getCounts().stream().map(this::count).toList(),
                of.getAnnouncements().stream()
                        .map(each -> announcement(each, announcements.apply(each.getReleaseId())))
                        .toList());
    }

    private Count count(CaseCount of) {
        var evidence = of.getEvidence();
        return new Count(
                PlaceRef.of(jurisdictions, of.getJurisdictionId()),
                of.getLow(),
                of.getBest(),
                of.getHigh(),
                of.getReleaseId(),
                evidence == null ? null : evidence.getSentence(),
                of.getConflicts());
    }

    private Announcement announcement(CaseAnnouncement of, @Nullable ArrestAnnouncement read) {
        return new Announcement(
                of.getReleaseId(),
                of.getRevision(),
                of.getSourceId(),
                of.getPublisher(),
                of.getUrl(),
                of.getTitle(),
                of.getPublishedDay(),
                of.getPhase(),
                of.getAddsLow(),
                of.getAdds(),
                of.getAddsHigh(),
                of.getLinkReason(),
                read == null
                        ? List.of()
                        : claims(read, of.getEvent()).stream().map(this::stated).toList());
    }

    /** What the announcement states of the case's event; nothing where a later revision tells of fewer events. */
    private static List<Claim> claims(ArrestAnnouncement read, int event) {
        var further = read.getFurtherEvents();
        return event == 1
                ? read.getClaims()
                : event - 2 < further.size() ? further.get(event - 2).getClaims() : List.of();
    }

    private Stated stated(Claim of) {
        var evidence = of.getEvidence();
        return new Stated(
                of.getClaimId(),
                of.getRole(),
                PlaceRef.of(jurisdictions, of.getJurisdictionId()),
                of.getPlace(),
                of.getLow(),
                of.getBest(),
                of.getHigh(),
                of.getQualifier(),
                of.getUnit(),
                of.getKind(),
                evidence == null ? null : evidence.getSentence(),
                evidence == null ? null : evidence.getRule(),
                evidence == null ? null : evidence.getConfidence());
    }

    /**
     * One enforcement event.
     *
     * @param withdrawn whether nothing is left of it
     * @param kind kind of its announcements
     * @param firstDay publication day of its first announcement
     * @param lastDay publication day of its latest announcement
     * @param periodStart first day of the arrests; null where none is stated
     * @param periodEnd last day of the arrests; null where none is stated
     * @param flags what a careful reader should know
     * @param counts what it comes to in each jurisdiction, parents included
     */
    public record Item(
            String id,
            boolean withdrawn,
            String kind,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable String operationId,
            @Nullable String operationName,
            @Nullable String operationPhase,
            @Nullable LocalDate periodStart,
            @Nullable LocalDate periodEnd,
            List<String> flags,
            List<Count> counts,
            List<Announcement> announcements) {}

    /**
     * What a case comes to in one jurisdiction; null numbers are unknown.
     *
     * @param releaseId release whose statement decided the number; null where it is a sum of parts
     * @param sentence the clause it was read from; null where it is a sum of parts
     * @param conflicts statements that disagree
     */
    public record Count(
            PlaceRef jurisdiction,
            @Nullable Long low,
            @Nullable Long best,
            @Nullable Long high,
            @Nullable String releaseId,
            @Nullable String sentence,
            List<String> conflicts) {}

    /**
     * One announcement of a case.
     *
     * @param addsLow smallest number of persons it adds to the case; null, like the next two, where it states no number
     * @param linkReason why it belongs to the case
     * @param claims every number and place it states, counted or not, in the order of the text
     */
    public record Announcement(
            String releaseId,
            int revision,
            String sourceId,
            String publisher,
            String url,
            String title,
            LocalDate publishedDay,
            @Nullable String phase,
            @Nullable Long addsLow,
            @Nullable Long adds,
            @Nullable Long addsHigh,
            String linkReason,
            List<Stated> claims) {}

    /**
     * One number, or one place without a number, that a release states.
     *
     * @param place the place as the release writes it; null where it names none
     * @param sentence the clause it was read from; null where it follows from the publisher
     * @param rule the rule that read it
     * @param confidence the rule's confidence, 0 to 1
     */
    public record Stated(
            String claimId,
            String role,
            PlaceRef jurisdiction,
            @Nullable String place,
            @Nullable Long low,
            @Nullable Long best,
            @Nullable Long high,
            String qualifier,
            String unit,
            String kind,
            @Nullable String sentence,
            @Nullable String rule,
            @Nullable Double confidence) {}
}
