package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/**
 * Whether two announcements describe one enforcement event, and why. A pure function of the two, the same whichever is
 * asked first: cases are the connected components of what it links, so the order of arrival cannot matter.
 *
 * <p>Two named operations that differ are two events, however alike their names, places and numbers are.
 */
final class LinkRules {
    /** Days between the publication of two readings of one operation's running total, or of one operation's event. */
    static final int OPERATION_DAYS = 60;

    /** Days between the publication of two accounts of one place and period. */
    static final int PLACE_DAYS = 45;

    /** Days between the publication of an operation's event and of a review of several events that has it among them. */
    private static final int REVIEW_DAYS = 400;

    static final int REPRINT_DAYS = 30;
    static final int SLICE_DAYS = 20;

    /** Days between the publication of two accounts of one place and number. */
    static final int NUMBER_DAYS = 10;

    /** A smaller number of persons comes up again within days by chance. */
    private static final long TELLING_NUMBER = 10;

    private static final int SAME_NEWS_DAYS = 3;
    private static final double ALIKE = 0.6;

    /** For announcements of a few persons, whose texts follow a template. */
    private static final double ALIKE_OF_FEW = 0.85;

    /** Up to so many persons another event of the same place and number is likely. */
    private static final long FEW = 3;

    private static final double MOST_OF_A_PERIOD = 0.5;

    private final Jurisdictions jurisdictions;
    private final PublisherFamilies families;

    LinkRules(Jurisdictions jurisdictions, PublisherFamilies families) {
        this.jurisdictions = jurisdictions;
        this.families = families;
    }

    /** As {@link #between}; events of one release are told apart by it, and so are no telling of each other. */
    Optional<Link> link(Telling one, Telling other) {
        return one.releaseId().equals(other.releaseId()) ? Optional.empty() : between(one, other);
    }

    /** Why the two describe one event; empty when nothing says so. */
    Optional<Link> between(Telling one, Telling other) {
        boolean bothCount = !one.counted().isEmpty() && !other.counted().isEmpty();
        if (differentOperations(one, other)) {
            return bothCount && isSameUnderTwoNames(one, other)
                    ? Optional.of(Link.SAME_UNDER_TWO_NAMES)
                    : Optional.empty();
        }
        if (isReprint(one, other)) {
            return Optional.of(Link.NEAR_DUPLICATE);
        }
        if (!bothCount) {
            return Optional.empty();
        }
        if (isSameRunningTotal(one, other)) {
            return Optional.of(Link.SAME_RUNNING_TOTAL);
        }
        if (isSameOperation(one, other) || isRecalled(one, other)) {
            return Optional.of(Link.SAME_OPERATION);
        }
        if (isSummed(one, other) || isSummed(other, one)) {
            return Optional.of(Link.PART_OF_THE_WHOLE);
        }
        if (isFew(one) || isFew(other)) {
            return isToldAgain(one, other) || isToldAgain(other, one) ? Optional.of(Link.TOLD_AGAIN) : Optional.empty();
        }
        if (isSamePlaceAndPeriod(one, other)) {
            return Optional.of(Link.SAME_PLACE_AND_PERIOD);
        }
        if (isSamePlaceAndNumber(one, other)) {
            return Optional.of(Link.SAME_PLACE_AND_NUMBER);
        }
        if (isSlice(one, other) || isSlice(other, one)) {
            return Optional.of(Link.PART_OF_THE_WHOLE);
        }
        return Optional.empty();
    }

    /** Place, period and number are the same to the digit: then the name is one of two. */
    private boolean isSameUnderTwoNames(Telling one, Telling other) {
        return !isFew(one)
                && samePlace(one, other)
                && equalPeriod(one, other)
                && daysApart(one, other) <= NUMBER_DAYS
                && Objects.equals(best(one.total()), best(other.total()))
                && one.total() != null;
    }

