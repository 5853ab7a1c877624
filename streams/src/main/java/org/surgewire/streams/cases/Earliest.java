package org.surgewire.streams.cases;

import java.util.List;
import java.util.Optional;

/**
 * Of all tellings that the rules link to one, the first told: what is shown as the reason why it belongs to its case.
 *
 * @param telling that first told one
 * @param link the rule that links the two
 */
record Earliest(Telling telling, Link link) {

    /** That of {@code of} among tellings that are in the order of telling; empty when none is linked to it. */
    static Optional<Earliest> of(Telling of, List<Telling> inOrder, LinkRules rules) {
        for (Telling other : inOrder) {
            Optional<Link> link = rules.link(of, other);
            if (link.isPresent()) {
                return Optional.of(new Earliest(other, link.get()));
            }
        }
        return Optional.empty();
    }

    /** As it is written into a case. */
    String reason() {
        return link.name() + " " + telling.id();
    }
}
