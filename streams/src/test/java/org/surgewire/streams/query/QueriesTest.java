package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.runtime.Pipeline;

class QueriesTest {
    private final Pipeline pipeline = new Pipeline();
    private final JurisdictionQueries counted = new JurisdictionQueries(pipeline.stores(), Jurisdictions.bundled());
    private final AlertQueries alerts = new AlertQueries(pipeline.stores(), Jurisdictions.bundled());
    private final OperationQueries operations = new OperationQueries(pipeline.stores(), Jurisdictions.bundled());
    private final CaseQueries cases = new CaseQueries(pipeline.stores(), Jurisdictions.bundled());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aDayBetweenAnnouncementsIsZeroAndADayNobodyReadIsUnknown() {
        pipeline.announce(arrests("la", "2020-09-20", LOS_ANGELES, 3), arrests("m", "2020-09-28", MECKLENBURG, 12));

        Counts counts = counts(MECKLENBURG, "2020-09-18", "2020-09-30");

        assertThat(counts.days()).hasSize(13);
        assertThat(counts.days()).element(1).isEqualTo(DayTally.unknown(LocalDate.parse("2020-09-19")));
        assertThat(counts.days()).element(2).isEqualTo(new DayTally(LocalDate.parse("2020-09-20"), 0L, 0L, 0L, 0L, 0L));
        assertThat(counts.days())
                .element(10)
                .isEqualTo(new DayTally(LocalDate.parse("2020-09-28"), 1L, 1L, 12L, 12L, 12L));
        assertThat(counts.days()).element(11).isEqualTo(DayTally.unknown(LocalDate.parse("2020-09-29")));
        assertThat(counts.total().best()).isEqualTo(12);
        assertThat(counts.total().unknownDays()).isEqualTo(4);
    }

    @Test
    void theOpenAlertsAreThoseOfAllThatAreOpen() {
        var surge = arrests("s", "2020-09-28", MECKLENBURG, 60);
        pipeline.announce(arrests("old", "2020-03-01", CA, 1));
        assertOpen(0);
        pipeline.announce(surge, inOperation(arrests("o", "2020-09-29", CA, 128), "Rise", "LAUNCHED"));
        assertOpen(1);
        pipeline.report(SourceHealth.newBuilder()
                .setSourceId("office")
                .setAt(Instant.parse("2020-10-05T12:00:00Z"))
                .setStatus("OK")
                .setLastSuccess(Instant.parse("2020-10-05T12:00:00Z"))
                .setItems(7)
                .setRefused(0)
                .setImplausibleDates(0)
                .setPublisher("Made-up Office")
                .setJurisdictionId(CA)
                .setSilentFrom(LocalDate.parse("2020-09-01"))
                .setRead(List.of(new DaySpan(LocalDate.parse("2020-03-01"), LocalDate.parse("2020-10-04"))))
                .build());
        assertOpen(1);
        pipeline.announce(withdrawn(surge, 2));
        assertOpen(1);
        pipeline.announce(arrests("late", "2020-12-30", LOS_ANGELES, 1));
        assertOpen(0);
    }

    private void assertOpen(int atLeast) {
        Paging all = Paging.first(1000);
        var open = alerts.find(AlertQueries.Status.OPEN, null, null, all).items();
        assertThat(open)
                .isEqualTo(alerts.find(AlertQueries.Status.ALL, null, null, all).items().stream()
                        .filter(AlertQueries.Item::open)
                        .toList());
        assertThat(open.size()).isGreaterThanOrEqualTo(atLeast);
        assertThat(alerts.openBySeverity().values().stream()
                        .mapToLong(each -> each)
                        .sum())
                .isEqualTo(open.size());
    }

