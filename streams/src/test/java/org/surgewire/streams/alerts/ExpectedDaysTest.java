package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.arrests;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.runtime.Pipeline;
import org.surgewire.streams.surge.Verdict;

class ExpectedDaysTest {
    private static final LocalDate DAY = LocalDate.parse("2020-09-28");
    private static final DaySet READ = DaySet.of(List.of(new DaySet.Span(LocalDate.parse("2020-01-06"), DAY)));

    @Test
    void aQuietDayHasAnExpectationAndABoundOfItsOwn() {
        try (var pipeline = new Pipeline()) {
            Verdict verdict = of(pipeline, READ);
            assertThat(verdict.state()).isEqualTo(Verdict.State.ENOUGH_HISTORY);
            assertThat(verdict.observed()).isZero();
            assertThat(verdict.expected()).isBetween(0.0, 0.1);
            assertThat(verdict.bound()).isEqualTo(9);
        }
    }

    @Test
    void theBoundIsThatOfTheAlertOfTheDay() {
        try (var pipeline = new Pipeline()) {
            pipeline.announce(
                    arrests("of-the-country", "2020-01-06", US, 3), arrests("r", "2020-09-28", MECKLENBURG, 12));
            var alert = pipeline.alerts().stream()
                    .filter(each -> each.getJurisdictionId().equals(MECKLENBURG))
                    .findFirst()
                    .orElseThrow();
            Verdict verdict = of(pipeline, READ);
            assertThat(verdict.alarm()).isTrue();
            assertThat(verdict.expected()).isEqualTo(alert.getExpected());
            assertThat(verdict.bound()).isEqualTo(alert.getBound());
        }
    }

    @Test
    void fewKnownDaysAreNotEnoughHistory() {
        try (var pipeline = new Pipeline()) {
            var days = DaySet.of(List.of(new DaySet.Span(DAY.minusDays(27), DAY.minusDays(1))));
            assertThat(of(pipeline, days).state()).isEqualTo(Verdict.State.NOT_ENOUGH_HISTORY);
        }
    }

    private static Verdict of(Pipeline pipeline, DaySet known) {
        return new ExpectedDays(Jurisdictions.bundled(), AlertSettings.defaults(), pipeline.daily())
                .of(MECKLENBURG, DAY, known);
    }
}
