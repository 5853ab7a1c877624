package org.surgewire.streams.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

class CoverageTest {
    private static final Jurisdictions JURISDICTIONS = Jurisdictions.bundled();

    private static LocalDate day(int ofSeptember) {
        return LocalDate.of(2020, 9, ofSeptember);
    }

    private static SourceDays source(int first, int last, String jurisdictionId) {
        return new SourceDays(day(first), day(last), jurisdictionId);
    }

    private static SourceHealth report(String sourceId, String jurisdictionId, DaySpan... read) {
        return SourceHealth.newBuilder()
                .setSourceId(sourceId)
                .setAt(Instant.parse("2020-09-30T12:00:00Z"))
                .setStatus("OK")
                .setItems(1)
                .setRefused(0)
                .setImplausibleDates(0)
                .setJurisdictionId(jurisdictionId)
                .setRead(List.of(read))
                .build();
    }

    @Test
    void aSourceCoversItsJurisdictionAndAllInside() {
        Coverage coverage =
                Coverage.of(JURISDICTIONS, List.of(), Map.of("a", source(1, 5, NC), "b", source(10, 12, US)));

        assertThat(coverage.of(MECKLENBURG).spans())
                .containsExactly(new DaySet.Span(day(1), day(5)), new DaySet.Span(day(10), day(12)));
        assertThat(coverage.of(CA).spans()).containsExactly(new DaySet.Span(day(10), day(12)));
        assertThat(coverage.of(MECKLENBURG).holds(day(7))).isFalse();
        assertThat(coverage.of(MECKLENBURG).count(day(4), day(10))).isEqualTo(3);
    }

    @Test
    void spansThatTouchAreOne() {
        Coverage coverage = Coverage.of(
                JURISDICTIONS, List.of(), Map.of("a", source(1, 5, US), "b", source(6, 12, US), "c", source(3, 4, US)));

        assertThat(coverage.of(NC).spans()).containsExactly(new DaySet.Span(day(1), day(12)));
    }

    @Test
    void aSourceThatReportsItsHealthWasReadOnTheDaysThatItReports() {
        Coverage coverage = Coverage.of(
                JURISDICTIONS,
                List.of(report("a", US, new DaySpan(day(1), day(2)), new DaySpan(day(8), day(30)))),
                Map.of("a", source(1, 20, US)));

        assertThat(coverage.of(US).spans())
                .containsExactly(new DaySet.Span(day(1), day(2)), new DaySet.Span(day(8), day(30)));
        assertThat(coverage.last()).isEqualTo(day(30));
    }

    @Test
    void noSourceHadReadADayThatWasYetToCome() {
        Coverage coverage = Coverage.of(
                JURISDICTIONS,
                List.of(report("a", US, new DaySpan(day(1), day(5)), new DaySpan(day(8), day(30)))),
                Map.of(),
                day(4));

        assertThat(coverage.of(US).spans()).containsExactly(new DaySet.Span(day(1), day(4)));
    }

    @Test
    void aSourceOfNoKnownJurisdictionCoversNothing() {
        assertThat(Coverage.of(JURISDICTIONS, List.of(), Map.of("a", source(1, 5, "")))
                        .of(US)
                        .spans())
                .isEmpty();
    }
}
