package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * An announcement as the story of an event: when, where, which operation, how many. An announcement that tells of several
 * events is several tellings, each as if the release told of that event alone.
 *
 * <p>Only persons arrested in the release's own period count: goals, rates, subsets, other periods, charges and detainers
 * do not, nor does the long-run statistic of an agency, whose arrests were announced one by one before.
 */
final class Telling {
    /** A statistic over more days than this repeats arrests that were announced before. */
    static final long LONGEST_COUNTED_STATISTIC_DAYS = 31;

    private static final Set<String> COUNTED_KINDS =
            Set.of("ARREST_RESULTS", "OPERATION_ONGOING", "SINGLE_ARREST", "STATISTICS");
    private static final Set<String> COUNTED_CLAIMS = Set.of("PERIOD", "INCREMENT", "CUMULATIVE");

    private static final Set<String> GOALS = Set.of("GOAL", "RATE");

    /** Between the release id and the number of a further event; no part of a release id. */
    private static final char EVENT = '~';

    private final ArrestAnnouncement announcement;
    private final int event;
    private final boolean oneOfSeveral;
    private final @Nullable Claim sum;
    private final Set<String> namedBefore;
    private final List<Claim> counted;
    private final @Nullable Claim total;
    private final Set<Place> places;
    private final boolean placed;

    /**
     * @param announcement the event, with what all events of the release have in common
     * @param event its number, from 1
     * @param oneOfSeveral whether the release tells of other events too
     * @param sum what the release states as the sum of its events; null where it states none
     * @param namedBefore jurisdictions that earlier events of the release name
     */
    private Telling(
            ArrestAnnouncement announcement,
            int event,
            boolean oneOfSeveral,
            @Nullable Claim sum,
            Set<String> namedBefore) {
        this.announcement = announcement;
        this.event = event;
        this.oneOfSeveral = oneOfSeveral;
        this.sum = sum;
        this.namedBefore = namedBefore;
        this.counted = counted(announcement);
        this.total = counted.stream()
                .filter(claim -> claim.getRole().equals("TOTAL"))
                .findFirst()
                .orElse(null);
        this.places = places(announcement);
        this.placed = announcement.getClaims().stream()
                .anyMatch(claim -> claim.getPlace() != null && !claim.getRole().equals("OTHER"));
    }

    /** The events of an announcement, in the order of the text; one for most. */
    static List<Telling> of(ArrestAnnouncement announcement) {
        Set<String> named = new TreeSet<>();
        List<Telling> tellings = new ArrayList<>();
        Claim sum = announcement.getClaims().stream()
                .filter(claim -> claim.getKind().equals("SUM_OF_EVENTS"))
                .findFirst()
                .orElse(null);
        List<ArrestAnnouncement> events = events(announcement);
        for (ArrestAnnouncement event : events) {
            var telling = new Telling(event, tellings.size() + 1, events.size() > 1, sum, Set.copyOf(named));
            named.addAll(telling.named());
            tellings.add(telling);
        }
        return tellings;
    }

    private static List<ArrestAnnouncement> events(ArrestAnnouncement announcement) {
        if (announcement.getFurtherEvents().isEmpty()) {
            return List.of(announcement);
        }
        List<ArrestAnnouncement> events = new ArrayList<>();
        events.add(ArrestAnnouncement.newBuilder(announcement)
                .setFurtherEvents(List.of())
                .build());
        for (FurtherEvent further : announcement.getFurtherEvents()) {
            events.add(ArrestAnnouncement.newBuilder(events.get(0))
                    .setKind(further.getKind())
                    .setOperation(further.getOperation())
                    .setPeriod(further.getPeriod())
                    .setClaims(further.getClaims())
                    .build());
        }
        return events;
    }

    /** Ids of the events of an announcement. */
    static List<String> ids(ArrestAnnouncement announcement) {
        return IntStream.rangeClosed(1, announcement.getFurtherEvents().size() + 1)
                .mapToObj(event -> idOf(announcement.getReleaseId(), event))
                .toList();
    }

    /** Id of an event: the release id, for a further event with its number. */
    static String idOf(String releaseId, int event) {
        return event == 1 ? releaseId : releaseId + EVENT + event;
    }

    /** The release of an event. */
    static String releaseOf(String id) {
        int event = id.indexOf(EVENT);
        return event < 0 ? id : id.substring(0, event);
    }

    private static List<Claim> counted(ArrestAnnouncement announcement) {
        if (!COUNTED_KINDS.contains(announcement.getKind()) || isLongStatistic(announcement)) {
            return List.of();
        }
        List<Claim> counted = announcement.getClaims().stream()
                .filter(claim -> claim.getBest() != null
                        && claim.getUnit().equals("persons")
                        && COUNTED_CLAIMS.contains(claim.getKind())
                        && !claim.getRole().equals("OTHER"))
                .toList();
        return counted.stream()
                .filter(claim -> !isWholeToldAsPart(claim, counted))
                .toList();
    }

    /**
     * Whether a part has the number of the whole and others outside it have a number too: "58 in the Northwest: 37 in
     * Washington and 21 in Oregon". With others outside it no part can have all of them.
     */
    private static boolean isWholeToldAsPart(Claim part, List<Claim> counted) {
        if (!part.getRole().equals("PART")) {
            return false;
        }
        boolean isWhole = false;
        boolean hasOthers = false;
        for (Claim other : counted) {
            isWhole |= other.getRole().equals("TOTAL") && other.getBest().equals(part.getBest());
            hasOthers |= other.getRole().equals("PART")
                    && other.getBest() > 0
                    && !isWithin(
                            Place.of(other).jurisdictionId(), Place.of(part).jurisdictionId());
        }
        return isWhole && hasOthers;
    }

