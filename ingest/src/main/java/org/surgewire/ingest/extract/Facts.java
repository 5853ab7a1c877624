package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one announcement states. Nothing in it names a person.
 *
 * @param id the announcement's id
 * @param kind what sort of release it is
 * @param operation the operation that is this release's action; null when it names none
 * @param period when the action took place; null when the text and its date do not say
 * @param arrests persons arrested in the release's own event and scope; null when it states none
 * @param places where the arrests happened, most specific names stated, in the order of the text
 * @param planned places that an operation without arrests so far is announced for
 * @param about places that a release without arrests of its own is about: of those who are charged, of a statistic
 * @param states postal codes of the places' states, in the order of first appearance
 * @param breakdown figures by category; categories overlap
 * @param others further arrest figures that are not the total
 * @param flags what a reader of the figures should know, see {@link Flag}
 * @param events the enforcement events that the release tells of, where they are several: each read as a release of its
 *     own, so that no arrest is in two of them; empty for a release of one event
 */
public record Facts(
        String id,
        Kind kind,
        @Nullable Operation operation,
        @Nullable Period period,
        @Nullable Arrests arrests,
        List<Place> places,
        List<Place> planned,
        List<Place> about,
        List<String> states,
        List<Share> breakdown,
        List<OtherNumber> others,
        List<Flag> flags,
        List<Facts> events) {
    public Facts {
        places = List.copyOf(places);
        planned = List.copyOf(planned);
        about = List.copyOf(about);
        states = List.copyOf(states);
        breakdown = List.copyOf(breakdown);
        others = List.copyOf(others);
        flags = List.copyOf(flags);
        events = List.copyOf(events);
    }

    /** The same with the events that the release tells of. */
    Facts withEvents(List<Facts> several) {
        return new Facts(
                id, kind, operation, period, arrests, places, planned, about, states, breakdown, others, flags,
                several);
    }

    /** The same with a further figure. */
    Facts withOther(OtherNumber further) {
        List<OtherNumber> more = new ArrayList<>(others);
        more.add(further);
        return new Facts(
                id, kind, operation, period, arrests, places, planned, about, states, breakdown, more, flags, events);
    }

    /** The same with an operation, a period and a place, that of its arrests, for those that it does not name. */
    Facts orElse(@Nullable Operation otherOperation, @Nullable Period otherPeriod, @Nullable Place otherPlace) {
        List<Place> where = places;
        if (places.isEmpty() && arrests != null && otherPlace != null) {
            where = List.of(new Place(
                    otherPlace.name(),
                    otherPlace.type(),
                    otherPlace.state(),
                    otherPlace.jurisdictionId(),
                    otherPlace.containedIn(),
                    otherPlace.candidates(),
                    arrests.count(),
                    otherPlace.confidence(),
                    otherPlace.evidence()));
        }
        return new Facts(
                id,
                kind,
                operation == null ? otherOperation : operation,
                period == null ? otherPeriod : period,
                arrests,
                where,
                planned,
                about,
                states,
                breakdown,
                others,
                flags,
                events);
    }

    /** Whether both tell of the same one place, operation and days, with a number of arrests each. */
    boolean isOfOneEventWith(Facts other) {
        return arrests != null
                && other.arrests != null
                && places.size() == 1
                && other.places.size() == 1
                && Objects.equals(
                        places.get(0).jurisdictionId(), other.places.get(0).jurisdictionId())
                && places.get(0).name().equals(other.places.get(0).name())
                && Objects.equals(operationId(), other.operationId())
                && period != null
                && other.period != null
                && Objects.equals(period.start(), other.period.start())
                && Objects.equals(period.end(), other.period.end());
    }

    private @Nullable String operationId() {
        return operation == null ? null : operation.operationId();
    }

    /** The arrests of both, for two of {@link #isOfOneEventWith one event}. */
    Facts plus(Facts other) {
        Arrests own = Objects.requireNonNull(arrests);
        Count count = own.count().plus(Objects.requireNonNull(other.arrests).count());
        Place place = places.get(0);
        return new Facts(
                id,
                Kind.ARREST_RESULTS,
                operation,
                period,
                new Arrests(count, own.cumulative(), own.clock(), own.evidence()),
                List.of(new Place(
                        place.name(),
                        place.type(),
                        place.state(),
                        place.jurisdictionId(),
                        place.containedIn(),
                        place.candidates(),
                        count,
                        place.confidence(),
                        place.evidence())),
                planned,
                about,
                states,
                breakdown,
                others,
                flags,
                events);
    }

    /** What sort of release it is. */
    public enum Kind {
        ARREST_RESULTS,
        OPERATION_ONGOING,
        OPERATION_PLANNED,
        SINGLE_ARREST,
        PROSECUTION,
        STATISTICS,
        REMOVAL,
        POLICY_STATEMENT,
        OTHER
    }

    /** How far an operation has come. */
    public enum Phase {
        PLANNED,
        LAUNCHED,
        ONGOING,
        CONCLUDED
    }

    /** What a reader of the figures should know. */
    public enum Flag {
        /** The text was cut at the length limit. */
        TRUNCATED,
        /** The stated counts of all places do not add up to the total. */
        PARTS_DO_NOT_ADD_UP,
        /** A figure that should be part of the total is larger than it; the figure was dropped. */
        SUBSET_LARGER_THAN_TOTAL,
        /** The total is the sum of stated parts. */
        SUM_OF_PARTS
    }

    /**
     * A named operation.
     *
     * @param name as the release spells it, without quotes
     * @param operationId the same for every spelling of the name, different for different versions
     *     ({@code operation-patriot-2-0})
     * @param partOf operationId of the larger operation that the text calls this one a part of; null for none
     */
    public record Operation(String name, String operationId, @Nullable String partOf, Phase phase, Evidence evidence) {}

    /** Days inclusive; an open end is null, and so is a start that is not stated. */
    public record Period(@Nullable LocalDate start, @Nullable LocalDate end, Evidence evidence) {}

    /**
     * A figure with its hedge.
     *
     * @param low the least that is compatible with the wording
     * @param best the figure stated
     * @param high the most that is compatible with the wording; null when it sets no upper bound
     */
    public record Count(long low, long best, @Nullable Long high, Qualifier qualifier) {
        /**
         * The bounds that a hedge gives to a figure. "At least" has no upper bound; "almost" reaches down, and "about"
         * down and up, by one unit of the place the figure is rounded to, at most by a tenth of it.
         */
        public static Count of(long value, Qualifier qualifier) {
            long unit = 1;
            while (value > 0 && value % (unit * 10) == 0) {
                unit *= 10;
            }
            long slack = Math.min(value, Math.max(1, Math.min(unit, Math.max(1, value / 10))));
            return switch (qualifier) {
                case EXACT -> new Count(value, value, value, qualifier);
                case AT_LEAST -> new Count(value, value, null, qualifier);
                case ALMOST -> new Count(value - slack, value, value, qualifier);
                case ABOUT -> new Count(value - slack, value, value + slack, qualifier);
            };
        }

        /** The sum, hedged where one of the two is. */
        Count plus(Count other) {
            return new Count(
                    low + other.low,
                    best + other.best,
                    high == null || other.high == null ? null : (Long) (high + other.high),
                    qualifier == Qualifier.EXACT ? other.qualifier : qualifier);
        }
    }

    /**
     * Persons arrested.
     *
     * @param cumulative whether it is a running total of something that goes on
     * @param clock what a running total counts from: {@code operation} or {@code since:YYYY-MM-DD}; null for others
     */
    public record Arrests(Count count, boolean cumulative, @Nullable String clock, Evidence evidence) {}

    /** What kind of name a place has. */
    public enum PlaceType {
        CITY,
        COUNTY,
        STATE,
        AREA,
        DISTRICT
    }

    /**
     * A place where arrests happened.
     *
     * @param name as the text spells it
     * @param state postal code; null when unknown or when the place lies in several
     * @param jurisdictionId division id under which it counts; null for areas, districts and names that are not resolved
     * @param containedIn the lowest jurisdiction that contains an area, a district or an unresolved name in a known
     *     state; null when unknown or when the jurisdiction itself is known
     * @param candidates division ids among which the text does not decide; empty when resolved or unknown
     * @param count the figure stated for it; null when none is
     */
    public record Place(
            String name,
            PlaceType type,
            @Nullable String state,
            @Nullable String jurisdictionId,
            @Nullable String containedIn,
            List<String> candidates,
            @Nullable Count count,
            double confidence,
            Evidence evidence) {
        public Place {
            candidates = List.copyOf(candidates);
        }
    }

    /** A figure of the breakdown, for example {@code criminal_convictions}. */
    public record Share(String category, Count count, Evidence evidence) {}

    /** Why an arrest figure is not the total. */
    public enum OtherKind {
        /** Part of the total. */
        SUBSET,
        /** A running total beside the release's own figure. */
        CUMULATIVE,
        GOAL,
        RATE,
        OTHER_PERIOD,
        WIDER_SCOPE,
        /** The sum of the events of a release that tells of several. */
        SUM_OF_EVENTS
    }

    /**
     * A figure of arrests that is not the total.
     *
     * @param clock what a running total counts from, as in {@link Arrests}; null for the other kinds
     * @param category what the persons have in common ({@code declined_detainers}); null when nothing is said
     * @param place name of the place it is stated for, as spelt; null when none is
     */
    public record OtherNumber(
            OtherKind kind,
            Count count,
            @Nullable String clock,
            @Nullable String category,
            @Nullable String place,
            Evidence evidence) {}
}
