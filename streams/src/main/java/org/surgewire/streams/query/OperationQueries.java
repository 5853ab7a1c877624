package org.surgewire.streams.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.operations.OperationCourse;

/** Named operations. */
public final class OperationQueries {
    private static final int FARTHEST = 4;
    private static final Comparator<Operation> NEWEST_FIRST = Comparator.comparing(Operation::getLastDay)
            .thenComparing(Operation::getFirstDay)
            .reversed()
            .thenComparing(Operation::getOperationId);

    private final Stores stores;
    private final Jurisdictions jurisdictions;

    public OperationQueries(Stores stores, Jurisdictions jurisdictions) {
        this.stores = stores;
        this.jurisdictions = jurisdictions;
    }

    /**
     * Operations, those announced last first; withdrawn ones are left out.
     *
     * @param at instant whose knowledge is asked for; null for now
     */
    public Found all(@Nullable Instant at, Paging paging) {
        List<Operation> found = new ArrayList<>();
        if (at == null) {
            try (var rows = stores.operations().all()) {
                rows.forEachRemaining(row -> {
                    if (!row.value.getSteps().isEmpty()) {
                        found.add(row.value);
                    }
                });
            }
        } else {
            found.addAll(then(at, id -> true));
        }
        found.sort(NEWEST_FIRST);
        Page<Summary> page = paging.of(found, Operation::getOperationId, this::summary);
        return new Found(page.total(), page.next(), page.items());
    }

    /** The operations that the cases known at an instant make. */
    private List<Operation> then(Instant at, Predicate<String> wanted) {
        Map<String, List<Case>> byOperation = new TreeMap<>();
        stores.history(jurisdictions).cases(at, each -> {
            String id = OperationCourse.operationOf(each);
            if (id != null && wanted.test(id)) {
                byOperation.computeIfAbsent(id, key -> new ArrayList<>()).add(each);
            }
        });
        List<Operation> operations = new ArrayList<>();
        byOperation.forEach((id, cases) -> {
            Operation operation = OperationCourse.of(id, cases, null);
            if (operation != null) {
                operations.add(operation);
            }
        });
        return operations;
    }

    /**
     * One operation with its course; without steps where it has been withdrawn. Empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now. What was not known then is empty
     */
    public Optional<Course> find(String id, @Nullable Instant at) {
        return (at == null
                        ? Optional.ofNullable(stores.operations().get(id))
                        : then(at, id::equals).stream().findFirst())
                .map(found -> new Course(summary(found), found.getSteps().isEmpty(), steps(found)));
    }

    /**
     * How an operation grew in each jurisdiction that it reached, parents included. Empty for an unknown id.
     *
     * @param at instant whose knowledge is asked for; null for now
     */
    public Optional<Spread> spread(String id, @Nullable Instant at) {
        return find(id, at).map(course -> {
            Map<String, NavigableMap<LocalDate, Point>> grown = new TreeMap<>();
            cases(id, course, at).forEach(each -> add(each, grown));
            List<Growth> items = new ArrayList<>();
            grown.forEach((jurisdictionId, days) -> items.add(new Growth(
                    PlaceRef.of(jurisdictions, jurisdictionId),
                    jurisdictions.find(jurisdictionId).map(Jurisdiction::geoid).orElse(""),
                    cumulated(days.values()))));
            items.sort(Comparator.comparing((Growth each) ->
                            each.points().get(each.points().size() - 1).best())
                    .reversed()
                    .thenComparing(each -> each.jurisdiction().id()));
            return new Spread(course.operation(), items);
        });
    }

    private Collection<Case> cases(String operationId, Course course, @Nullable Instant at) {
        Map<String, Case> cases = new TreeMap<>();
        if (at == null) {
            var store = stores.cases();
            course.steps().forEach(step -> cases.computeIfAbsent(step.caseId(), store::get));
        } else {
            stores.history(jurisdictions).cases(at, each -> {
                if (operationId.equals(OperationCourse.operationOf(each))) {
                    cases.put(each.getCaseId(), each);
                }
            });
        }
        return cases.values();
    }

    private static void add(Case of, Map<String, NavigableMap<LocalDate, Point>> into) {
        for (CaseDay day : of.getDays()) {
            String url = of.getAnnouncements().stream()
                    .filter(each -> each.getReleaseId().equals(day.getReleaseId()))
                    .map(CaseAnnouncement::getUrl)
                    .findFirst()
                    .orElse("");
            var says = new Says(of.getCaseId(), day.getReleaseId(), url, day.getArrests(), day.getSentence());
            var point =
                    new Point(day.getDay(), day.getArrestsLow(), day.getArrests(), day.getArrestsHigh(), List.of(says));
            into.computeIfAbsent(day.getJurisdictionId(), id -> new TreeMap<>())
                    .merge(day.getDay(), point, Point::plus);
        }
    }