    @Test
    void windowsEndOnTheLastDayReadOfAnyJurisdiction() {
        pipeline.announce(arrests("m", "2020-09-28", MECKLENBURG, 12), arrests("la", "2020-10-07", LOS_ANGELES, 96));

        Standing standing = counted.find(MECKLENBURG, AsOf.NOW).orElseThrow();

        assertThat(standing.asOf()).isEqualTo("2020-10-07");
        assertThat(standing.windows().get(Window.WEEK).best()).isZero();
        assertThat(standing.windows().get(Window.FOUR_WEEKS).best()).isEqualTo(12);
        assertThat(standing.windows().get(Window.FOUR_WEEKS).unknownDays()).isEqualTo(18);
        assertThat(standing.parents()).extracting(PlaceRef::name).containsExactly("North Carolina", "United States");
    }

    @Test
    void windowsOfAnEarlierDayHoldWhatWasPublishedUntilThen() {
        pipeline.announce(arrests("a", "2020-09-28", MECKLENBURG, 12), arrests("b", "2020-09-30", MECKLENBURG, 5));

        var windows = counted.find(NC, AsOf.day(LocalDate.parse("2020-09-29")))
                .orElseThrow()
                .windows();

        assertThat(windows.get(Window.ALL).best()).isEqualTo(12);
        assertThat(windows.get(Window.DAY).best()).isZero();
        assertThat(counted.find(NC, AsOf.day(LocalDate.parse("2019-01-01")))
                        .orElseThrow()
                        .windows()
                        .get(Window.YEAR)
                        .best())
                .isNull();
    }

    @Test
    void everyNumberNamesItsSource() {
        pipeline.announce(arrests("m", "2020-09-28", MECKLENBURG, 12), arrests("n", "2020-09-29", MECKLENBURG, 2));

        Counts counts = counts(MECKLENBURG, "2020-09-01", "2020-09-30");

        assertThat(counts.sourcesTotal()).isEqualTo(2);
        assertThat(counts.sources())
                .first()
                .isEqualTo(new Counts.Source(
                        LocalDate.parse("2020-09-29"),
                        "n",
                        "n",
                        "https://releases.example/n",
                        "ICE announces arrests",
                        2,
                        "2 were arrested"));
        assertThat(counts(MECKLENBURG, "2020-09-28", "2020-09-28").sources())
                .extracting(Counts.Source::caseId)
                .containsExactly("m");
    }

    @Test
    void theNewestHundredSourcesAreListed() {
        for (int i = 0; i < 103; i++) {
            pipeline.announce(arrests("m" + (100 + i), i < 3 ? "2020-09-01" : "2020-09-02", MECKLENBURG, 1));
        }

        Counts counts = counts(MECKLENBURG, "2020-09-01", "2020-09-02");

        assertThat(counts.sourcesTotal()).isEqualTo(103);
        assertThat(counts.sources()).hasSize(100).allMatch(each -> each.day().getDayOfMonth() == 2);
    }

