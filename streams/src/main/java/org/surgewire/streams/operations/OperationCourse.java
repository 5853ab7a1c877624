package org.surgewire.streams.operations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.CaseAnnouncement;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;

/** The course of one operation, from its cases. The same cases give the same operation in whatever order they came. */
public final class OperationCourse {
    private static final Comparator<OperationStep> BY_DAY = Comparator.comparing(OperationStep::getDay)
            .thenComparing(OperationStep::getCaseId)
            .thenComparing(OperationStep::getReleaseId);

    private static final String PLAN = "OPERATION_PLANNED";
    private static final String UNNAMED = "unnamed-";

    private OperationCourse() {}

    /** Id of the operation that a case belongs to; null for none. A plan that names no operation is one of its own. */
    public static @Nullable String operationOf(Case of) {
        String named = of.getOperationId();
        return named == null
                        && of.getKind().equals(PLAN)
                        && !of.getAnnouncements().isEmpty()
                ? UNNAMED + of.getCaseId()
                : named;
    }

    /**
     * The operation as its cases make it.
     *
     * @param cases all cases of the operation; without any, the operation as it was is given back without steps
     * @return null when there are no cases and it was never published
     */
    public static @Nullable Operation of(String operationId, Collection<Case> cases, @Nullable Operation before) {
        List<OperationStep> steps = new ArrayList<>();
        TreeSet<String> jurisdictions = new TreeSet<>();
        long low = 0;
        long best = 0;
        long high = 0;
        Case first = null;
        for (Case each : cases) {
            if (each.getAnnouncements().isEmpty()) {
                continue;
            }
            first = first == null || isEarlier(each, first) ? each : first;
            for (CaseAnnouncement announcement : each.getAnnouncements()) {
                steps.add(step(each, announcement));
                jurisdictions.addAll(announcement.getJurisdictions());
                low += orZero(announcement.getAddsLow());
                best += orZero(announcement.getAdds());
                high += orZero(announcement.getAddsHigh());
            }
        }
        if (first == null) {
            return before == null
                    ? null
                    : Operation.newBuilder(before)
                            .setArrestsLow(0)
                            .setArrests(0)
                            .setArrestsHigh(0)
                            .setJurisdictions(List.of())
                            .setSteps(List.of())
                            .build();
        }
        steps.sort(BY_DAY);
        String name = first.getOperationName();
        return Operation.newBuilder()
                .setOperationId(operationId)
                .setName(name == null ? "Operation without a name" : name)
                .setStatus(steps.get(steps.size() - 1).getPhase())
                .setFirstDay(steps.get(0).getDay())
                .setLastDay(steps.get(steps.size() - 1).getDay())
                .setArrestsLow(low)
                .setArrests(best)
                .setArrestsHigh(high)
                .setJurisdictions(List.copyOf(jurisdictions))
                .setSteps(steps)
                .build();
    }

    private static boolean isEarlier(Case one, Case other) {
        int byDay = one.getFirstDay().compareTo(other.getFirstDay());
        return byDay < 0 || (byDay == 0 && one.getCaseId().compareTo(other.getCaseId()) < 0);
    }

    private static OperationStep step(Case of, CaseAnnouncement announcement) {
        String phase = announcement.getPhase();
        return OperationStep.newBuilder()
                .setDay(announcement.getPublishedDay())
                .setCaseId(of.getCaseId())
                .setReleaseId(announcement.getReleaseId())
                .setPhase(phase == null ? unnamed(of) : phase)
                .setArrestsLow(announcement.getAddsLow())
                .setArrests(announcement.getAdds())
                .setArrestsHigh(announcement.getAddsHigh())
                .setJurisdictions(announcement.getJurisdictions())
                .build();
    }

    /** Only a plan may be without a name. */
    private static String unnamed(Case of) {
        return of.getOperationId() == null ? "PLANNED" : "ONGOING";
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
