package org.surgewire.streams.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.claim;

import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Claim;

class StatementsTest {
    private final Statements statements = new Statements();

    @Test
    void withoutAnyStatementTheNumberIsUnknown() {
        assertThat(statements.persons()).isNull();
        assertThat(statements.releaseId()).isNull();
        assertThat(statements.conflicts()).isEmpty();
    }

    @Test
    void anExactFigureRefinesALowerBoundWhicheverCameFirst() {
        statements.add("dhs", atLeast(125));
        statements.add("ice", exact(128));
        assertThat(statements.persons()).isEqualTo(new Persons(125, 128, 128));
        assertThat(statements.releaseId()).isEqualTo("ice");

        var reversed = new Statements();
        reversed.add("ice", exact(128));
        reversed.add("dhs", atLeast(125));
        assertThat(reversed.persons()).isEqualTo(statements.persons());
    }

    @Test
    void aSmallerRestatedFigureDoesNotLowerTheNumberAndIsKeptAsAConflict() {
        statements.add("march", exact(646));
        statements.add("july", exact(543));
        assertThat(statements.persons()).isEqualTo(new Persons(646, 646, 646));
        assertThat(statements.conflicts()).containsExactly("july: 543");
    }

    @Test
    void aLowerBoundAboveEveryExactFigureIsALaterReadingAndStands() {
        statements.add("first", exact(370));
        statements.add("later", atLeast(425));
        assertThat(statements.persons()).isEqualTo(new Persons(425, 425, 425));
        assertThat(statements.releaseId()).isEqualTo("later");
    }

    @Test
    void aRoundedFigureFarFromTheStandingOneDoesNotWidenIt() {
        statements.add("one", exact(128));
        statements.add("other", atLeast(50));
        assertThat(statements.persons()).isEqualTo(new Persons(128, 128, 128));
    }

    @Test
    void readingsOfARunningTotalAreNoConflictAndTheLargestStands() {
        statements.add("a", cumulative(81));
        statements.add("b", cumulative(131));
        statements.add("c", cumulative(370));
        assertThat(statements.persons()).isEqualTo(new Persons(370, 370, 370));
        assertThat(statements.conflicts()).isEmpty();
        assertThat(statements.fell()).isFalse();
    }

    @Test
    void aRunningTotalThatFallsIsFlaggedAndKeepsItsHeight() {
        statements.add("a", cumulative(370));
        statements.add("b", cumulative(131));
        assertThat(statements.persons()).isEqualTo(new Persons(370, 370, 370));
        assertThat(statements.fell()).isTrue();
    }

    private static Claim exact(long count) {
        return claim("c1", "TOTAL", CA, count);
    }

    private static Claim atLeast(long count) {
        return Claim.newBuilder(exact(count)).setQualifier("AT_LEAST").build();
    }

    private static Claim cumulative(long count) {
        return Claim.newBuilder(exact(count)).setKind("CUMULATIVE").build();
    }
}
