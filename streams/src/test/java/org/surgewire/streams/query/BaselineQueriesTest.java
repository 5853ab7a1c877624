package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.bySource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.query.BaselineQueries.Baseline;
import org.surgewire.streams.query.BaselineQueries.Expectation;
import org.surgewire.streams.runtime.Pipeline;

class BaselineQueriesTest {
    private final Pipeline pipeline = new Pipeline();
    private final BaselineQueries baselines =
            new BaselineQueries(pipeline.stores(), Jurisdictions.bundled(), AlertSettings.defaults());
    private final AlertQueries alerts = new AlertQueries(pipeline.stores(), Jurisdictions.bundled());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aDayOfAnAlertHasTheExpectationAndTheBoundOfTheAlert() {
        surge();
        AlertQueries.Item alert = alerts.find(AlertQueries.Status.ALL, MECKLENBURG, null, Paging.first(1))
                .items()
                .get(0);

        Expectation day = buckets(MECKLENBURG, Bucket.DAY, null, "2020-09-28", "2020-09-28")
                .get(0);

        assertThat(alert.firstDay()).isEqualTo("2020-09-28");
        assertThat(day.expected()).isEqualTo(Math.round(alert.expected() * 1e4) / 1e4);
        assertThat(day.bound()).isEqualTo(alert.bound());
        assertThat(day.baselineDays()).isEqualTo(alert.baselineDays());
    }

    @Test
    void aDayWithoutEnoughHistoryHasNoNumbersRatherThanZeros() {
        surge();

        List<Expectation> days = buckets(MECKLENBURG, Bucket.DAY, null, "2020-01-01", "2020-01-30");

        assertThat(days).first().satisfies(day -> {
            assertThat(day.state()).isEqualTo("NOT_ENOUGH_HISTORY");
            assertThat(day.expected()).isNull();
            assertThat(day.bound()).isNull();
            assertThat(day.unjudgedDays()).isEqualTo(1);
        });
        assertThat(days).element(27).extracting(Expectation::state).isEqualTo("NOT_ENOUGH_HISTORY");
        assertThat(days).element(28).extracting(Expectation::state).isEqualTo("ENOUGH_HISTORY");
    }

    @Test
    void aPlaceThatWasNeverHeardOfIsExpectedToBeQuietAndNotUnknown() {
        surge();

        assertThat(buckets(LOS_ANGELES, Bucket.DAY, null, "2020-09-20", "2020-09-27"))
                .allSatisfy(day -> assertThat(day.expected()).isPositive());
    }

    @Test
    void aWeekAddsItsDaysUpAndSaysHowManyCannotBeJudged() {
        surge();
        List<Expectation> days = buckets(MECKLENBURG, Bucket.DAY, null, "2020-01-27", "2020-02-02");

        Expectation week = buckets(MECKLENBURG, Bucket.WEEK, null, "2020-01-27", "2020-02-02")
                .get(0);

        assertThat(week.unjudgedDays()).isEqualTo(2);
        double sum = days.stream()
                .filter(day -> day.expected() != null)
                .mapToDouble(Expectation::expected)
                .sum();
        assertThat(week.expected()).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-3));
    }

    @Test
    void anInstantHasTheExpectationThatHeldThen() {
        surge();
        String last = "2020-09-30";
        List<Expectation> before =
                buckets(MECKLENBURG, Bucket.DAY, Instant.parse("2020-10-01T00:00:00Z"), "2020-09-21", last);
        assertThat(before).isEqualTo(buckets(MECKLENBURG, Bucket.DAY, null, "2020-09-21", last));
        pipeline.announce(arrests("late", "2020-10-02", MECKLENBURG, 500));

        assertThat(buckets(MECKLENBURG, Bucket.DAY, Instant.parse("2020-10-01T00:00:00Z"), "2020-09-21", last))
                .isEqualTo(before);
        assertThat(buckets(MECKLENBURG, Bucket.DAY, Instant.parse("2020-10-01T00:00:00Z"), "2020-10-05", "2020-10-05"))
                .isNotEqualTo(buckets(MECKLENBURG, Bucket.DAY, null, "2020-10-05", "2020-10-05"));
    }

    @Test
    void theHistoryIsThatOfTheSourceReadLongest() {
        surge();
        pipeline.announce(bySource("new", arrests("n1", "2020-09-29", MECKLENBURG, 1)));

        assertThat(buckets(MECKLENBURG, Bucket.DAY, null, "2020-09-30", "2020-09-30")
                        .get(0)
                        .baselineDays())
                .isGreaterThan(200);
        // The day itself rests on the new one alone, of which nobody knows what is usual.
        assertThat(buckets(MECKLENBURG, Bucket.DAY, null, "2020-09-29", "2020-09-29")
                        .get(0)
                        .state())
                .isEqualTo("NOT_ENOUGH_HISTORY");
    }

    @Test
    void nothingReadHasNoDays() {
        Baseline baseline =
                baselines.find(MECKLENBURG, Bucket.DAY, null, null, null).orElseThrow();

        assertThat(baseline.buckets()).isEmpty();
        assertThat(baselines.find("ocd-division/country:xx", Bucket.DAY, null, null, null))
                .isEmpty();
    }

    private void surge() {
        pipeline.announce(
                arrests("r0", "2020-01-01", CA, 1),
                arrests("r1", "2020-09-28", MECKLENBURG, 12),
                arrests("r2", "2020-09-29", CA, 1));
    }

    private List<Expectation> buckets(String id, Bucket bucket, Instant at, String from, String to) {
        return baselines
                .find(id, bucket, at, LocalDate.parse(from), LocalDate.parse(to))
                .orElseThrow()
                .buckets();
    }
}
