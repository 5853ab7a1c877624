package org.surgewire.streams.cases;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The connected components of the links between tellings: the announcements of one case each. */
final class Components {
    private Components() {}

    /**
     * Puts together what the rules link. A telling is compared with those only that no component holds yet, so that
     * thousands of reprints take one comparison each.
     */
    static List<List<Telling>> of(Collection<Telling> tellings, LinkRules rules) {
        List<List<Telling>> components = new ArrayList<>();
        List<Telling> open = new ArrayList<>(tellings);
        Deque<Telling> next = new ArrayDeque<>();
        while (!open.isEmpty()) {
            List<Telling> component = new ArrayList<>();
            next.add(open.remove(open.size() - 1));
            while (!next.isEmpty()) {
                Telling telling = next.remove();
                component.add(telling);
                open.removeIf(other -> {
                    boolean linked = rules.link(telling, other).isPresent();
                    if (linked) {
                        next.add(other);
                    }
                    return linked;
                });
            }
            components.add(component);
        }
        return components;
    }
}
