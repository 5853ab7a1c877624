package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.CaseCount;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * What an announcement comes to in each jurisdiction.
 *
 * <p>A jurisdiction's number is the larger of its own statement and the sum of its parts, never both added; what no part
 * accounts for stays with it. A place that is no jurisdiction (an area, a judicial district) is a part of the smallest
 * jurisdiction that contains it. Only persons arrested in the release's own period count: goals, rates, subsets, other
 * periods, charges and detainers do not, nor does the long-run statistic of an agency, whose arrests were announced one
 * by one before. Where nothing states a number the count is null: unknown, not zero.
 */
final class CaseResolution {
    /** A statistic over more days than this repeats arrests that were announced before. */
    static final long LONGEST_COUNTED_STATISTIC_DAYS = 31;

    private static final Set<String> COUNTED_KINDS =
            Set.of("ARREST_RESULTS", "OPERATION_ONGOING", "SINGLE_ARREST", "STATISTICS");
    private static final Set<String> COUNTED_CLAIMS = Set.of("PERIOD", "INCREMENT", "CUMULATIVE");

    private final Jurisdictions jurisdictions;

    CaseResolution(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /** The case that this announcement describes on its own. A withdrawn one gives a case without announcements. */
    Case resolve(String caseId, ArrestAnnouncement announcement) {
        Case.Builder resolved = Case.newBuilder()
                .setCaseId(caseId)
                .setFirstDay(announcement.getPublishedDay())
                .setLastDay(announcement.getPublishedDay())
                .setKind(announcement.getKind())
                .setPeriod(announcement.getPeriod())
                .setFlags(announcement.getFlags());
        if (announcement.getWithdrawn()) {
            return resolved.build();
        }
        OperationMention operation = announcement.getOperation();
        if (operation != null) {
            resolved.setOperationId(operation.getOperationId())
                    .setOperationName(operation.getName())
                    .setOperationPhase(operation.getPhase());
        }
        Map<String, Node> nodes = nodes(announcement);
        nodes.values().stream().filter(Node::isRoot).forEach(Node::resolve);
        List<CaseCount> counts = new ArrayList<>();
        List<CaseDay> days = new ArrayList<>();
        for (Node node : nodes.values()) {
            counts.add(node.count(announcement.getReleaseId()));
            days.add(new CaseDay(
                    node.id,
                    announcement.getPublishedDay(),
                    1,
                    1,
                    node.number == null ? 0 : node.number.low(),
                    node.number == null ? 0 : node.number.best(),
                    node.number == null ? 0 : node.number.high()));
        }
        Node country = nodes.get(Jurisdictions.COUNTRY);
        Persons number = country == null ? null : country.number;
        return resolved.setCounts(counts)
                .setDays(days)
                .setAnnouncements(List.of(CaseAnnouncement.newBuilder()
                        .setReleaseId(announcement.getReleaseId())
                        .setRevision(announcement.getRevision())
                        .setSourceId(announcement.getSourceId())
                        .setPublisher(announcement.getPublisher())
                        .setUrl(announcement.getUrl())
                        .setTitle(announcement.getTitle())
                        .setPublishedDay(announcement.getPublishedDay())
                        .setPhase(operation == null ? null : operation.getPhase())
                        .setAddsLow(number == null ? null : number.low())
                        .setAdds(number == null ? null : number.best())
                        .setAddsHigh(number == null ? null : number.high())
                        .setJurisdictions(lowest(nodes.values()))
                        .setLinkReason("FIRST")
                        .build()))
                .build();
    }

    private Map<String, Node> nodes(ArrestAnnouncement announcement) {
        Map<String, Node> nodes = new TreeMap<>();
        boolean counted = COUNTED_KINDS.contains(announcement.getKind()) && !isLongStatistic(announcement);
        for (Claim claim : announcement.getClaims()) {
            String id = claim.getJurisdictionId();
            Node node = node(nodes, id == null ? Jurisdictions.COUNTRY : id);
            Persons number = Persons.of(claim);
            if (counted && number != null && isCounted(claim)) {
                node.take(claim, number);
            }
        }
        if (nodes.isEmpty()) {
            node(nodes, Jurisdictions.COUNTRY);
        }
        return nodes;
    }

    private static boolean isCounted(Claim claim) {
        return claim.getUnit().equals("persons")
                && COUNTED_CLAIMS.contains(claim.getKind())
                && !claim.getRole().equals("OTHER");
    }

    private static boolean isLongStatistic(ArrestAnnouncement announcement) {
        if (!announcement.getKind().equals("STATISTICS")) {
            return false;
        }
        var period = announcement.getPeriod();
        return period == null
                || period.getStart() == null
                || period.getEnd() == null
                || period.getEnd().toEpochDay() - period.getStart().toEpochDay() >= LONGEST_COUNTED_STATISTIC_DAYS;
    }

    /** The node of a jurisdiction, made with everything that contains it where it is new. */
    private Node node(Map<String, Node> nodes, String id) {
        List<Jurisdiction> lineage = jurisdictions.lineage(id);
        if (lineage.isEmpty()) {
            lineage = jurisdictions.lineage(Jurisdictions.COUNTRY);
        }
        Node lowest = null;
        Node child = null;
        for (Jurisdiction jurisdiction : lineage) {
            Node known = nodes.get(jurisdiction.id());
            Node node = known == null ? new Node(jurisdiction.id(), jurisdiction.parentId() == null) : known;
            lowest = lowest == null ? node : lowest;
            if (child != null) {
                node.children.add(child);
            }
            if (known != null) {
                break;
            }
            nodes.put(node.id, node);
            child = node;
        }
        return Objects.requireNonNull(lowest, id);
    }

    private static List<String> lowest(Collection<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.children.isEmpty())
                .map(node -> node.id)
                .toList();
    }