    private static boolean isWithin(String id, String around) {
        return id.equals(around) || id.startsWith(around + "/");
    }

    /** Whether all that is said of persons is what is to be reached: a goal, or so many a day. */
    private static boolean tellsOfGoalsOnly(ArrestAnnouncement announcement) {
        List<Claim> persons = announcement.getClaims().stream()
                .filter(claim -> claim.getBest() != null && claim.getUnit().equals("persons"))
                .toList();
        return persons.stream().anyMatch(claim -> claim.getKind().equals("GOAL"))
                && persons.stream().allMatch(claim -> GOALS.contains(claim.getKind()));
    }

    private static boolean isLongStatistic(ArrestAnnouncement announcement) {
        if (!announcement.getKind().equals("STATISTICS")) {
            return false;
        }
        Period period = announcement.getPeriod();
        return period == null
                || period.getStart() == null
                || period.getEnd() == null
                || period.getEnd().toEpochDay() - period.getStart().toEpochDay() >= LONGEST_COUNTED_STATISTIC_DAYS;
    }

    /** The places named; where only a total without a place is stated, the jurisdiction of the total. */
    private static Set<Place> places(ArrestAnnouncement announcement) {
        Set<Place> named = new LinkedHashSet<>();
        Set<Place> unnamed = new LinkedHashSet<>();
        for (Claim claim : announcement.getClaims()) {
            boolean placed = claim.getPlace() != null && claim.getRole().equals("TOTAL");
            if (placed || claim.getRole().equals("PART")) {
                named.add(Place.of(claim));
            } else if (claim.getRole().equals("TOTAL")) {
                unnamed.add(Place.of(claim));
            }
        }
        return named.isEmpty() ? unnamed : named;
    }

    /** What the release states of this event. */
    ArrestAnnouncement announcement() {
        return announcement;
    }

    /** Distinguishes it from all other tellings, those of the same release too. */
    String id() {
        return idOf(releaseId(), event);
    }

    /** Whether the release tells of other events too, as a round-up does. */
    boolean isOneOfSeveral() {
        return oneOfSeveral;
    }

    /** What its release states as the sum of all its events; null where it states none. */
    @Nullable
    Claim sum() {
        return sum;
    }

    /** Its number in the release, from 1. */
    int event() {
        return event;
    }

    String releaseId() {
        return announcement.getReleaseId();
    }

    LocalDate day() {
        return announcement.getPublishedDay();
    }

    /** Whether arrests happened: a plan, a goal, a charge and the statistic of a year are announcements, but no event. */
    boolean isOfAnEvent() {
        return !counted.isEmpty()
                || (COUNTED_KINDS.contains(announcement.getKind())
                        && !announcement.getKind().equals("STATISTICS")
                        && !tellsOfGoalsOnly(announcement));
    }

    /** Claims that count, in the order of the announcement. */
    List<Claim> counted() {
        return counted;
    }

    /** The total that counts; null where only parts or nothing is stated. */
    @Nullable
    Claim total() {
        return total;
    }

    Set<Place> places() {
        return places;
    }

    /** Ids of the jurisdictions of its claims, without those that contain them; the country where it has none. */
    Set<String> named() {
        Set<String> ids = new TreeSet<>();
        for (Claim claim : announcement.getClaims()) {
            if (!claim.getRole().equals("OTHER")) {
                ids.add(Place.of(claim).jurisdictionId());
            }
        }
        return ids.isEmpty() ? Set.of(Jurisdictions.COUNTRY) : ids;
    }

    /** Whether an earlier event of the release names a jurisdiction too, so that the release counts there already. */
    boolean isNamedBefore(String jurisdictionId, Jurisdictions jurisdictions) {
        return namedBefore.stream().anyMatch(id -> jurisdictions.contains(jurisdictionId, id));
    }

    /** Whether a place is named at all; without one the arrests count for the country, wherever they were. */
    boolean isPlaced() {
        return placed;
    }

    /** Places in which other places of this announcement lie, and places without any inside: what it is about. */
    Set<Place> outermost(Jurisdictions jurisdictions) {
        Set<Place> outermost = new LinkedHashSet<>();
        for (Place place : places) {
            if (places.stream().noneMatch(other -> !other.equals(place) && other.contains(place, jurisdictions))) {
                outermost.add(place);
            }
        }
        return outermost;
    }

    @Nullable
    String operationId() {
        OperationMention operation = announcement.getOperation();
        return operation == null ? null : operation.getOperationId();
    }

    /** The operation and the larger one that it is part of; empty without one. */
    List<String> operations() {
        OperationMention operation = announcement.getOperation();
        if (operation == null) {
            return List.of();
        }
        return operation.getPartOf() == null
                ? List.of(operation.getOperationId())
                : List.of(operation.getOperationId(), operation.getPartOf());
    }

    @Nullable
    LocalDate start() {
        Period period = announcement.getPeriod();
        return period == null ? null : period.getStart();
    }

    /** Last day of the period; the day of publication for one that still runs. */
    @Nullable
    LocalDate end() {
        Period period = announcement.getPeriod();
        if (period == null || period.getStart() == null) {
            return null;
        }
        LocalDate end = period.getEnd();
        return end == null ? day() : end;
    }

    boolean hasPeriod() {
        return start() != null;
    }

    boolean isCumulative() {
        Claim stated = total;
        return stated != null && stated.getKind().equals("CUMULATIVE");
    }

    /** Clock of a running total, "operation" or "since:…"; null for a closed figure. */
    @Nullable
    String clock() {
        Claim stated = total;
        return stated == null || !stated.getKind().equals("CUMULATIVE") ? null : stated.getClock();
    }
}
