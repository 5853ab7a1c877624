package org.surgewire.streams.cases;

import java.util.ArrayList;
import java.util.List;
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

    private record Statement(String releaseId, Claim claim, Persons persons) {
        boolean isExact() {
            return claim.getQualifier().equals("EXACT");
        }
    }

    void add(String releaseId, Claim claim) {
        Persons persons = Persons.of(claim);
        if (persons != null) {
            statements.add(new Statement(releaseId, claim, persons));
        }
    }

    void addAll(Statements others) {
        statements.addAll(others.statements);
    }

    /** Whether one release states something in both. */
    boolean sharesReleaseWith(Statements others) {
        return statements.stream().anyMatch(one -> others.statements.stream()
                .anyMatch(other -> one.releaseId().equals(other.releaseId())));
    }

    /** The number that stands; null without any statement. */
    @Nullable
    Persons persons() {
        Statement standing = standing();
        if (standing == null) {
            return null;
        }
        Persons result = standing.persons();
        for (Statement statement : statements) {
            boolean reading = statement.claim().getKind().equals("CUMULATIVE");
            if (!statement.isExact() && !reading && rounds(statement, standing)) {
                result = new Persons(
                        Math.min(result.low(), statement.persons().low()),
                        result.best(),
                        Math.max(result.high(), statement.persons().high()));
            }
        }
        return result;
    }

    private static boolean rounds(Statement rounded, Statement standing) {
        long difference = Math.abs(rounded.persons().best() - standing.persons().best());
        return difference
                <= ROUNDING
                        * Math.min(rounded.persons().best(), standing.persons().best());
    }

    /** The largest exact figure unless a lower bound lies above it; the first told of equal ones. */
    private @Nullable Statement standing() {
        Statement exact = null;
        Statement bound = null;
        for (Statement statement : statements) {
            if (statement.isExact()) {
                exact = exact == null
                                || statement.persons().best() > exact.persons().best()
                        ? statement
                        : exact;
            } else {
                bound = bound == null
                                || statement.persons().best() > bound.persons().best()
                        ? statement
                        : bound;
            }
        }
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

    /** Closed exact figures that differ from the standing one, a line each: release and number. */
    List<String> conflicts() {
        Persons stands = persons();
        return statements.stream()
                .filter(statement -> stands != null
                        && statement.isExact()
                        && !statement.claim().getKind().equals("CUMULATIVE")
                        && statement.persons().best() != stands.best())
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
            if (statement.claim().getKind().equals("CUMULATIVE")) {
                if (statement.persons().high() < highest) {
                    return true;
                }
                highest = Math.max(highest, statement.persons().best());
            }
        }
        return false;
    }
}