    /** A number with what is consistent with it; low ≤ best ≤ high. */
    record Persons(long low, long best, long high) {
        static @Nullable Persons of(Claim claim) {
            Long best = claim.getBest();
            if (best == null) {
                return null;
            }
            Long low = claim.getLow();
            Long high = claim.getHigh();
            return new Persons(
                    Math.min(low == null ? best : low, best), best, Math.max(high == null ? best : high, best));
        }

        Persons plus(Persons other) {
            return new Persons(low + other.low, best + other.best, high + other.high);
        }

        /** The larger of a statement and the sum of its parts: each bound on its own. */
        Persons orMore(Persons parts) {
            return new Persons(Math.max(low, parts.low), Math.max(best, parts.best), Math.max(high, parts.high));
        }
    }

    /** One jurisdiction of the announcement. Shared places ("area", "district") are parts beside its child nodes. */
    private static final class Node {
        final String id;
        final Set<Node> children = new LinkedHashSet<>();
        final List<Persons> areas = new ArrayList<>();
        private final boolean root;

        @Nullable
        Claim claim;

        @Nullable
        Persons own;

        @Nullable
        Persons number;

        Node(String id, boolean root) {
            this.id = id;
            this.root = root;
        }

        boolean isRoot() {
            return root;
        }

        void take(Claim taken, Persons stated) {
            boolean area =
                    taken.getPlaceType().equals("area") || taken.getPlaceType().equals("district");
            if (area && taken.getRole().equals("PART")) {
                areas.add(stated);
            } else if (own == null || stated.best() > own.best()) {
                own = stated;
                claim = taken;
            }
        }

        void resolve() {
            Persons parts = null;
            for (Persons area : areas) {
                parts = parts == null ? area : parts.plus(area);
            }
            for (Node child : children) {
                child.resolve();
                if (child.number != null) {
                    parts = parts == null ? child.number : parts.plus(child.number);
                }
            }
            if (own == null) {
                number = parts;
            } else {
                number = parts == null ? own : own.orMore(parts);
            }
        }

        CaseCount count(String releaseId) {
            boolean byStatement = claim != null && own != null && number != null && own.best() == number.best();
            return CaseCount.newBuilder()
                    .setJurisdictionId(id)
                    .setLow(number == null ? null : number.low())
                    .setBest(number == null ? null : number.best())
                    .setHigh(number == null ? null : number.high())
                    .setReleaseId(byStatement ? releaseId : null)
                    .setEvidence(byStatement && claim != null ? claim.getEvidence() : null)
                    .setConflicts(List.of())
                    .build();
        }
    }
}
