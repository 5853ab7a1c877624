package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tellings of one case, each with the first told of those that it is linked to. */
final class Members {
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** One of them. */
    static final class Member {
        private final Telling telling;
        private @Nullable Earliest earliest;
        /** Whether what is stored of it says something else. */
        private boolean isChanged;

        private String caseId;

        /**
         * One as it is stored.
         *
         * @param caseId the case that it belongs to; empty for a new one
         */
        Member(Telling telling, @Nullable Earliest earliest, String caseId) {
            this.telling = telling;
            this.earliest = earliest;
            this.caseId = caseId;
        }

        Telling telling() {
            return telling;
        }

        @Nullable
        Earliest earliest() {
            return earliest;
        }

        void changeEarliest(@Nullable Earliest to) {
            earliest = to;
            isChanged = true;
        }

        /** Takes another telling that it is linked to, which counts when it was told before all others. */
        void link(Telling other, Link link) {
            Earliest known = earliest;
            if (known == null || CaseResolution.IN_ORDER.compare(other, known.telling()) < 0) {
                changeEarliest(new Earliest(other, link));
            }
        }

        /** Puts it into a case; returns whether that or its link is another than stored. */
        boolean belongsTo(String now) {
            boolean stale = isChanged || !caseId.equals(now);
            caseId = now;
            isChanged = false;
            return stale;
        }
    }

    void add(Member member) {
        members.put(member.telling().id(), member);
    }

    void remove(String id) {
        members.remove(id);
    }

    Collection<Member> all() {
        return members.values();
    }

    Member get(String id) {
        return Objects.requireNonNull(members.get(id), id);
    }

    int size() {
        return members.size();
    }

    List<Telling> tellings() {
        return members.values().stream().map(Member::telling).toList();
    }

    /** For each but the first told, why it belongs to the case. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        members.forEach((id, member) -> {
            Earliest earliest = member.earliest();
            if (earliest != null) {
                reasons.put(id, earliest.reason());
            }
        });
        reasons.remove(CaseResolution.caseId(tellings()));
        return reasons;
    }

    /** What is left of the case without the removed members: the cases that the rest makes. */
    List<Members> pieces(LinkRules rules) {
        List<Members> pieces = new ArrayList<>();
        for (List<Telling> component : Components.of(tellings(), rules)) {
            List<Telling> inOrder =
                    component.stream().sorted(CaseResolution.IN_ORDER).toList();
            var piece = new Members();
            for (Telling telling : inOrder) {
                Member member = get(telling.id());
                Earliest earliest = member.earliest();
                if (earliest != null && !members.containsKey(earliest.telling().id())) {
                    member.changeEarliest(Earliest.of(telling, inOrder, rules).orElse(null));
                }
                piece.add(member);
            }
            pieces.add(piece);
        }
        return pieces;
    }
}
