package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Evidence;

/**
 * What several announcements state about one place of one event, brought to one number.
 *
 * <p>An exact figure refines a rounded one and a larger exact figure stands over a smaller one, which is kept as a
 * conflict; a lower bound above every exact figure is a later reading and stands. Rounded figures that the standing one
 * rounds to ("over 125" for 128) widen low and high; others, and earlier readings of a running total, do not.
 */
final class Statements {
    /** How far a figure may lie from its rounding. */
    static final double ROUNDING = 0.25;

    private final List<Statement> statements = new ArrayList<>();
    private final Set<String> releases = new HashSet<>();

    /** Rounded closed figures, each once: a figure of thousands of reprints costs as much as that of one. */
    private final Set<Persons> rounded = new LinkedHashSet<>();

    /** The largest exact figure, and the largest other one; of equal ones the first told. */
    private @Nullable Statement exact;

    private @Nullable Statement bound;

    private record Statement(String releaseId, Claim claim, Persons persons) {
        boolean isExact() {
            return claim.getQualifier().equals("EXACT");
        }

        boolean isReading() {
            return claim.getKind().equals("CUMULATIVE");
        }
    }

    void add(String releaseId, Claim claim) {
        Persons persons = Persons.of(claim);
        if (persons != null) {
            add(new Statement(releaseId, claim, persons));
        }
    }

    void addAll(Statements others) {
        others.statements.forEach(this::add);
    }

    private void add(Statement statement) {
        statements.add(statement);
        releases.add(statement.releaseId());
        if (statement.isExact()) {
            exact = larger(exact, statement);
        } else {
            bound = larger(bound, statement);
            if (!statement.isReading()) {
                rounded.add(statement.persons());
            }
        }
    }

    private static Statement larger(@Nullable Statement one, Statement later) {
        return one == null || later.persons().best() > one.persons().best() ? later : one;
    }

    /** Whether one release states something in both. */
    boolean sharesReleaseWith(Statements others) {
        return !Collections.disjoint(releases, others.releases);
    }

    /** The number that stands; null without any statement. */
    @Nullable
    Persons persons() {
        Statement standing = standing();
        if (standing == null) {
            return null;
        }
        Persons result = standing.persons();
        for (Persons each : rounded) {
            if (rounds(each, standing.persons())) {
                result = new Persons(
                        Math.min(result.low(), each.low()), result.best(), Math.max(result.high(), each.high()));
            }
        }
        return result;
    }

    private static boolean rounds(Persons rounded, Persons standing) {
        return Math.abs(rounded.best() - standing.best()) <= ROUNDING * Math.min(rounded.best(), standing.best());
    }

    /** The largest exact figure unless a lower bound lies above it; the first told of equal ones. */
    private @Nullable Statement standing() {
        if (exact == null || bound == null) {
            return exact == null ? bound : exact;
        }
        boolean isAbove = bound.claim().getQualifier().equals("AT_LEAST")
                ? bound.persons().best() > exact.persons().best()
                : bound.persons().low() > exact.persons().best();
        return isAbove ? bound : exact;
    }

    @Nullable
    String releaseId() {
        Statement standing = standing();
        return standing == null ? null : standing.releaseId();
    }

    @Nullable
    Evidence evidence() {
        Statement standing = standing();
        return standing == null ? null : standing.claim().getEvidence();
    }

    /** Closed exact figures that differ from the standing one and did not grow into it, a line each: release and number. */
    List<String> conflicts() {
        Statement standing = standing();
        if (standing == null) {
            return List.of();
        }
        long stands = standing.persons().best();
        return statements.stream()
                .filter(statement -> statement.isExact()
                        && !statement.isReading()
                        && statement.persons().best() != stands
                        && !(standing.isReading() && statement.persons().best() < stands))
                .map(statement ->
                        statement.releaseId() + ": " + statement.persons().best())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether a running total was followed by a smaller one; statements were added in the order of publication. */
    boolean fell() {
        long highest = 0;
        for (Statement statement : statements) {
            if (statement.isReading()) {
                if (statement.persons().high() < highest) {
                    return true;
                }
                highest = Math.max(highest, statement.persons().best());
            }
        }
        return false;
    }
}
