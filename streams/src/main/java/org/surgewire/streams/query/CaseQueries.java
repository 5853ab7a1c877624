package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseCount;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.cases.CaseHistory;
import org.surgewire.streams.cases.CaseIndex;
import org.surgewire.streams.operations.OperationCourse;

/** Cases: the events behind the numbers, with every announcement and the sentence each number was read from. */
public final class CaseQueries {
    /** Kinds of cases. */
    public static final List<String> KINDS = List.of(
            "ARREST_RESULTS",
            "OPERATION_ONGOING",
            "OPERATION_PLANNED",
            "SINGLE_ARREST",
            "PROSECUTION",
            "STATISTICS",
            "REMOVAL",
            "POLICY_STATEMENT",
            "OTHER");

    private static final int FARTHEST = 4;
    private static final int MOST_READ = 1000;

    /** Of more days than these, and from elsewhere, reading all cases is quicker than finding those of the days. */
    private static final int FEW_DAYS = 366;

    private final Stores stores;
    private final Jurisdictions jurisdictions;

    public CaseQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
    }

    /**
     * Which cases.
     *
     * @param jurisdiction only cases with a number or a name of this jurisdiction; null for all
     * @param operation only cases of this operation; null for all
     * @param kind only cases of this kind; null for all
     * @param from first day; by default 27 days before {@code to}, of an operation the first known one
     * @param to last day; by default the last known one
     */
    public record Wanted(
            @Nullable String jurisdiction,
            @Nullable String operation,
            @Nullable String kind,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {

        private boolean holds(Case of) {
            return (kind == null || of.getKind().equals(kind))
                    && (operation == null || operation.equals(OperationCourse.operationOf(of)))
                    && (jurisdiction == null
                            || of.getCounts().stream()
                                    .anyMatch(each -> each.getJurisdictionId().equals(jurisdiction)));
        }
    }

    /**
     * Cases with an announcement on some days, the latest announced first; withdrawn ones are left out.
     *
     * @param at instant whose knowledge is asked for; null for now
     * @throws IllegalArgumentException when the days are out of order or more than {@link JurisdictionQueries#MOST_DAYS}
     * @throws java.time.format.DateTimeParseException when the cursor is of another list
     */
    public Found list(Wanted wanted, @Nullable Instant at, Paging paging) {
        DayLimits.refuse(wanted.from(), wanted.to());
        KnownDays known = known(at);
        DaysAsked days = days(wanted, known);
        LocalDate from = days.from();
        LocalDate to = days.to();
        var listed = new Listed(paging);
        if (from != null && to != null) {
            Consumer<Case> take = each -> {
                if (wanted.holds(each) && lastOf(each, from, to) != null) {
                    listed.add(each);
                }
            };
            if (at != null) {
                stores.history(jurisdictions).cases(at, take);
            } else if (wanted.operation() != null) {
                ofOperation(wanted.operation(), take);
            } else if (stores.hasCases() && to.toEpochDay() - from.toEpochDay() < FEW_DAYS) {
                published(from, to, take);
            } else {
                try (var rows = stores.cases().all()) {
                    rows.forEachRemaining(row -> take.accept(row.value));
                }
            }
        }
        return new Found(at, known, from, to, listed.total, listed.next(), listed.page(this::summary));
    }

    private @Nullable KnownDays known(@Nullable Instant at) {
        if (at == null) {
            return stores.known().orElse(null);
        }
        CaseHistory.Read read = stores.history(jurisdictions).read(at);
        LocalDate first = read.first();
        LocalDate last = read.last();
        return first == null || last == null ? null : new KnownDays(first, last);
    }

    /** An operation has few cases: all of them, unless days are asked for. */
    private static DaysAsked days(Wanted wanted, @Nullable KnownDays known) {
        return wanted.operation() != null && wanted.from() == null && wanted.to() == null && known != null
                ? new DaysAsked(known.first(), known.last())
                : DaysAsked.of(wanted.from(), wanted.to(), known);
    }

    private void ofOperation(String operation, Consumer<Case> take) {
        Operation found = stores.operations().get(operation);
        if (found != null) {
            var cases = stores.cases();
            found.getSteps().stream()
                    .map(OperationStep::getCaseId)
                    .distinct()
                    .map(cases::get)
                    .filter(Objects::nonNull)
                    .forEach(take);
        }
    }

    /** Reads what was published on these days and the cases of that, each once. */
    private void published(LocalDate from, LocalDate to, Consumer<Case> take) {
        CaseIndex index = stores.caseIndex();
        var cases = stores.cases();
        index.published(
                from, to, (releaseId, revision) -> index.casesOf(releaseId).forEach((event, caseId) -> {
                    Case of = cases.get(caseId);
                    CaseAnnouncement last = of == null ? null : lastOf(of, from, to);
                    boolean isIt = last != null
                            && last.getReleaseId().equals(releaseId)
                            && last.getRevision() == revision
                            && last.getEvent() == event;
                    if (of != null && isIt) {
                        take.accept(of);
                    }
                }));
    }

    private static @Nullable CaseAnnouncement lastOf(Case of, LocalDate from, LocalDate to) {
        CaseAnnouncement last = null;
        for (CaseAnnouncement each : of.getAnnouncements()) {
            if (!each.getPublishedDay().isBefore(from)
                    && !each.getPublishedDay().isAfter(to)) {
                last = each;
            }
        }
        return last;
    }

    /** The page of a list that is not kept: the cases behind the cursor that come first, and how many there are in all. */
    private static final class Listed {
        private static final Comparator<Case> LATEST_FIRST =
                Comparator.comparing(Case::getLastDay).reversed().thenComparing(Case::getCaseId);

        private final Paging paging;
        private final @Nullable LocalDate afterDay;
        private final String afterId;
        private final PriorityQueue<Case> first = new PriorityQueue<>(LATEST_FIRST.reversed());
        private int total;
        private int behind;

        Listed(Paging paging) {
            this.paging = paging;
            String[] after = paging.lastId().split("\\|", 2);
            this.afterDay = paging.position() == 0 ? null : LocalDate.parse(after[0]);
            this.afterId = after.length == 2 ? after[1] : "";
        }

        void add(Case of) {
            total++;
            if (isBehind(of)) {
                behind++;
                first.add(of);
                if (first.size() > paging.limit()) {
                    first.remove();
                }
            }
        }

        private boolean isBehind(Case of) {
            if (afterDay == null || of.getLastDay().isBefore(afterDay)) {
                return true;
            }
            return of.getLastDay().equals(afterDay) && of.getCaseId().compareTo(afterId) > 0;
        }

        @Nullable
        String next() {
            Case last = first.peek();
            return last == null || behind == first.size()
                    ? null
                    : Paging.cursor(paging.position() + first.size(), last.getLastDay() + "|" + last.getCaseId());
        }

        <R> List<R> page(Function<Case, R> shown) {
            return first.stream().sorted(LATEST_FIRST).map(shown).toList();
        }
    }

    /**
     * One case; without announcements where it has been withdrawn. Empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now. What was not known then is empty
     */
    public Optional<Item> find(String id, @Nullable Instant at) {
        if (at == null) {
            var announcements = stores.announcements();
            CaseIndex index = stores.caseIndex();
            return Optional.ofNullable(stores.cases().get(id))
                    .map(found -> item(found, announcements::get, index::casesOf));
        }
        CaseHistory history = stores.history(jurisdictions);
        List<Case> around = history.around(id, at);
        return around.stream()
                .filter(each -> each.getCaseId().equals(id))
                .findFirst()
                .map(found -> item(
                        found,
                        releaseId -> history.announcement(releaseId, at),
                        releaseId -> casesOf(releaseId, around)));
    }

    private static SortedMap<Integer, String> casesOf(String releaseId, List<Case> among) {
        SortedMap<Integer, String> cases = new TreeMap<>();
        for (Case of : among) {
            for (CaseAnnouncement each : of.getAnnouncements()) {
                if (each.getReleaseId().equals(releaseId)) {
                    cases.put(each.getEvent(), of.getCaseId());
                }
            }
        }
        return cases;
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

    private Item item(
            Case of,
            Function<String, @Nullable ArrestAnnouncement> announcements,
            Function<String, SortedMap<Integer, String>> casesOf) {
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
                        .map(each -> announcement(
                                each,
                                announcements.apply(each.getReleaseId()),
                                others(casesOf.apply(each.getReleaseId()), of.getCaseId())))
                        .toList());
    }

    private static List<OtherEvent> others(SortedMap<Integer, String> cases, String own) {
        return cases.entrySet().stream()
                .filter(each -> !each.getValue().equals(own))
                .map(each -> new OtherEvent(each.getKey(), each.getValue()))
                .toList();
    }

    private Summary summary(Case of) {
        var period = of.getPeriod();
        CaseAnnouncement first = of.getAnnouncements().get(0);
        return new Summary(
                of.getCaseId(),
                first.getTitle(),
                first.getPublisher(),
                first.getUrl(),
                of.getKind(),
                of.getFirstDay(),
                of.getLastDay(),
                of.getOperationId(),
                of.getOperationName(),
                period == null ? null : period.getStart(),
                period == null ? null : period.getEnd(),
                of.getFlags(),
                of.getAnnouncements().size(),
                of.getCounts().stream().map(this::count).toList());
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

    private Announcement announcement(CaseAnnouncement of, @Nullable ArrestAnnouncement read, List<OtherEvent> others) {
        return new Announcement(
                of.getReleaseId(),
                of.getEvent(),
                others,
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
     * A part of a list of cases.
     *
     * @param knownAt instant whose knowledge this is; null for now
     * @param known first and last publication day read so far; null when nothing has been read yet
     * @param from first day; null when nothing has been read and no day was asked for
     * @param total how many cases there are
     * @param next cursor of the next page; null on the last
     */
    public record Found(
            @Nullable Instant knownAt,
            @Nullable KnownDays known,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            int total,
            @Nullable String next,
            List<Summary> items) {}

    /**
     * A case in short; the fields as in {@link Item}.
     *
     * @param title title of its first announcement
     * @param publisher publisher of its first announcement
     * @param url where to read its first announcement
     * @param announcements how many announcements tell of it
     */
    public record Summary(
            String id,
            String title,
            String publisher,
            String url,
            String kind,
            LocalDate firstDay,
            LocalDate lastDay,
            @Nullable String operationId,
            @Nullable String operationName,
            @Nullable LocalDate periodStart,
            @Nullable LocalDate periodEnd,
            List<String> flags,
            int announcements,
            List<Count> counts) {}

    /** Another event of a release, and the case that it belongs to. */
    public record OtherEvent(int event, String caseId) {}

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
     * @param event which event of the release the case is, from 1
     * @param otherEvents the other events of the release that are other cases
     * @param addsLow smallest number of persons it adds to the case; null, like the next two, where it states no number
     * @param linkReason why it belongs to the case
     * @param claims every number and place it states, counted or not, in the order of the text
     */
    public record Announcement(
            String releaseId,
            int event,
            List<OtherEvent> otherEvents,
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