    @Test
    void nothingReadIsUnknownEverywhere() {
        Counts counts = counted.counts(MECKLENBURG, Series.PUBLICATION, AsOf.NOW, null, null)
                .orElseThrow();

        assertThat(counts.known()).isNull();
        assertThat(counts.days()).isEmpty();
        assertThat(counts.jurisdiction().windows().get(Window.ALL).best()).isNull();
        assertThat(counts(MECKLENBURG, "2020-01-01", "2020-01-02").days())
                .extracting(DayTally::best)
                .containsExactly(null, null);
        assertThat(counted.ranking(each -> true, Window.ALL, AsOf.NOW, Paging.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void aRangeTheWrongWayRoundOrTooLongIsRefused() {
        pipeline.announce(arrests("m", "2020-09-28", MECKLENBURG, 12));

        assertThatThrownBy(() -> counts(US, "2020-09-02", "2020-09-01"))
                .hasMessage("from 2020-09-02 is after to 2020-09-01");
        assertThatThrownBy(() -> counts(US, "1990-01-01", "2020-09-01")).hasMessageContaining("more than 7320 days");
        assertThat(counted.counts(US, Series.PUBLICATION, AsOf.NOW, LocalDate.parse("2021-01-01"), null)
                        .orElseThrow()
                        .days())
                .extracting(DayTally::best)
                .containsOnlyNulls();
    }

    @Test
    void theRankingPutsMostAnnouncedArrestsFirst() {
        pipeline.announce(arrests("m", "2020-09-28", MECKLENBURG, 12), arrests("la", "2020-10-07", LOS_ANGELES, 96));

        assertThat(counted.ranking(each -> true, Window.FOUR_WEEKS, AsOf.NOW, Paging.first(10))
                        .items())
                .extracting(Standing::name)
                .containsExactly(
                        "United States",
                        "California",
                        "Los Angeles County, CA",
                        "Los Angeles, CA",
                        "North Carolina",
                        "Mecklenburg County, NC");
        Standings first = counted.ranking(each -> each.level().equals("state"), Window.WEEK, AsOf.NOW, Paging.first(1));
        assertThat(first.total()).isEqualTo(2);
        assertThat(first.items()).extracting(Standing::id).containsExactly(CA);
    }

    @Test
    void alertsOfAStateHoldThoseOfItsCountiesAndCities() {
        pipeline.announce(
                arrests("quiet", "2020-08-01", MECKLENBURG, 1),
                arrests("m", "2020-09-28", MECKLENBURG, 12),
                arrests("la", "2020-10-07", LOS_ANGELES, 96));

        assertThat(alerts.find(AlertQueries.Status.OPEN, CA, null, Paging.first(10))
                        .items())
                .extracting(each -> each.jurisdiction().name())
                .containsExactlyInAnyOrder("California", "Los Angeles County, CA", "Los Angeles, CA");
        assertThat(alerts.find(AlertQueries.Status.OPEN, MECKLENBURG, null, Paging.first(10))
                        .items())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.observed()).isEqualTo(12);
                    assertThat(alert.evidence())
                            .extracting(AlertQueries.Evidence::sentence)
                            .containsExactly("12 were arrested");
                });
        var newest = alerts.find(AlertQueries.Status.ALL, null, null, Paging.first(1));
        assertThat(newest.total()).isEqualTo(6);
        assertThat(newest.items())
                .extracting(AlertQueries.Item::lastDay)
                .containsExactly(LocalDate.parse("2020-10-07"));
    }

    @Test
    void closedAndCancelledAlertsAreNotOpen() {
        var la = arrests("la", "2020-09-20", LOS_ANGELES, 96);
        pipeline.announce(
                arrests("quiet", "2020-08-01", MECKLENBURG, 1), arrests("m", "2020-08-31", MECKLENBURG, 24), la);
        pipeline.announce(withdrawn(la, 2), arrests("later", "2020-12-01", MECKLENBURG, 1));

        assertThat(alerts.find(AlertQueries.Status.OPEN, null, null, Paging.first(10))
                        .items())
                .isEmpty();
        assertThat(alerts.find(AlertQueries.Status.CLOSED, MECKLENBURG, null, Paging.first(10))
                        .items())
                .extracting(AlertQueries.Item::status)
                .containsExactly("CLOSED");
        assertThat(alerts.find(AlertQueries.Status.CANCELLED, CA, null, Paging.first(10))
                        .items())
                .isNotEmpty()
                .noneMatch(AlertQueries.Item::open);
    }

    @Test
    void anOperationAddsUpStepByStep() {
        pipeline.announce(
                inOperation(announcement("plan", "2020-09-29"), "Rise", "PLANNED"),
                inOperation(arrests("ca", "2020-10-07", CA, 128), "Rise", "LAUNCHED"),
                inOperation(arrests("nc", "2020-10-28", MECKLENBURG, 172), "Rise", "ONGOING"));

        var course = operations.find("rise", null).orElseThrow();

        assertThat(course.operation().best()).isEqualTo(300);
        assertThat(course.steps()).extracting(OperationQueries.Step::best).containsExactly(0L, 128L, 300L);
        assertThat(course.steps())
                .first()
                .extracting(OperationQueries.Step::adds)
                .isNull();
        assertThat(operations.nearest("ris")).containsExactly("rise");
        assertThat(operations.find("patriot", null)).isEmpty();
    }

