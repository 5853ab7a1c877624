package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * The jurisdictions of one event with what its tellings state about them.
 *
 * <p>A jurisdiction's number is the larger of its own statements and the sum of its parts, never both added; what no part
 * accounts for stays with it. A part is a jurisdiction below it, or a group: a place that is no jurisdiction (an area, a
 * district) or several places for which only a joint number is stated. A group in turn is the larger of its joint number
 * and the sum of the jurisdictions it covers; two groups that share a name or a jurisdiction, or for which different
 * releases state the same number, are told of the same arrests and become one. Where nothing states a number it is null: unknown, not zero.
 */
final class EventTree {
    /** Smaller numbers are equal by chance too often to tell anything. */
    private static final long LEAST_TELLING = 10;

    private final Jurisdictions jurisdictions;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final List<Node> resolved = new ArrayList<>();

    EventTree(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /** Adds a telling and returns the ids of the jurisdictions that it names, with all that contain them. */
    Set<String> add(Telling telling) {
        Set<String> named = new LinkedHashSet<>();
        telling.named().forEach(id -> name(id, named));
        for (Claim claim : telling.counted()) {
            state(telling, claim);
        }
        return named;
    }

    private void name(String id, Set<String> named) {
        Node child = null;
        for (Jurisdiction jurisdiction : lineage(id)) {
            Node node = nodes.computeIfAbsent(jurisdiction.id(), Node::new);
            if (child != null) {
                node.children.add(child.id);
            }
            named.add(node.id);
            node.isChanged = true;
            child = node;
        }
    }

    private List<Jurisdiction> lineage(String id) {
        List<Jurisdiction> lineage = jurisdictions.lineage(id);
        return lineage.isEmpty() ? jurisdictions.lineage(Jurisdictions.COUNTRY) : lineage;
    }

    private void state(Telling telling, Claim claim) {
        Place place = Place.of(claim);
        Node node = node(place.jurisdictionId());
        change(place.jurisdictionId());
        boolean total = claim.getRole().equals("TOTAL");
        Set<String> covered = new HashSet<>();
        Set<String> inside = new HashSet<>();
        if (total && (place.area() != null || (claim.getPlace() == null && partsAddUp(telling, claim)))) {
            for (Place part : telling.places()) {
                String child = childToward(node, part.jurisdictionId());
                if (child != null) {
                    covered.add(child);
                } else if (part.area() != null && node(part.jurisdictionId()).equals(node)) {
                    inside.add(part.area());
                }
            }
            inside.remove(place.area());
        }
        if (place.area() == null && covered.isEmpty()) {
            node.own.add(telling.releaseId(), claim);
        } else {
            Group group = node.group(place.area(), covered);
            group.inside.addAll(inside);
            group.statements.add(telling.releaseId(), claim);
        }
    }

    private void change(String id) {
        for (Jurisdiction jurisdiction : lineage(id)) {
            node(jurisdiction.id()).isChanged = true;
        }
    }

    /** Whether the parts are the total. Where they are not they may be examples, and the total that of all around them. */
    private static boolean partsAddUp(Telling telling, Claim total) {
        long sum = 0;
        for (Claim claim : telling.counted()) {
            sum += claim.getRole().equals("PART") ? claim.getBest() : 0;
        }
        return sum >= total.getBest();
    }

    private Node node(String id) {
        return Objects.requireNonNull(nodes.get(lineage(id).get(0).id()), id);
    }

    /** The direct part of the node in which a jurisdiction lies; null when it is the node itself or outside. */
    private @Nullable String childToward(Node node, String id) {
        String child = null;
        for (Jurisdiction jurisdiction : lineage(id)) {
            if (jurisdiction.id().equals(node.id)) {
                return child;
            }
            child = jurisdiction.id();
        }
        return null;
    }

    /** All jurisdictions, by id. Their numbers are those of the last {@link #resolve()}. */
    Collection<Node> nodes() {
        return nodes.values();
    }

    @Nullable
    Node find(String id) {
        return nodes.get(id);
    }

    /**
     * Brings all statements so far to one number for each jurisdiction, and returns those jurisdictions whose number may be
     * another one since the last time.
     */
    List<Node> resolve() {
        resolved.clear();
        Node country = nodes.get(Jurisdictions.COUNTRY);
        if (country != null) {
            resolve(country);
        }
        return resolved;
    }

    private @Nullable Persons resolve(Node node) {
        if (!node.isChanged) {
            return node.number;
        }
        Set<String> uncovered = new LinkedHashSet<>();
        for (String child : node.children) {
            resolve(child(child));
            uncovered.add(child);
        }
        List<Group> groups = node.groups();
        Set<Group> left = new LinkedHashSet<>(groups);
        Persons parts = null;
        for (Group group : groups) {
            if (groups.stream().noneMatch(other -> other.contains(group))) {
                parts = Persons.sum(parts, resolve(node, group, left, uncovered));
            }
        }
        // Only what each release says to lie inside the other.
        for (Group group : groups) {
            if (left.contains(group)) {
                parts = Persons.sum(parts, resolve(node, group, left, uncovered));
            }
        }
        for (String child : uncovered) {
            parts = Persons.sum(parts, child(child).number);
        }
        node.number = Persons.larger(node.own.persons(), parts);
        node.isChanged = false;
        resolved.add(node);
        return node.number;
    }

    /** The number of a group with the groups and jurisdictions inside it, which are then neither left nor uncovered. */
    private @Nullable Persons resolve(Node node, Group group, Set<Group> left, Set<String> uncovered) {
        left.remove(group);
        Persons inside = null;
        for (Group other : List.copyOf(left)) {
            if (group.contains(other) && left.contains(other)) {
                inside = Persons.sum(inside, resolve(node, other, left, uncovered));
            }
        }
        for (String child : node.children) {
            boolean covers = group.covered.contains(child)
                    || isAround(node, group, child)
                    || (group.covered.isEmpty() && hasNumber(child, group.statements.persons()));
            if (covers && uncovered.remove(child)) {
                inside = Persons.sum(inside, child(child).number);
            }
        }
        return Persons.larger(group.statements.persons(), inside);
    }

    private boolean isAround(Node node, Group group, String child) {
        return group.names.stream()
                .anyMatch(name -> new Place(node.id, name).isAreaAround(new Place(child, null), jurisdictions));
    }

    /** Whether a jurisdiction has just this number: "145 in Northern Ohio" are the 145 of Cleveland. */
    private boolean hasNumber(String id, @Nullable Persons wanted) {
        Node node = child(id);
        return wanted != null
                && wanted.best() >= LEAST_TELLING
                && ((node.number != null && node.number.best() == wanted.best())
                        || node.children.stream().anyMatch(child -> hasNumber(child, wanted)));
    }

    private Node child(String id) {
        return Objects.requireNonNull(nodes.get(id), id);
    }

    /** One jurisdiction of the event. */
    static final class Node {
        private final String id;
        private final Set<String> children = new LinkedHashSet<>();
        private final Statements own = new Statements();
        private final List<Group> groups = new ArrayList<>();
        private @Nullable Persons number;

        /** Whether something was stated or named here or below since the last {@link #resolve()}. */
        private boolean isChanged = true;

        /** What {@link #groups()} returned; null when a group changed since. */
        private @Nullable List<Group> told;

        private Node(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        /** Persons arrested; null where nothing states a number. */
        @Nullable
        Persons number() {
            return number;
        }

        private Group group(@Nullable String name, Set<String> covered) {
            told = null;
            List<Group> same = groups.stream()
                    .filter(group ->
                            group.names.contains(name) || group.covered.stream().anyMatch(covered::contains))
                    .toList();
            groups.removeAll(same);
            Group merged = same.isEmpty() ? new Group() : same.get(0);
            same.stream().skip(1).forEach(merged::take);
            if (name != null) {
                merged.names.add(name);
            }
            merged.covered.addAll(covered);
            groups.add(merged);
            return merged;
        }

        /** The groups, those that are told of the same arrests as one. */
        private List<Group> groups() {
            List<Group> known = told;
            if (known == null) {
                known = once();
                told = known;
            }
            return known;
        }

        private List<Group> once() {
            List<Group> once = new ArrayList<>();
            for (Group group : groups) {
                int at = 0;
                while (at < once.size() && !once.get(at).isToldAs(group)) {
                    at++;
                }
                if (at == once.size()) {
                    once.add(group);
                } else {
                    var both = new Group();
                    both.take(once.get(at));
                    both.take(group);
                    once.set(at, both);
                }
            }
            return once;
        }

        /** The statement that the number is; null where it is a sum. */
        private @Nullable Statements deciding() {
            Persons decided = number;
            if (decided == null) {
                return null;
            }
            Persons stated = own.persons();
            if (stated != null && stated.best() == decided.best()) {
                return own;
            }
            List<Group> told = groups();
            Persons joint = told.size() == 1 ? told.get(0).statements.persons() : null;
            return joint != null && joint.best() == decided.best() ? told.get(0).statements : null;
        }

        @Nullable
        String releaseId() {
            Statements deciding = deciding();
            return deciding == null ? null : deciding.releaseId();
        }

        @Nullable
        Evidence evidence() {
            Statements deciding = deciding();
            return deciding == null ? null : deciding.evidence();
        }

        List<String> conflicts() {
            List<String> conflicts = new ArrayList<>(own.conflicts());
            groups.forEach(group -> conflicts.addAll(group.statements.conflicts()));
            return conflicts;
        }

        boolean runningTotalFell() {
            return own.fell() || groups.stream().anyMatch(group -> group.statements.fell());
        }
    }

    /** Arrests that are told for a name or for several jurisdictions together. */
    private static final class Group {
        private final Set<String> names = new LinkedHashSet<>();
        private final Set<String> covered = new LinkedHashSet<>();

        /** Names of areas that a release counts into the number of this one: the Kansas City area in that of the Midwest. */
        private final Set<String> inside = new LinkedHashSet<>();

        private final Statements statements = new Statements();

        boolean contains(Group other) {
            return other != this && other.names.stream().anyMatch(inside::contains);
        }

        /** "More than 300 in the Los Angeles area" and "more than 300 in Southern California", from two publishers. */
        boolean isToldAs(Group other) {
            Persons mine = statements.persons();
            return mine != null
                    && mine.equals(other.statements.persons())
                    && mine.best() >= LEAST_TELLING
                    && !statements.sharesReleaseWith(other.statements);
        }

        void take(Group other) {
            names.addAll(other.names);
            covered.addAll(other.covered);
            inside.addAll(other.inside);
            statements.addAll(other.statements);
        }
    }
}
