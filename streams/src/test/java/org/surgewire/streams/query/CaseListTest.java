package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.CaseQueries.Found;
import org.surgewire.streams.query.CaseQueries.Summary;
import org.surgewire.streams.query.CaseQueries.Wanted;
import org.surgewire.streams.runtime.Pipeline;

class CaseListTest {
    private static final String YEARS_FROM = "2018-01-01";
    private static final String FROM = "2020-09-01";
    private static final String TO = "2020-10-31";

    private final Pipeline pipeline = new Pipeline();
    private final CaseQueries cases = new CaseQueries(pipeline.stores(), Jurisdictions.bundled());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void theSameCasesAreFoundOfFewDaysAsOfManyAndAsOfAnInstant() {
        pipeline.announce(
                arrests("early", "2020-08-31", CA, 3),
                arrests("a", "2020-09-28", MECKLENBURG, 12),
                arrests("b", "2020-10-07", LOS_ANGELES, 96),
                arrests("late", "2020-11-01", CA, 4));

        assertThat(ids(list(FROM, TO, null))).containsExactly("b", "a");
        assertThat(ids(list(YEARS_FROM, TO, null))).containsExactly("b", "a", "early");
        assertThat(ids(list(FROM, TO, Instant.parse("2020-12-01T00:00:00Z")))).containsExactly("b", "a");
        assertThat(ids(list(FROM, TO, Instant.parse("2020-10-01T00:00:00Z")))).containsExactly("a");
    }

    @Test
    void aCaseIsListedOnceWhateverItsRevisionsAndNotAtAllOnceWithdrawn() {
        var announced = arrests("a", "2020-09-28", MECKLENBURG, 12);
        var gone = arrests("b", "2020-09-29", CA, 5);
        pipeline.announce(announced, gone);
        pipeline.announce(revised(announced, 2, claim("c1", "TOTAL", MECKLENBURG, 11)));
        pipeline.announce(withdrawn(gone, 2));

        Found found = list(FROM, TO, null);

        assertThat(ids(found)).containsExactly("a");
        assertThat(found.total()).isEqualTo(1);
        assertThat(found.items().get(0).counts().get(0).best()).isEqualTo(11);
        assertThat(ids(list(YEARS_FROM, TO, null))).containsExactly("a");
    }

    @Test
    void aStateHasTheCasesOfItsCounties() {
        pipeline.announce(arrests("a", "2020-09-28", MECKLENBURG, 12), arrests("b", "2020-10-07", LOS_ANGELES, 96));

        var wanted = new Wanted(NC, null, null, LocalDate.parse(FROM), LocalDate.parse(TO));

        assertThat(ids(cases.list(wanted, null, Paging.first(10)))).containsExactly("a");
    }

    @Test
    void pagesGoOnBehindTheLastCaseAlsoWhenOneHasComeBefore() {
        for (int day = 1; day <= 7; day++) {
            pipeline.announce(arrests("r" + day, "2020-09-0" + day, day % 2 == 0 ? CA : MECKLENBURG, 10L * day));
        }
        List<String> all = new ArrayList<>();
        var wanted = new Wanted(null, null, null, LocalDate.parse(FROM), LocalDate.parse(TO));
        Found page = cases.list(wanted, null, Paging.first(3));
        all.addAll(ids(page));
        pipeline.announce(arrests("new", "2020-09-30", CA, 1));
        while (page.next() != null) {
            page = cases.list(wanted, null, Paging.after(page.next(), 3));
            all.addAll(ids(page));
        }

        assertThat(all).containsExactly("r7", "r6", "r5", "r4", "r3", "r2", "r1");
    }

    @Test
    void aReleaseOfTwoEventsSaysWhichOfThemACaseIsAndWhereTheOtherIs() {
        var both = ArrestAnnouncement.newBuilder(arrests("r", "2020-09-28", MECKLENBURG, 12))
                .setFurtherEvents(List.of(FurtherEvent.newBuilder()
                        .setKind("ARREST_RESULTS")
                        .setClaims(List.of(claim("c2", "TOTAL", LOS_ANGELES, 30)))
                        .build()))
                .build();
        pipeline.announce(both);

        assertThat(ids(list(FROM, TO, null))).containsExactlyInAnyOrder("r", "r~2");
        for (Instant at : new Instant[] {null, Instant.parse("2020-12-01T00:00:00Z")}) {
            var first = cases.find("r", at).orElseThrow().announcements().get(0);
            assertThat(first.event()).isEqualTo(1);
            assertThat(first.otherEvents()).containsExactly(new CaseQueries.OtherEvent(2, "r~2"));
            var second = cases.find("r~2", at).orElseThrow().announcements().get(0);
            assertThat(second.event()).isEqualTo(2);
            assertThat(second.otherEvents()).containsExactly(new CaseQueries.OtherEvent(1, "r"));
        }
    }

    private Found list(String from, String to, Instant at) {
        return cases.list(
                new Wanted(null, null, null, LocalDate.parse(from), LocalDate.parse(to)), at, Paging.first(10));
    }

    private static List<String> ids(Found found) {
        return found.items().stream().map(Summary::id).toList();
    }
}