    private static List<Point> cumulated(Collection<Point> days) {
        List<Point> points = new ArrayList<>();
        long low = 0;
        long best = 0;
        long high = 0;
        for (Point day : days) {
            low += day.low();
            best += day.best();
            high += day.high();
            points.add(new Point(day.day(), low, best, high, day.sources()));
        }
        return points;
    }

    /** Up to three operation ids that an unknown one may have meant. */
    public List<String> nearest(String id) {
        record Near(int distance, String id) {}
        List<Near> near = new ArrayList<>();
        try (var rows = stores.operations().all()) {
            rows.forEachRemaining(row -> {
                int distance = row.key.startsWith(id) ? 0 : EditDistance.within(FARTHEST, id, row.key);
                if (distance >= 0) {
                    near.add(new Near(distance, row.key));
                }
            });
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::id));
        return near.stream().limit(3).map(Near::id).toList();
    }

    private Summary summary(Operation of) {
        return new Summary(
                of.getOperationId(),
                of.getName(),
                of.getStatus(),
                of.getFirstDay(),
                of.getLastDay(),
                of.getArrestsLow(),
                of.getArrests(),
                of.getArrestsHigh(),
                of.getSteps().size(),
                PlaceRef.of(jurisdictions, of.getJurisdictions()),
                "/v1/operations/" + URLEncoder.encode(of.getOperationId(), StandardCharsets.UTF_8) + "/series");
    }

    private List<Step> steps(Operation of) {
        List<Step> steps = new ArrayList<>();
        long low = 0;
        long best = 0;
        long high = 0;
        for (OperationStep step : of.getSteps()) {
            low += orZero(step.getArrestsLow());
            best += orZero(step.getArrests());
            high += orZero(step.getArrestsHigh());
            steps.add(new Step(
                    step.getDay(),
                    step.getCaseId(),
                    step.getReleaseId(),
                    step.getPhase(),
                    step.getArrestsLow(),
                    step.getArrests(),
                    step.getArrestsHigh(),
                    low,
                    best,
                    high,
                    PlaceRef.of(jurisdictions, step.getJurisdictions())));
        }
        return steps;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /**
     * Some operations.
     *
     * @param total how many there are
     * @param next cursor of the next page; null on the last
     */
    public record Found(int total, @Nullable String next, List<Summary> items) {}

    /**
     * An operation over all its cases.
     *
     * @param name name as first written
     * @param status PLANNED, LAUNCHED, ONGOING or CONCLUDED: that of its latest step
     * @param firstDay publication day of its first step
     * @param lastDay publication day of its latest step
     * @param low smallest number of announced arrests
     * @param best announced arrests, each event once
     * @param high largest number of announced arrests
     * @param announcements how many steps it has
     * @param jurisdictions every jurisdiction it reached
     * @param sources path of its numbers by jurisdiction, with the sentences they rest on
     */
    public record Summary(
            String id,
            String name,
            String status,
            LocalDate firstDay,
            LocalDate lastDay,
            long low,
            long best,
            long high,
            int announcements,
            List<PlaceRef> jurisdictions,
            String sources) {}

    /** An operation step by step. */
    public record Course(Summary operation, boolean withdrawn, List<Step> steps) {}

    /**
     * One announcement in the course of an operation.
     *
     * @param addsLow smallest number of persons it adds; null, like the next two, where it states no number
     * @param low smallest number announced up to this step
     * @param best number announced up to this step
     * @param high largest number announced up to this step
     */
    public record Step(
            LocalDate day,
            String caseId,
            String releaseId,
            String phase,
            @Nullable Long addsLow,
            @Nullable Long adds,
            @Nullable Long addsHigh,
            long low,
            long best,
            long high,
            List<PlaceRef> jurisdictions) {}

    /**
     * How an operation grew.
     *
     * @param items each jurisdiction it reached, largest first
     */
    public record Spread(Summary operation, List<Growth> items) {}

    /**
     * How an operation grew in one jurisdiction.
     *
     * @param geoid code of the Census Bureau (FIPS); empty where there is none
     * @param points the days on which something was announced, in order, with what had been announced up to each
     */
    public record Growth(PlaceRef jurisdiction, String geoid, List<Point> points) {}

    /**
     * What had been announced up to a day, and who says what the day added.
     *
     * @param low smallest number of announced arrests
     * @param best announced arrests
     * @param high largest number of announced arrests
     */
    public record Point(LocalDate day, long low, long best, long high, List<Says> sources) {
        private Point plus(Point other) {
            List<Says> both = new ArrayList<>(sources);
            both.addAll(other.sources);
            return new Point(day, low + other.low, best + other.best, high + other.high, List.copyOf(both));
        }
    }

    /**
     * Who says what a day added.
     *
     * @param best announced arrests it adds
     * @param sentence the clause the number was read from; empty where it is a sum of parts or adds nothing
     */
    public record Says(String caseId, String releaseId, String url, long best, String sentence) {}
}