    private static boolean equalPeriod(Telling one, Telling other) {
        LocalDate start = one.start();
        LocalDate end = closedEnd(one);
        return start != null && end != null && start.equals(other.start()) && end.equals(closedEnd(other));
    }

    private static boolean differentOperations(Telling one, Telling other) {
        return one.operationId() != null
                && other.operationId() != null
                && !one.operationId().equals(other.operationId())
                && !isPartOf(one, other)
                && !isPartOf(other, one);
    }

    /** Whether the one's operation is told to be a part of the other's. */
    private static boolean isPartOf(Telling one, Telling other) {
        OperationMention operation = one.announcement().getOperation();
        return operation != null
                && operation.getPartOf() != null
                && operation.getPartOf().equals(other.operationId());
    }

    private boolean isReprint(Telling one, Telling other) {
        double similarity = MinHash.similarity(
                one.announcement().getFingerprint(), other.announcement().getFingerprint());
        double wanted = isFew(one) || isFew(other) ? ALIKE_OF_FEW : ALIKE;
        return similarity >= wanted
                && MinHash.shareBand(
                        one.announcement().getFingerprint(),
                        other.announcement().getFingerprint())
                && daysApart(one, other) <= REPRINT_DAYS
                && one.announcement().getKind().equals(other.announcement().getKind())
                && sameOrUnstated(best(one.total()), best(other.total()))
                && sameOrUnstated(one.start(), other.start())
                && sameOrUnstated(closedEnd(one), closedEnd(other))
                && (one.places().isEmpty() || other.places().isEmpty() || placesTouch(one, other));
    }

    private static @Nullable LocalDate closedEnd(Telling telling) {
        var period = telling.announcement().getPeriod();
        return period == null ? null : period.getEnd();
    }

    private static @Nullable Long best(@Nullable Claim claim) {
        return claim == null ? null : claim.getBest();
    }

    private static boolean sameOrUnstated(@Nullable Object one, @Nullable Object other) {
        return one == null || other == null || one.equals(other);
    }

    private boolean isSameRunningTotal(Telling one, Telling other) {
        String clock = one.clock();
        return clock != null
                && clock.startsWith("since:")
                && clock.equals(other.clock())
                && one.outermost(jurisdictions).equals(other.outermost(jurisdictions))
                && families.mayAgree(publisher(one), publisher(other));
    }

    private boolean isSameOperation(Telling one, Telling other) {
        if (one.operationId() == null
                || other.operationId() == null
                || differentOperations(one, other)
                || isSince(one) != isSince(other)
                || (daysApart(one, other) > OPERATION_DAYS && !equalPeriod(one, other))) {
            return false;
        }
        if (bothReadTheClock(one, other) || isReadAfter(one, other) || isReadAfter(other, one)) {
            return placesTouch(one, other);
        }
        // Parts of one operation in different places are one event when they share their days.
        boolean sameDays =
                one.hasPeriod() == other.hasPeriod() && (one.hasPeriod() || daysApart(one, other) <= NUMBER_DAYS);
        return daysFit(one, other) && (sameDays || placesTouch(one, other));
    }

    /** Whether a review of the year tells again of an operation: the same name, number and places, and days that fit. */
    private boolean isRecalled(Telling one, Telling other) {
        return (one.isOneOfSeveral() || other.isOneOfSeveral())
                && one.operationId() != null
                && one.operationId().equals(other.operationId())
                && one.total() != null
                && Objects.equals(best(one.total()), best(other.total()))
                && daysApart(one, other) <= REVIEW_DAYS
                && placesTouch(one, other)
                && (!one.hasPeriod() || !other.hasPeriod() || daysFit(one, other));
    }

    /** A total "since the term began" is no reading of the operation's own clock. */
    private static boolean isSince(Telling telling) {
        String clock = telling.clock();
        return clock != null && clock.startsWith("since:");
    }

    private static boolean bothReadTheClock(Telling one, Telling other) {
        return one.isCumulative() && other.isCumulative();
    }

