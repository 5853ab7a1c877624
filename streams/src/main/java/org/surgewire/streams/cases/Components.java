package org.surgewire.streams.cases;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The connected components of links: the announcements of one case each. */
final class Components {
    private Components() {}

    /**
     * Puts together what is linked.
     *
     * @param tellings by id; links to others lead nowhere
     * @param links of a telling: the reason for each, by the other's id
     */
    static List<List<Telling>> of(Map<String, Telling> tellings, Function<String, Map<String, String>> links) {
        List<List<Telling>> components = new ArrayList<>();
        Set<String> open = new TreeSet<>(tellings.keySet());
        Deque<String> next = new ArrayDeque<>();
        while (!open.isEmpty()) {
            List<Telling> component = new ArrayList<>();
            next.add(open.iterator().next());
            while (!next.isEmpty()) {
                String id = next.remove();
                Telling telling = open.remove(id) ? tellings.get(id) : null;
                if (telling != null) {
                    component.add(telling);
                    next.addAll(links.apply(id).keySet());
                }
            }
            components.add(component);
        }
        return components;
    }

    /** For each announcement but the first, the rule that links it and the first told that it is linked to. */
    static Map<String, String> reasons(Collection<Telling> component, Function<String, Map<String, String>> links) {
        List<Telling> inOrder =
                component.stream().sorted(CaseResolution.IN_ORDER).toList();
        Map<String, String> reasons = new HashMap<>();
        for (Telling telling : inOrder.subList(1, inOrder.size())) {
            Map<String, String> own = links.apply(telling.id());
            for (Telling other : inOrder) {
                String reason = own.get(other.id());
                if (reason != null) {
                    reasons.put(telling.id(), reason + " " + other.id());
                    break;
                }
            }
        }
        return reasons;
    }
}
