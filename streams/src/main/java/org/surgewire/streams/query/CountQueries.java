package org.surgewire.streams.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DayCount;

/** Counts of any days: as a series, side by side, ranked, on a map, and who says them. */
public final class CountQueries {
    /** Most jurisdictions that are compared at once. */
    public static final int MOST_COMPARED = 8;

    /** The federal district is one county to the Census Bureau, with a code of its own. */
    private static final Map<String, String> DISTRICT_AS_COUNTY = Map.of("11", "11001");

    private final Stores stores;
    private final Jurisdictions jurisdictions;
    private final Map<String, List<Jurisdiction>> children = new HashMap<>();

    public CountQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
        for (Jurisdiction each : jurisdictions.all()) {
            String parent = each.parentId();
            if (parent != null) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(each);
            }
        }
    }

    /**
     * Which numbers are asked for.
     *
     * @param by which day an arrest counts on
     * @param at instant whose knowledge is asked for; null for now
     * @param from first day; by default 27 days before {@code to}
     * @param to last day; by default the last known one
     */
    public record Question(Series by, @Nullable Instant at, @Nullable LocalDate from, @Nullable LocalDate to) {}

    /** What a jurisdiction of a map is: states with what ranks as one, counties with the federal district, or places. */
    public enum MapLevel {
        STATE,
        COUNTY,
        PLACE;

        /** As answers and parameters write it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The code under which maps of this level know a jurisdiction. */
        private String code(String geoid) {
            return this == COUNTY ? DISTRICT_AS_COUNTY.getOrDefault(geoid, geoid) : geoid;
        }

        private boolean holds(Jurisdiction of) {
            return switch (of.level()) {
                case "state", "territory" -> this == STATE;
                case "district" -> this != PLACE;
                case "county" -> this == COUNTY;
                default -> this == PLACE && of.level().equals("place");
            };
        }
    }

    /** What a ranking goes by. */
    public enum Order {
        BEST,
        PER_MILLION;

        /** As parameters write it. */
        public String label() {
            return this == BEST ? "best" : "perMillion";
        }

        private double of(Ranked ranked) {
            Long best = ranked.counts().best();
            Double rate = ranked.counts().perMillion();
            if (this == BEST) {
                return best == null ? -1 : best;
            }
            return rate == null ? -1 : rate;
        }
    }

    /**
     * The series of some jurisdictions, in the order of the ids, which must be known.
     *
     * @throws IllegalArgumentException when there are more than {@link #MOST_COMPARED}, or the days are out of order or
     *     more than {@link JurisdictionQueries#MOST_DAYS}
     */
    public Comparison compare(List<String> ids, Question question, Bucket bucket) {
        if (ids.size() > MOST_COMPARED) {
            throw new IllegalArgumentException(ids.size() + " jurisdictions are more than " + MOST_COMPARED);
        }
        List<Jurisdiction> wanted = ids.stream().map(jurisdictions::get).toList();
        Set<String> wantedIds = new HashSet<>();
        wanted.forEach(each -> wantedIds.add(each.id()));
        Asked asked = asked(question, wantedIds::contains);
        return new Comparison(
                question.by(),
                bucket,
                question.at(),
                asked.knowledge().known(),
                asked.from(),
                asked.to(),
                wanted.stream().map(each -> series(each, asked, bucket)).toList());
    }

    private OfOne series(Jurisdiction of, Asked asked, Bucket bucket) {
        LocalDate from = asked.from();
        LocalDate to = asked.to();
        List<Tally> buckets =
                from == null || to == null ? List.of() : asked.knowledge().series(of, from, to, bucket);
        return new OfOne(PlaceRef.of(of), of.population(), tally(of, asked), sourcesOf(of, asked), buckets);
    }

    /**
     * The jurisdictions of a level with an announcement on the days that are asked for, largest first.
     *
     * @param within only those inside this jurisdiction; null for all
     */
    public Ranking ranking(MapLevel level, @Nullable String within, Question question, Order order, Paging paging) {
        Asked asked = askedOfMany(question, id -> isOf(level, within, id));
        List<Ranked> found = announced(level, within, asked);
        found.sort(largestFirst(order));
        return ranking(found, asked, paging);
    }

    /** What a jurisdiction directly contains, largest first; all of it, also where nothing was announced. */
    public Optional<Ranking> children(String id, Question question, Order order, Paging paging) {
        return jurisdictions.find(id).map(of -> {
            List<Jurisdiction> inside = children.getOrDefault(of.id(), List.of());
            Set<String> ids = new HashSet<>();
            inside.forEach(each -> ids.add(each.id()));
            Asked asked = askedOfMany(question, ids::contains);
            List<Ranked> found = new ArrayList<>();
            inside.forEach(each -> found.add(ranked(each, asked)));
            found.sort(largestFirst(order));
            return ranking(found, asked, paging);
        });
    }

    private static Comparator<Ranked> largestFirst(Order order) {
        return Comparator.comparingDouble(order::of).reversed().thenComparing(Ranked::id);
    }

    private static Ranking ranking(List<Ranked> found, Asked asked, Paging paging) {
        Page<Ranked> page = paging.of(found, Ranked::id, each -> each);
        return new Ranking(
                asked.question().by(),
                asked.question().at(),
                asked.knowledge().known(),
                asked.from(),
                asked.to(),
                page.total(),
                page.next(),
                page.items());
    }

    /** What a map of a level shows: every jurisdiction is among the items, or unread, or nothing was announced there. */
    public Shading map(MapLevel level, @Nullable String within, Question question) {
        Asked asked = askedOfMany(question, id -> isOf(level, within, id));
        List<Ranked> items = announced(level, within, asked);
        items.sort(Comparator.comparing(Ranked::geoid));
        Set<String> shown = new HashSet<>();
        items.forEach(each -> shown.add(each.id()));
        List<String> unread = new ArrayList<>();
        LocalDate from = asked.from();
        LocalDate to = asked.to();
        for (Jurisdiction each : jurisdictions.all()) {
            if (!shown.contains(each.id()) && isOf(level, within, each.id())) {
                boolean read = from != null
                        && to != null
                        && asked.knowledge().coverage().of(each.id()).count(from, to) > 0;
                if (!read) {
                    unread.add(level.code(each.geoid()));
                }
            }
        }
        return new Shading(
                level,
                question.by(),
                question.at(),
                asked.knowledge().known(),
                from,
                to,
                items.stream().map(each -> each.coded(level)).toList(),
                unread);
    }

    private boolean isOf(MapLevel level, @Nullable String within, String id) {
        return jurisdictions.find(id).filter(level::holds).isPresent()
                && (within == null || jurisdictions.contains(within, id));
    }

    private List<Ranked> announced(MapLevel level, @Nullable String within, Asked asked) {
        Collection<String> ids = asked.knowledge().counts().jurisdictions();
        List<Ranked> found = new ArrayList<>();
        for (String id : ids) {
            if (isOf(level, within, id)) {
                Ranked ranked = ranked(jurisdictions.get(id), asked);
                Tally counts = ranked.counts();
                if (isSome(counts.announcements()) || isSome(counts.best())) {
                    found.add(ranked);
                }
            }
        }
        return found;
    }

    private static boolean isSome(@Nullable Long number) {
        return number != null && number > 0;
    }

    private Ranked ranked(Jurisdiction of, Asked asked) {
        PlaceRef place = PlaceRef.of(of);
        return new Ranked(
                place.id(),
                place.name(),
                place.level(),
                of.state(),
                of.geoid(),
                of.population(),
                children.getOrDefault(of.id(), List.of()).size(),
                tally(of, asked),
                sourcesOf(of, asked));
    }

    /** Who says the arrests that count on the days that are asked for, newest publication first. Empty for an unknown id. */
    public Optional<Sources> sources(String id, Question question, Paging paging) {
        return jurisdictions.find(id).map(of -> {
            Asked asked = asked(question, of.id()::equals);
            LocalDate from = asked.from();
            LocalDate to = asked.to();
            List<Counts.Source> all = from == null || to == null
                    ? List.of()
                    : asked.knowledge().sources(stores, jurisdictions, question.by(), of.id(), from, to);
            Page<Counts.Source> page = paging.of(all, each -> each.day() + "|" + each.caseId(), each -> each);
            return new Sources(
                    question.by(),
                    question.at(),
                    PlaceRef.of(of),
                    from,
                    to,
                    tally(of, asked),
                    page.total(),
                    page.next(),
                    page.items());
        });
    }

    private static Tally tally(Jurisdiction of, Asked asked) {
        LocalDate from = asked.from();
        LocalDate to = asked.to();
        if (from == null || to == null) {
            return Tally.unknown(from, to, 0);
        }
        List<DayCount> announced = asked.knowledge().counts().days(of.id(), from, to);
        return asked.knowledge().tally(of, announced, from, to);
    }

    private static String sourcesOf(Jurisdiction of, Asked asked) {
        Question question = asked.question();
        return SourcesPath.of(of, question.by(), question.at(), asked.from(), asked.to());
    }

    private Asked asked(Question question, Predicate<String> wanted) {
        DayLimits.refuse(question.from(), question.to());
        Knowledge knowledge = Knowledge.of(stores, jurisdictions, question.by(), question.at(), wanted);
        DaysAsked days = DaysAsked.of(question.from(), question.to(), knowledge.known());
        return new Asked(question, knowledge, days.from(), days.to());
    }

    /** As {@link #asked}, of more than some few jurisdictions. */
    private Asked askedOfMany(Question question, Predicate<String> wanted) {
        Asked asked = asked(question, wanted);
        LocalDate from = asked.from();
        LocalDate to = asked.to();
        return from == null || to == null
                ? asked
                : new Asked(question, asked.knowledge().ofMany(stores, question.by(), from, to), from, to);
    }

    /** A question with its days settled; both are null when nothing has been read and no day was asked for. */
    private record Asked(Question question, Knowledge knowledge, @Nullable LocalDate from, @Nullable LocalDate to) {}

    /**
     * Some jurisdictions side by side.
     *
     * @param knownAt instant whose knowledge this is; null for now
     * @param known first and last publication day read so far; null when nothing has been read yet
     * @param from first day; null when nothing has been read and no day was asked for
     */
    public record Comparison(
            Series by,
            Bucket bucket,
            @Nullable Instant knownAt,
            @Nullable KnownDays known,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            List<OfOne> items) {}

    /**
     * The series of one jurisdiction.
     *
     * @param total the sum of all buckets
     * @param sources path of the sentences that the numbers rest on; with other days, those of a bucket
     */
    public record OfOne(
            PlaceRef jurisdiction, @Nullable Long population, Tally total, String sources, List<Tally> buckets) {}

    /** Jurisdictions by size; the fields as in {@link Comparison} and {@link Standings}. */
    public record Ranking(
            Series by,
            @Nullable Instant knownAt,
            @Nullable KnownDays known,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            int total,
            @Nullable String next,
            List<Ranked> items) {}

    /**
     * A jurisdiction with its counts.
     *
     * @param geoid code of the Census Bureau (FIPS): two digits for a state, five for a county, seven for a place
     * @param children how many jurisdictions it directly contains
     * @param sources path of the sentences that the numbers rest on
     */
    public record Ranked(
            String id,
            String name,
            String level,
            String state,
            String geoid,
            @Nullable Long population,
            int children,
            Tally counts,
            String sources) {

        Ranked coded(MapLevel on) {
            return new Ranked(id, name, level, state, on.code(geoid), population, children, counts, sources);
        }
    }

    /**
     * What a map shows.
     *
     * @param items jurisdictions with an announcement, by code
     * @param unread codes of those of which no day is known; at all others nothing was announced
     */
    public record Shading(
            MapLevel level,
            Series by,
            @Nullable Instant knownAt,
            @Nullable KnownDays known,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            List<Ranked> items,
            List<String> unread) {}

    /** Who says the numbers of some days of a jurisdiction. */
    public record Sources(
            Series by,
            @Nullable Instant knownAt,
            PlaceRef jurisdiction,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Tally counts,
            int total,
            @Nullable String next,
            List<Counts.Source> items) {}
}