    /** Whether the one reads the operation's clock, which holds what the operation had come to before. */
    private static boolean isReadAfter(Telling reading, Telling closed) {
        LocalDate start = reading.start();
        LocalDate end = closed.end();
        return reading.isCumulative()
                && !closed.isCumulative()
                && !closed.day().isAfter(reading.day())
                && (start == null || end == null || !end.isBefore(start));
    }

    /** Most of the shorter period lies in the other; where one states none, it was published soon after the other's end. */
    private static boolean daysFit(Telling one, Telling other) {
        LocalDate oneStart = one.start();
        LocalDate oneEnd = one.end();
        LocalDate otherStart = other.start();
        LocalDate otherEnd = other.end();
        if (oneStart == null || oneEnd == null) {
            return otherEnd == null ? daysApart(one, other) <= PLACE_DAYS : isSoonAfter(one.day(), otherEnd);
        }
        if (otherStart == null || otherEnd == null) {
            return isSoonAfter(other.day(), oneEnd);
        }
        return liesWithin(
                overlap(oneStart, oneEnd, otherStart, otherEnd),
                Math.min(length(oneStart, oneEnd), length(otherStart, otherEnd)));
    }

    private static boolean isSoonAfter(LocalDate published, LocalDate end) {
        return !published.isBefore(end) && !published.isAfter(end.plusDays(SLICE_DAYS));
    }

    private static boolean samePeriod(Telling one, Telling other) {
        LocalDate oneStart = one.start();
        LocalDate oneEnd = one.end();
        LocalDate otherStart = other.start();
        LocalDate otherEnd = other.end();
        if (oneStart == null || oneEnd == null || otherStart == null || otherEnd == null) {
            return false;
        }
        long common = overlap(oneStart, oneEnd, otherStart, otherEnd);
        return isMost(common, Math.max(length(oneStart, oneEnd), length(otherStart, otherEnd)));
    }

    /** Whether two periods are about the same that have so many days in common, of so many of the longer one. */
    private static boolean isMost(long common, long longer) {
        return common >= 0.6 * longer;
    }

    /** Whether one period lies in another that has so many of its days: of the shorter of the two, so many. */
    static boolean liesWithin(long common, long shorter) {
        return common >= MOST_OF_A_PERIOD * shorter;
    }

    /** The same period where both state one. */
    private static boolean bestKnownDaysFit(Telling one, Telling other) {
        boolean both = one.hasPeriod() && other.hasPeriod();
        return both ? samePeriod(one, other) : daysFit(one, other);
    }

    private static long overlap(LocalDate oneStart, LocalDate oneEnd, LocalDate otherStart, LocalDate otherEnd) {
        LocalDate from = oneStart.isAfter(otherStart) ? oneStart : otherStart;
        LocalDate to = oneEnd.isBefore(otherEnd) ? oneEnd : otherEnd;
        return Math.max(0, length(from, to));
    }

