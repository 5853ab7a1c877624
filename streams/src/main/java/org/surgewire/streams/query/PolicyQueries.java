package org.surgewire.streams.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.jurisdictions.Policies.Listing;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.Coverage;
import org.surgewire.streams.coverage.DaySet;

/**
 * Announced arrests per inhabitant where a policy is listed against where none is.
 *
 * <p>A jurisdiction is listed on the days of its own listings: a day's arrests and inhabitants count for the listed on
 * those days and for the unlisted on all others. What its state or county has listed does not make it listed. A day on
 * which no source of the jurisdiction was read counts for nobody.
 *
 * <p>The interval is that of Garwood (Biometrika 28 (1936), 437-442) for a Poisson number, at 95 %. Arrests come in
 * releases of many, so the number that counts as Poisson is the arrests divided by the clustering phi = sum of x<sup>2</sup> /
 * sum of x over the days x with announced arrests, the ratio of variance to mean of a compound Poisson number. It tells
 * of chance in what was announced, not of why. A month's interval takes the clustering of all months, since its own few
 * releases do not tell it.
 */
public final class PolicyQueries {
    private static final String METHOD =
            "Garwood's 95 % interval of a Poisson number, for arrests divided by clustering";
    private static final double TAIL = 0.025;
    private static final double MILLION = 1e6;
    private static final double DAYS_A_YEAR = 365;

    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final List<Listing> listings;

