package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.arrests;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.jurisdictions.Policies;
import org.surgewire.schemas.jurisdictions.Policies.Listing;
import org.surgewire.streams.runtime.Pipeline;

class PolicyQueriesTest {
    private static final double CALIFORNIANS = 39_237_836 / 1e6;
    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private PolicyQueries queries(Listing... listings) {
        return new PolicyQueries(pipeline.stores(), Jurisdictions.bundled(), List.of(listings));
    }

    private static Listing california(String from, String to) {
        return new Listing(CA, "p", LocalDate.parse(from), to.isEmpty() ? null : LocalDate.parse(to), "a source");
    }

    private void announce() {
        pipeline.announce(
                arrests("r1", "2020-01-01", CA, 100),
                arrests("r2", "2020-07-01", CA, 50),
                arrests("r3", "2020-07-02", NC, 30),
                arrests("r4", "2020-12-30", NC, 1));
    }

    @Test
    void aDayCountsForTheListedOnlyWhileTheListingHolds() {
        announce();
        var found = queries(california("2020-07-01", "2020-07-10")).compare(null, "state", null, null, null);
        assertThat(found.listed().arrests()).isEqualTo(50);
        assertThat(found.listed().jurisdictions()).isEqualTo(1);
        assertThat(found.listed().millionYears()).isCloseTo(CALIFORNIANS * 10 / 365, within(1e-9));
        assertThat(found.unlisted().arrests()).isEqualTo(131);
        assertThat(found.unlisted().jurisdictions()).isEqualTo(51);
    }

    @Test
    void theIntervalIsWiderThanThatOfArrestsThatCameOneByOne() {
        announce();
        var listed = queries(california("2019-01-01", ""))
                .compare("p", "state", null, null, null)
                .listed();
        assertThat(listed.perMillionAYear()).isCloseTo(150 / CALIFORNIANS, within(1e-9));
        assertThat(listed.low()).isPositive().isLessThan(listed.perMillionAYear());
        // Garwood for 150 single arrests would be 127 to 176.
        assertThat(listed.high()).isGreaterThan(200 / CALIFORNIANS);
    }

    @Test
    void theRatesOfEveryMonthComeWithTheirIntervals() {
        announce();
        var found = queries(california("2020-07-01", "2020-07-10")).compare(null, "state", null, null, null);
        assertThat(found.months()).hasSize(12);
        assertThat(found.months().get(0).from()).isEqualTo("2020-01-01");
        assertThat(found.months().get(11).to()).isEqualTo("2020-12-30");
        var july = found.months().get(6);
        assertThat(july.listed().arrests()).isEqualTo(50);
        assertThat(july.listed().millionYears()).isCloseTo(CALIFORNIANS * 10 / 365, within(1e-9));
        assertThat(july.listed().low()).isLessThan(july.listed().perMillionAYear());
        assertThat(july.listed().high()).isGreaterThan(july.listed().perMillionAYear());
        assertThat(july.unlisted().arrests()).isEqualTo(30);
        assertThat(found.months().get(5).listed().perMillionAYear()).isNull();
        assertThat(found.months()).satisfies(months -> assertThat(months.stream()
                        .mapToLong(month ->
                                month.listed().arrests() + month.unlisted().arrests())
                        .sum())
                .isEqualTo(181));
        assertThat(found.method()).contains("Garwood");
    }

    @Test
    void withoutListedDaysTheListedRateIsUnknown() {
        announce();
        var found = queries(california("2025-08-05", "")).compare(null, "state", null, null, null);
        assertThat(found.listed().perMillionAYear()).isNull();
        assertThat(found.ratio()).isNull();
        assertThat(found.listings()).isEqualTo("/v1/policies?level=state");
    }

    @Test
    void noArrestsHaveAnUpperLimit() {
        announce();
        var found = queries(california("2019-01-01", ""))
                .compare(null, "state", null, LocalDate.parse("2020-02-01"), LocalDate.parse("2020-03-01"));
        assertThat(found.listed().perMillionAYear()).isZero();
        assertThat(found.listed().low()).isZero();
        assertThat(found.listed().high()).isPositive();
    }

    @Test
    void beforeAnythingIsReadNothingIsKnown() {
        var found = queries(california("2019-01-01", "")).compare(null, "state", null, null, null);
        assertThat(found.from()).isNull();
        assertThat(found.unlisted().perMillionAYear()).isNull();
    }

    @Test
    void aWrongOrderOfDaysIsRefused() {
        announce();
        assertThatThrownBy(() -> queries()
                        .compare(null, "state", null, LocalDate.parse("2020-02-01"), LocalDate.parse("2020-01-01")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyBundledListingIsOfAKnownJurisdiction() {
        assertThat(Policies.bundled()).hasSizeGreaterThan(30).allSatisfy(listing -> assertThat(
                        Jurisdictions.bundled().find(listing.jurisdictionId()))
                .isPresent());
    }
}