    private static long length(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    private static long daysApart(Telling one, Telling other) {
        return Math.abs(ChronoUnit.DAYS.between(one.day(), other.day()));
    }

    private boolean placesTouch(Telling one, Telling other) {
        return one.places().stream().anyMatch(a -> other.places().stream()
                .anyMatch(b -> a.contains(b, jurisdictions) || b.contains(a, jurisdictions)));
    }

    private boolean samePlace(Telling one, Telling other) {
        return one.isPlaced()
                && other.isPlaced()
                && one.outermost(jurisdictions).equals(other.outermost(jurisdictions));
    }

    private static boolean isFew(Telling telling) {
        Claim total = telling.total();
        Long best = total == null ? null : total.getBest();
        return (best != null && best <= FEW)
                || (total == null && telling.counted().isEmpty());
    }

    /**
     * Whether a line of a round-up is about the few persons of a release, or about them and others. Without a round-up two
     * releases of a few persons are two events, however alike: nobody announces the same arrest twice in other words.
     */
    private boolean isToldAgain(Telling line, Telling release) {
        Persons told = persons(line.total());
        Persons before = persons(release.total());
        return line.isOneOfSeveral()
                && told != null
                && before != null
                && told.best() <= FEW
                && before.best() <= told.best()
                && samePlace(line, release)
                && equalPeriod(line, release)
                && families.mayAgree(publisher(line), publisher(release));
    }

    private boolean isSamePlaceAndPeriod(Telling one, Telling other) {
        Persons a = persons(one.total());
        Persons b = persons(other.total());
        return a != null
                && b != null
                && samePlace(one, other)
                && samePeriod(one, other)
                && (equalPeriod(one, other) || daysApart(one, other) <= PLACE_DAYS)
                && 2 * Math.min(a.best(), b.best()) >= Math.max(a.best(), b.best());
    }

    private boolean isSamePlaceAndNumber(Telling one, Telling other) {
        Long number = best(one.total());
        boolean telling = number != null && (number >= TELLING_NUMBER || daysApart(one, other) <= SAME_NEWS_DAYS);
        return telling
                && samePlace(one, other)
                && daysApart(one, other) <= NUMBER_DAYS
                && bestKnownDaysFit(one, other)
                && numbersAgree(one.total(), other.total());
    }

    /** Equal, or one is the other rounded: "over 125" and 128. */
    static boolean numbersAgree(@Nullable Claim one, @Nullable Claim other) {
        Persons a = persons(one);
        Persons b = persons(other);
        if (one == null || other == null || a == null || b == null) {
            return false;
        }
        boolean exact =
                one.getQualifier().equals("EXACT") && other.getQualifier().equals("EXACT");
        long smaller = Math.min(a.best(), b.best());
        long larger = Math.max(a.best(), b.best());
        return exact ? smaller == larger : larger - smaller <= Statements.ROUNDING * smaller;
    }

    private static @Nullable Persons persons(@Nullable Claim claim) {
        return claim == null ? null : Persons.of(claim);
    }

    /** Whether {@code part} tells of a place inside what {@code whole} tells of. */
    private boolean isSlice(Telling part, Telling whole) {
        Claim partTotal = part.total();
        Persons partPersons = persons(partTotal);
        boolean inside = isInside(part, whole) && !samePlace(part, whole);
        if (partTotal == null || partPersons == null || !inside || daysApart(part, whole) > SLICE_DAYS) {
            return false;
        }
        if (hasSuchAPart(whole, partTotal)) {
            return daysFit(part, whole);
        }
        Persons wholePersons = persons(whole.total());
        return wholePersons != null
                && samePeriod(part, whole)
                && partPersons.best() <= wholePersons.high()
                && families.mayAgree(publisher(part), publisher(whole));
    }

    /** Whether the whole tells the sum of the events of the part's release, for a place around the part. */
    private boolean isSummed(Telling part, Telling whole) {
        Claim sum = part.sum();
        Persons summed = persons(sum);
        return summed != null
                && summed.best() >= TELLING_NUMBER
                && numbersAgree(sum, whole.total())
                && isInside(part, whole)
                && daysApart(part, whole) <= SLICE_DAYS
                && daysFit(part, whole);
    }

    private boolean isInside(Telling part, Telling whole) {
        return whole.isPlaced()
                && part.outermost(jurisdictions).stream().allMatch(inner -> whole.places().stream()
                        .anyMatch(outer -> outer.contains(inner, jurisdictions)));
    }

    private static boolean hasSuchAPart(Telling whole, Claim part) {
        return whole.counted().stream()
                .anyMatch(claim -> claim.getRole().equals("PART")
                        && Objects.equals(claim.getJurisdictionId(), part.getJurisdictionId())
                        && numbersAgree(claim, part));
    }

    private static String publisher(Telling telling) {
        return telling.announcement().getPublisher();
    }

    /**
     * Whether place, period and number may link it: more than a few were arrested, or its release tells of several events
     * and their sum.
     */
    boolean isOfMany(Telling telling) {
        return !isFew(telling) || telling.sum() != null;
    }
}