    public PolicyQueries(Stores stores, Jurisdictions jurisdictions, List<Listing> listings) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        this.listings = List.copyOf(listings);
    }

    /** Codes of the listed policies, in order. */
    public List<String> policies() {
        return listings.stream().map(Listing::policy).distinct().sorted().toList();
    }

    /**
     * Who is listed, and who says so; in the order of the file they come from.
     *
     * @param policy only this policy's listings; null for any
     * @param level only those of jurisdictions of this level, as {@link #compare} has it; null for any
     * @param within only those inside this jurisdiction; null for all
     */
    public Found listings(@Nullable String policy, @Nullable String level, @Nullable String within, Paging paging) {
        List<Listing> found = listings.stream()
                .filter(each -> policy == null || each.policy().equals(policy))
                .filter(each -> level == null || isOf(level, jurisdictions.get(each.jurisdictionId())))
                .filter(each -> within == null || jurisdictions.contains(within, each.jurisdictionId()))
                .toList();
        Page<Listed> page = paging.of(
                found,
                each -> each.jurisdictionId() + "|" + each.policy() + "|" + each.from(),
                each -> new Listed(
                        PlaceRef.of(jurisdictions, each.jurisdictionId()),
                        each.policy(),
                        each.from(),
                        each.to(),
                        each.source()));
        return new Found(policies(), page.total(), page.next(), page.items());
    }

    /**
     * Compares the jurisdictions of one level that have a population.
     *
     * @param policy only this policy's listings; null for any
     * @param level {@code state}, with which the federal district goes, {@code county} or {@code place}
     * @param at instant whose knowledge of announcements is asked for; null for now
     * @param from first day; null for the first known one
     * @param to last day; null for the last known one
     * @throws IllegalArgumentException when {@code from} is after {@code to}
     */
    public Comparison compare(
            @Nullable String policy,
            String level,
            @Nullable Instant at,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        List<Listing> wanted = listings.stream()
                .filter(each -> policy == null || each.policy().equals(policy))
                .filter(each -> isOf(level, jurisdictions.get(each.jurisdictionId())))
                .toList();
        Knowledge knowledge = Knowledge.of(stores, jurisdictions, Series.PUBLICATION, at, id -> jurisdictions
                .find(id)
                .isPresent());
        KnownDays known = knowledge.known();
        LocalDate first = from == null && known != null ? known.first() : from;
        LocalDate last = to == null && known != null ? known.last() : to;
        if (first != null && last != null && first.isAfter(last)) {
            throw new IllegalArgumentException("from " + first + " is after to " + last);
        }
        Period whole = new Period(LocalDate.MIN, LocalDate.MIN);
        List<Period> months = List.of();
        if (known != null && first != null && last != null) {
            LocalDate start = first.isBefore(known.first()) ? known.first() : first;
            LocalDate end = last.isAfter(known.last()) ? known.last() : last;
            whole = new Period(start, end);
            months = months(start, end);
            if (!start.isAfter(end)) {
                add(
                        knowledge.ofMany(stores, Series.PUBLICATION, start, end),
                        level,
                        new ListedDays(wanted),
                        whole,
                        months);
            }
        }
        double total = whole.listed.arrests + whole.unlisted.arrests;
        double clustering = total == 0 ? 1 : (whole.listed.squares + whole.unlisted.squares) / total;
        Rate listedRate = whole.listed.rate(clustering);
        Rate unlistedRate = whole.unlisted.rate(clustering);
        Double base = unlistedRate.perMillionAYear();
        Double rate = listedRate.perMillionAYear();
        Double ratio = base == null || rate == null || base == 0 ? null : Double.valueOf(rate / base);
        return new Comparison(
                policy,
                level,
                at,
                first,
                last,
                known,
                listedRate,
                unlistedRate,
                ratio,
                METHOD,
                clustering,
                months.stream()
                        .map(each -> new Month(
                                each.first, each.last, each.listed.rate(clustering), each.unlisted.rate(clustering)))
                        .toList(),
                "/v1/policies?level=" + level + (policy == null ? "" : "&policy=" + policy));
    }

    private static List<Period> months(LocalDate start, LocalDate end) {
        List<Period> months = new ArrayList<>();
        LocalDate first = start;
        while (!first.isAfter(end)) {
            LocalDate last = YearMonth.from(first).atEndOfMonth();
            months.add(new Period(first, last.isAfter(end) ? end : last));
            first = last.plusDays(1);
        }
        return months;
    }

    private void add(Knowledge knowledge, String level, ListedDays listedDays, Period whole, List<Period> months) {
        Coverage coverage = knowledge.coverage();
        for (Jurisdiction each : jurisdictions.all()) {
            Long population = each.population();
            if (population != null && isOf(level, each)) {
                DaySet read = coverage.of(each.id());
                whole.expose(each.id(), population, read, listedDays);
                months.forEach(month -> month.expose(each.id(), population, read, listedDays));
            }
        }
        for (String id : knowledge.counts().jurisdictions()) {
            Jurisdiction of = jurisdictions.find(id).orElse(null);
            if (of != null && of.population() != null && isOf(level, of)) {
                DaySet read = coverage.of(id);
                YearMonth first = YearMonth.from(whole.first);
                for (DayCount day : knowledge.counts().days(id, whole.first, whole.last)) {
                    if (read.holds(day.day())) {
                        boolean listed = listedDays.holds(id, day.day());
                        whole.count(listed, day.arrests());
                        months.get((int) first.until(YearMonth.from(day.day()), ChronoUnit.MONTHS))
                                .count(listed, day.arrests());
                    }
                }
            }
        }
    }

    private static boolean isOf(String level, Jurisdiction of) {
        return of.level().equals(level) || (level.equals("state") && of.level().equals("district"));
    }

    /** The days on which each jurisdiction is listed. */
    private static final class ListedDays {
        private final Map<String, List<Listing>> byJurisdiction = new HashMap<>();

        private ListedDays(List<Listing> listings) {
            for (Listing each : listings) {
                byJurisdiction
                        .computeIfAbsent(each.jurisdictionId(), id -> new ArrayList<>())
                        .add(each);
            }
        }

        private boolean holds(String id, LocalDate day) {
            return byJurisdiction.getOrDefault(id, List.of()).stream()
                    .anyMatch(each -> !day.isBefore(each.from()) && (each.to() == null || !day.isAfter(each.to())));
        }

        private long count(String id, DaySet read, LocalDate start, LocalDate end) {
            return byJurisdiction.containsKey(id)
                    ? start.datesUntil(end.plusDays(1))
                            .filter(day -> read.holds(day) && holds(id, day))
                            .count()
                    : 0;
        }
    }

    /** Both sides of a comparison, from the first to the last day. */
    private static final class Period {
        private final LocalDate first;
        private final LocalDate last;
        private final Group listed = new Group();
        private final Group unlisted = new Group();

        private Period(LocalDate first, LocalDate last) {
            this.first = first;
            this.last = last;
        }

        private void expose(String id, long population, DaySet read, ListedDays listedDays) {
            long daysListed = listedDays.count(id, read, first, last);
            listed.expose(population, daysListed);
            unlisted.expose(population, read.count(first, last) - daysListed);
        }

        private void count(boolean isListed, long arrests) {
            (isListed ? listed : unlisted).count(arrests);
        }
    }

    /** One side of a comparison. */
    private static final class Group {
        private int members;
        private double personDays;
        private long arrests;
        private double squares;

        private void expose(long population, long days) {
            if (days > 0) {
                members++;
                personDays += (double) population * days;
            }
        }

        private void count(long announced) {
            arrests += announced;
            squares += (double) announced * announced;
        }

        private Rate rate(double clustering) {
            double millionYears = personDays / MILLION / DAYS_A_YEAR;
            if (personDays == 0) {
                return new Rate(0, arrests, 0, null, null, null);
            }
            double events = arrests / clustering;
            double low = events == 0 ? 0 : GammaDistribution.of(events, 1).inverseCumulativeProbability(TAIL);
            double high = GammaDistribution.of(events + 1, 1).inverseSurvivalProbability(TAIL);
            return new Rate(
                    members,
                    arrests,
                    millionYears,
                    arrests / millionYears,
                    low * clustering / millionYears,
                    high * clustering / millionYears);
        }
    }

    /**
     * Rates of the listed and the unlisted.
     *
     * @param policy the only policy whose listings count; null for any
     * @param level level of the compared jurisdictions
     * @param knownAt instant whose knowledge of announcements this is; null for now
     * @param from first day; null when nothing has been read and no day was asked for
     * @param to last day
     * @param known publication days read so far; days outside count for nobody; null when nothing has been read yet
     * @param ratio the listed rate over the unlisted one; null where either is unknown or the second is zero
     * @param method what the intervals are
     * @param clustering ratio of variance to mean that the intervals assume, the same for every month
     * @param months the rates of each calendar month, those of the first and last as far as it was asked for and is known
     * @param listings path of the listings of this level, whenever they hold
     */
    public record Comparison(
            @Nullable String policy,
            String level,
            @Nullable Instant knownAt,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable KnownDays known,
            Rate listed,
            Rate unlisted,
            @Nullable Double ratio,
            String method,
            double clustering,
            List<Month> months,
            String listings) {}

    /**
     * Some listings.
     *
     * @param policies codes of all policies
     * @param total how many there are
     * @param next cursor of the next page; null on the last
     */
    public record Found(List<String> policies, int total, @Nullable String next, List<Listed> items) {}

    /**
     * Rates of one month, as of a year.
     *
     * @param from first day
     * @param to last day
     */
    public record Month(LocalDate from, LocalDate to, Rate listed, Rate unlisted) {}

    /**
     * Announced arrests per inhabitant.
     *
     * @param jurisdictions how many were in this group on one day at least
     * @param arrests announced arrests
     * @param millionYears inhabitants, in millions, times the years they were in this group
     * @param perMillionAYear announced arrests per million inhabitants and year; null, like the interval, without any days
     * @param low lower end of the 95 % interval
     * @param high upper end
     */
    public record Rate(
            int jurisdictions,
            long arrests,
            double millionYears,
            @Nullable Double perMillionAYear,
            @Nullable Double low,
            @Nullable Double high) {}

    /** A listing; {@code to} is null while it lasts. */
    public record Listed(PlaceRef jurisdiction, String policy, LocalDate from, @Nullable LocalDate to, String source) {}
}