    @Test
    void aWithdrawnOperationIsNoLongerListedAndSaysSo() {
        var rise = inOperation(arrests("ca", "2020-10-07", CA, 128), "Rise", "LAUNCHED");
        pipeline.announce(rise, withdrawn(rise, 2));

        assertThat(operations.all(null, Paging.first(10)).items()).isEmpty();
        assertThat(operations.find("rise", null).orElseThrow().withdrawn()).isTrue();
        assertThat(cases.find("ca", null)).isEmpty();
    }

    @Test
    void aSourceHasTheTitleOfTheLatestRevision() {
        var release = arrests("m", "2020-09-28", MECKLENBURG, 12);
        pipeline.announce(
                release,
                ArrestAnnouncement.newBuilder(release)
                        .setRevision(2)
                        .setTitle("ICE corrects its title")
                        .build());

        assertThat(counts(MECKLENBURG, "2020-09-28", "2020-09-28").sources())
                .extracting(Counts.Source::title)
                .containsExactly("ICE corrects its title");
    }

    @Test
    void aCaseShowsEveryClaimWithItsSentence() {
        Claim total = claim("c1", "TOTAL", MECKLENBURG, 12);
        Claim subset = Claim.newBuilder(claim("c2", "OTHER", MECKLENBURG, 6))
                .setKind("SUBSET")
                .build();
        pipeline.announce(announcement("m", "2020-09-28", total, subset));

        var found = cases.find("m", null).orElseThrow();

        assertThat(found.counts())
                .filteredOn(count -> count.jurisdiction().id().equals(MECKLENBURG))
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.best()).isEqualTo(12);
                    assertThat(count.sentence()).isEqualTo("12 were arrested");
                });
        assertThat(found.announcements()).singleElement().satisfies(each -> assertThat(each.claims())
                .extracting(CaseQueries.Stated::kind)
                .containsExactly("PERIOD", "SUBSET"));
        assertThat(cases.find("nothing", null)).isEmpty();
    }

    @Test
    void aDayOnWhichNoSourceOfTheJurisdictionWasReadIsUnknown() {
        pipeline.announce(
                from("sheriff", "Mecklenburg County Sheriff", arrests("m1", "2020-09-01", MECKLENBURG, 2)),
                from("sheriff", "Mecklenburg County Sheriff", arrests("m2", "2020-09-05", MECKLENBURG, 3)),
                from("ice", "ICE", arrests("la1", "2020-09-10", LOS_ANGELES, 5)),
                from("ice", "ICE", arrests("la2", "2020-09-12", LOS_ANGELES, 7)));

        assertThat(counts(MECKLENBURG, "2020-08-31", "2020-09-13").days())
                .extracting(DayTally::best)
                .containsExactly(null, 2L, 0L, 0L, 0L, 3L, null, null, null, null, 0L, 0L, 0L, null);
        assertThat(counts(CA, "2020-08-31", "2020-09-13").days())
                .extracting(DayTally::best)
                .containsExactly(null, null, null, null, null, null, null, null, null, null, 5L, 0L, 7L, null);
        // What the sheriff announced is known of the country too, though he covers a county.
        assertThat(counts(US, "2020-09-01", "2020-09-12").total().unknownDays()).isEqualTo(7);
        assertThat(counts(US, "2020-09-01", "2020-09-12").total().best()).isEqualTo(17);
        assertThat(counts(CA, "2020-09-01", "2020-09-09").total().best()).isNull();
    }

    @Test
    void aSourceThatReportsWhatItReadIsUnknownOnOtherDays() {
        pipeline.announce(
                from("ice", "ICE", arrests("a", "2020-09-01", MECKLENBURG, 2)),
                from("ice", "ICE", arrests("b", "2020-09-05", MECKLENBURG, 3)));
        pipeline.report(SourceHealth.newBuilder()
                .setSourceId("ice")
                .setAt(Instant.parse("2020-09-06T12:00:00Z"))
                .setStatus("OK")
                .setItems(2)
                .setRefused(0)
                .setImplausibleDates(0)
                .setJurisdictionId(US)
                .setRead(List.of(new DaySpan(LocalDate.parse("2020-09-04"), LocalDate.parse("2020-09-06"))))
                .build());

        assertThat(counts(MECKLENBURG, "2020-09-01", "2020-09-06").days())
                .extracting(DayTally::best)
                .containsExactly(2L, null, null, 0L, 3L, 0L);
    }

    @Test
    void byPeriodArrestsCountOnTheDaysOnWhichTheyHappened() {
        var release = arrests("m", "2020-09-28", MECKLENBURG, 12);
        release.setPeriod(new Period(LocalDate.parse("2020-09-21"), LocalDate.parse("2020-09-25"), null));
        pipeline.announce(release, arrests("n", "2020-09-29", MECKLENBURG, 1));

        Counts counts = counted.counts(
                        MECKLENBURG,
                        Series.PERIOD,
                        AsOf.NOW,
                        LocalDate.parse("2020-09-20"),
                        LocalDate.parse("2020-09-29"))
                .orElseThrow();

        assertThat(counts.by()).isEqualTo(Series.PERIOD);
        assertThat(counts.days())
                .extracting(DayTally::best)
                .containsExactly(null, 3L, 3L, 2L, 2L, 2L, null, null, 0L, 1L);
        assertThat(counts.total().best()).isEqualTo(13);
        assertThat(counts.jurisdiction().windows().get(Window.ALL).best()).isEqualTo(13);
        assertThat(counted.counts(
                                MECKLENBURG,
                                Series.PERIOD,
                                AsOf.NOW,
                                LocalDate.parse("2020-09-25"),
                                LocalDate.parse("2020-09-25"))
                        .orElseThrow()
                        .sources())
                .extracting(Counts.Source::day, Counts.Source::best)
                .containsExactly(tuple(LocalDate.parse("2020-09-28"), 2L));
    }

    @Test
    void whatARunningTotalAddsHappenedAfterTheReadingBefore() {
        pipeline.announce(
                reading("a", "2025-11-17", 81, "2025-11-15", "2025-11-16"),
                reading("b", "2025-11-18", 131, "2025-11-15", "2025-11-17"));

        assertThat(counted.counts(
                                MECKLENBURG,
                                Series.PERIOD,
                                AsOf.NOW,
                                LocalDate.parse("2025-11-15"),
                                LocalDate.parse("2025-11-18"))
                        .orElseThrow()
                        .days())
                .extracting(DayTally::best)
                .containsExactly(41L, 40L, 50L, 0L);
    }

    private static ArrestAnnouncement reading(String id, String day, long total, String start, String end) {
        var claim = Claim.newBuilder(claim("c1", "TOTAL", MECKLENBURG, total))
                .setKind("CUMULATIVE")
                .setClock("operation")
                .build();
        var release = inOperation(announcement(id, day, claim), "Web", "ONGOING");
        release.setPeriod(new Period(LocalDate.parse(start), LocalDate.parse(end), null));
        return release;
    }

    private static ArrestAnnouncement from(String sourceId, String publisher, ArrestAnnouncement of) {
        of.setSourceId(sourceId);
        of.setPublisher(publisher);
        return of;
    }

    private Counts counts(String id, String from, String to) {
        return counted.counts(id, Series.PUBLICATION, AsOf.NOW, LocalDate.parse(from), LocalDate.parse(to))
                .orElseThrow();
    }
}
