package org.surgewire.streams.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseCount;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * What the announcements of one event come to in each jurisdiction and on each day.
 *
 * <p>The number of a jurisdiction is that of {@link EventTree}. It is spread over the publication days of the
 * announcements: each adds what it told beyond all before it, so that a running total becomes increments, and the sum over
 * the days is the number that stands in the end. The result depends on the set of announcements alone.
 */
final class CaseResolution {
    /** The order of telling: by publication day, then id. */
    static final Comparator<Telling> IN_ORDER =
            Comparator.comparing(Telling::day).thenComparing(Telling::id);

    private final Jurisdictions jurisdictions;

    CaseResolution(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /** Id of the case that these announcements describe: that of the first told. */
    static String caseId(Collection<Telling> tellings) {
        return tellings.stream().min(IN_ORDER).orElseThrow().id();
    }

    /** A case that nothing describes any more. */
    static Case withdrawn(Case before) {
        return Case.newBuilder(before)
                .setAnnouncements(List.of())
                .setCounts(List.of())
                .setDays(List.of())
                .build();
    }

    /**
     * The case.
     *
     * @param reasons why each announcement belongs to it, by id; the first told has none
     */
    Case resolve(Collection<Telling> tellings, Map<String, String> reasons) {
        List<Telling> inOrder = tellings.stream().sorted(IN_ORDER).toList();
        var tree = new EventTree(jurisdictions);
        Map<String, Spread> spreads = new TreeMap<>();
        List<CaseAnnouncement> announcements = new ArrayList<>();
        for (Telling telling : inOrder) {
            Set<String> named = tree.add(telling);
            for (EventTree.Node node : tree.resolve()) {
                boolean names = named.contains(node.id());
                boolean counts = names && !telling.isNamedBefore(node.id(), jurisdictions);
                spreads.computeIfAbsent(node.id(), id -> new Spread()).told(telling, node, names, counts);
            }
        }
        for (EventTree.Node node : tree.nodes()) {
            Spread spread = spreads.get(node.id());
            if (spread != null) {
                spread.settle(node.number());
            }
        }
        Spread country = spreads.get(Jurisdictions.COUNTRY);
        Map<Telling, Persons> added = country == null ? Map.of() : country.added();
        for (Telling telling : inOrder) {
            announcements.add(announcement(telling, added, reasons));
        }
        return head(inOrder)
                .setCaseId(caseId(inOrder))
                .setFlags(flags(inOrder, tree))
                .setAnnouncements(announcements)
                .setCounts(counts(tree))
                .setDays(days(spreads, inOrder.stream().anyMatch(Telling::isOfAnEvent)))
                .build();
    }

    private static Case.Builder head(List<Telling> inOrder) {
        ArrestAnnouncement first = inOrder.stream()
                .filter(telling -> !telling.counted().isEmpty())
                .findFirst()
                .orElse(inOrder.get(0))
                .announcement();
        OperationMention named = first(inOrder, ArrestAnnouncement::getOperation);
        OperationMention latest = null;
        for (Telling telling : inOrder) {
            OperationMention operation = telling.announcement().getOperation();
            latest = operation == null ? latest : operation;
        }
        return Case.newBuilder()
                .setFirstDay(inOrder.get(0).day())
                .setLastDay(inOrder.get(inOrder.size() - 1).day())
                .setKind(first.getKind())
                .setOperationId(named == null ? null : named.getOperationId())
                .setOperationName(named == null ? null : named.getName())
                .setOperationPhase(latest == null ? null : latest.getPhase())
                .setPeriod(first(inOrder, ArrestAnnouncement::getPeriod));
    }

    private static <T> @Nullable T first(List<Telling> inOrder, Function<ArrestAnnouncement, @Nullable T> of) {
        for (Telling telling : inOrder) {
            T value = of.apply(telling.announcement());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static List<String> flags(List<Telling> inOrder, EventTree tree) {
        Set<String> flags = new TreeSet<>();
        inOrder.forEach(telling -> flags.addAll(telling.announcement().getFlags()));
        if (tree.nodes().stream().anyMatch(EventTree.Node::runningTotalFell)) {
            flags.add("running-total-fell");
        }
        return List.copyOf(flags);
    }

    private CaseAnnouncement announcement(Telling telling, Map<Telling, Persons> added, Map<String, String> reasons) {
        ArrestAnnouncement announcement = telling.announcement();
        OperationMention operation = announcement.getOperation();
        Persons adds = telling.counted().isEmpty() ? null : added.get(telling);
        return CaseAnnouncement.newBuilder()
                .setReleaseId(announcement.getReleaseId())
                .setRevision(announcement.getRevision())
                .setSourceId(announcement.getSourceId())
                .setPublisher(announcement.getPublisher())
                .setUrl(announcement.getUrl())
                .setTitle(announcement.getTitle())
                .setPublishedDay(announcement.getPublishedDay())
                .setPhase(operation == null ? null : operation.getPhase())
                .setAddsLow(adds == null ? null : adds.low())
                .setAdds(adds == null ? null : adds.best())
                .setAddsHigh(adds == null ? null : adds.high())
                .setJurisdictions(lowest(telling))
                .setLinkReason(reasons.getOrDefault(telling.id(), "FIRST"))
                .setEvent(telling.event())
                .build();
    }

    private List<String> lowest(Telling telling) {
        Set<String> ids = new TreeSet<>();
        telling.places().forEach(place -> ids.add(place.jurisdictionId()));
        return ids.stream()
                .filter(id -> ids.stream().noneMatch(other -> !other.equals(id) && jurisdictions.contains(id, other)))
                .toList();
    }

    private static List<CaseCount> counts(EventTree tree) {
        List<CaseCount> counts = new ArrayList<>();
        for (EventTree.Node node : tree.nodes()) {
            Persons number = node.number();
            counts.add(CaseCount.newBuilder()
                    .setJurisdictionId(node.id())
                    .setLow(number == null ? null : number.low())
                    .setBest(number == null ? null : number.best())
                    .setHigh(number == null ? null : number.high())
                    .setReleaseId(node.releaseId())
                    .setEvidence(node.evidence())
                    .setConflicts(node.conflicts())
                    .build());
        }
        return counts;
    }

    private static List<CaseDay> days(Map<String, Spread> spreads, boolean isEvent) {
        List<CaseDay> days = new ArrayList<>();
        spreads.forEach((id, spread) -> days.addAll(spread.days(id, isEvent)));
        return days;
    }

    /** How one jurisdiction's number grew from announcement to announcement. */
    private static final class Spread {
        /**
         * @param named whether the telling names the jurisdiction
         * @param counts whether it counts there as an announcement: a release of several events does so once
         */
        private record Step(Telling telling, Persons reached, boolean named, boolean counts, String sentence) {}

        private static final Persons NONE = new Persons(0, 0, 0);

        private final List<Step> steps = new ArrayList<>();

        void told(Telling telling, EventTree.Node node, boolean named, boolean counts) {
            Persons number = node.number();
            Evidence evidence = telling.releaseId().equals(node.releaseId()) ? node.evidence() : null;
            steps.add(new Step(
                    telling,
                    number == null ? NONE : number,
                    named,
                    counts,
                    evidence == null ? "" : evidence.getSentence()));
        }

        /** Cuts every step to what stands in the end, and lets none fall below an earlier one. */
        void settle(@Nullable Persons end) {
            Persons most = end == null ? NONE : end;
            Persons reached = NONE;
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                Persons cut = new Persons(
                        Math.min(step.reached.low(), most.low()),
                        Math.min(step.reached.best(), most.best()),
                        Math.min(step.reached.high(), most.high()));
                reached = reached.orMore(cut);
                steps.set(i, new Step(step.telling, reached, step.named, step.counts, step.sentence));
            }
        }

        /** What each telling added. */
        Map<Telling, Persons> added() {
            Map<Telling, Persons> added = new HashMap<>();
            Persons before = NONE;
            for (Step step : steps) {
                added.put(step.telling, minus(step.reached, before));
                before = step.reached;
            }
            return added;
        }

        private static Persons minus(Persons one, Persons other) {
            return new Persons(one.low() - other.low(), one.best() - other.best(), one.high() - other.high());
        }

        List<CaseDay> days(String id, boolean isEvent) {
            Map<LocalDate, CaseDay> days = new TreeMap<>();
            Persons before = NONE;
            LocalDate lastReading = null;
            boolean counted = !isEvent;
            for (Step step : steps) {
                Persons added = minus(step.reached, before);
                before = step.reached;
                if (added.equals(NONE) && !step.counts && !(step.named && !counted)) {
                    continue;
                }
                LocalDate on = step.telling.day();
                CaseDay day =
                        days.computeIfAbsent(on, first -> new CaseDay(id, first, 0, 0, 0L, 0L, 0L, "", "", List.of()));
                day.setAnnouncements(day.getAnnouncements() + (step.counts ? 1 : 0));
                day.setCases(day.getCases() + (counted ? 0 : 1));
                counted = true;
                day.setArrestsLow(day.getArrestsLow() + added.low());
                day.setArrests(day.getArrests() + added.best());
                day.setArrestsHigh(day.getArrestsHigh() + added.high());
                Period period = StatedPeriod.of(step.telling, lastReading);
                if (period != null && !added.equals(NONE)) {
                    day.setPeriods(StatedPeriod.with(day.getPeriods(), period, added));
                }
                if (step.telling.isCumulative()) {
                    lastReading = step.telling.end();
                }
                // The last that raised the number states the one that stands: "128", after "nearly 100" and "over 125".
                if (added.best() > 0 || day.getReleaseId().isEmpty()) {
                    day.setReleaseId(step.telling.releaseId());
                    day.setSentence(added.best() > 0 ? step.sentence : "");
                }
            }
            return List.copyOf(days.values());
        }
    }
}
