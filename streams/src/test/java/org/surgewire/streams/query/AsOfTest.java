package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.runtime.Pipeline;

/**
 * What was known at an instant is what a pipeline knows that was given the revisions known until then and nothing else.
 * {@code -Dsurgewire.seed=N} repeats a run.
 */
class AsOfTest {
    private static final long SEED = Long.getLong("surgewire.seed", 20_200_928L);
    private static final Jurisdictions JURISDICTIONS = Jurisdictions.bundled();
    private static final List<String> PLACES = List.of(US, NC, MECKLENBURG, CA, LOS_ANGELES);

    /** Every answer of the queries. */
    private record Answers(
            List<Standings> standings,
            List<Counts> counts,
            OperationQueries.Found operations,
            List<OperationQueries.Course> courses,
            List<CaseQueries.Item> cases) {

        static Answers of(Pipeline pipeline, List<ArrestAnnouncement> all, @Nullable Instant at) {
            var counted = new JurisdictionQueries(pipeline.stores(), JURISDICTIONS);
            var operations = new OperationQueries(pipeline.stores(), JURISDICTIONS);
            var cases = new CaseQueries(pipeline.stores(), JURISDICTIONS);
            AsOf asOf = new AsOf(null, at);
            List<Counts> counts = new ArrayList<>();
            for (String place : PLACES) {
                for (Series by : Series.values()) {
                    counts.add(counted.counts(
                                    place, by, asOf, LocalDate.parse("2020-08-20"), LocalDate.parse("2020-11-10"))
                            .orElseThrow());
                }
            }
            var found = operations.all(at, Paging.first(100));
            return new Answers(
                    List.of(
                            counted.ranking(each -> true, Window.ALL, asOf, Paging.first(100)),
                            counted.search(
                                    "Los Angeles",
                                    JurisdictionQueries.Match.NAME,
                                    each -> true,
                                    asOf,
                                    Paging.first(10))),
                    counts,
                    found,
                    found.items().stream()
                            .map(each -> operations.find(each.id(), at).orElseThrow())
                            .toList(),
                    all.stream()
                            .map(ArrestAnnouncement::getReleaseId)
                            .distinct()
                            .flatMap(id -> cases.find(id, at).stream())
                            .filter(each -> !each.withdrawn())
                            .toList());
        }

        /** Without the instant itself. */
        Answers undated() {
            return new Answers(
                    standings.stream()
                            .map(each -> new Standings(
                                    each.asOf(), null, each.known(), each.total(), each.next(), each.items()))
                            .toList(),
                    counts.stream()
                            .map(each -> new Counts(
                                    each.by(),
                                    null,
                                    each.jurisdiction(),
                                    each.known(),
                                    each.from(),
                                    each.to(),
                                    each.total(),
                                    each.days(),
                                    each.sourcesTotal(),
                                    each.sources()))
                            .toList(),
                    operations,
                    courses,
                    cases);
        }
    }

    @Test
    void anAnswerAsOfAnInstantIsThatOfWhatWasKnownThenWhateverTheOrderOfReading() {
        System.out.println("AsOfTest: seed " + SEED);
        for (int run = 0; run < 3; run++) {
            var random = new Random(SEED + run);
            List<ArrestAnnouncement> all = announcements(random);
            List<ArrestAnnouncement> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            try (var whole = new Pipeline()) {
                whole.announce(shuffled.toArray(ArrestAnnouncement[]::new));
                for (int i = 0; i < 4; i++) {
                    Instant at = Instant.parse("2020-09-01T12:00:00Z").plusSeconds(random.nextInt(70 * 86_400));
                    try (var part = new Pipeline()) {
                        part.announce(all.stream()
                                .filter(each -> !each.getKnownSince().isAfter(at))
                                .toArray(ArrestAnnouncement[]::new));
                        assertThat(Answers.of(whole, all, at).undated())
                                .as("seed %d at %s", SEED + run, at)
                                .isEqualTo(Answers.of(part, all, null));
                    }
                }
            }
        }
    }

    /** Releases of two months, many of which are corrected or withdrawn later. */
    private static List<ArrestAnnouncement> announcements(Random random) {
        List<ArrestAnnouncement> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            LocalDate day = LocalDate.parse("2020-09-01").plusDays(random.nextInt(60));
            String place = PLACES.get(random.nextInt(PLACES.size()));
            var release = arrests("r" + i, day.toString(), place, count(random));
            if (random.nextInt(3) == 0) {
                release = inOperation(release, random.nextBoolean() ? "Rise" : "Patriot", "ONGOING");
            }
            if (random.nextBoolean()) {
                release.setPeriod(new Period(day.minusDays(2 + random.nextInt(8)), day.minusDays(1), null));
            }
            release.setKnownSince(release.getPublished());
            all.add(release);
            for (int revision = 2; random.nextInt(3) == 0; revision++) {
                var last = all.get(all.size() - 1);
                var next = random.nextInt(3) == 0
                        ? withdrawn(last, revision)
                        : revised(last, revision, total(PLACES.get(random.nextInt(PLACES.size())), random));
                next.setKnownSince(last.getKnownSince().plusSeconds(1 + random.nextInt(10 * 86_400)));
                all.add(next);
            }
        }
        return all;
    }

    private static Claim total(String place, Random random) {
        return claim("c1", "TOTAL", place, count(random));
    }

    private static long count(Random random) {
        return new long[] {1, 12, 14, 24, 128, 160}[random.nextInt(6)];
    }

    @Test
    void beforeAnythingWasKnownEverythingIsUnknown() {
        try (var pipeline = new Pipeline()) {
            pipeline.announce(arrests("m", "2020-09-28", MECKLENBURG, 12));
            var counted = new JurisdictionQueries(pipeline.stores(), JURISDICTIONS);
            AsOf before = AsOf.instant(Instant.parse("2020-09-28T11:59:59.999Z"));
            assertThat(counted.counts(MECKLENBURG, Series.PUBLICATION, before, null, null)
                            .orElseThrow()
                            .known())
                    .isNull();
            assertThat(counted.ranking(each -> true, Window.ALL, before, Paging.first(10))
                            .items())
                    .isEmpty();
            assertThat(new CaseQueries(pipeline.stores(), JURISDICTIONS).find("m", before.instant()))
                    .isEmpty();
            AsOf then = AsOf.instant(Instant.parse("2020-09-28T12:00:00Z"));
            assertThat(counted.find(MECKLENBURG, then)
                            .orElseThrow()
                            .windows()
                            .get(Window.ALL)
                            .best())
                    .isEqualTo(12);
        }
    }

    @Test
    void anAlertIsInTheVersionOfTheInstant() {
        var quiet = arrests("quiet", "2020-08-01", MECKLENBURG, 1);
        var surge = arrests("m", "2020-09-28", MECKLENBURG, 12);
        var gone = withdrawn(surge, 2);
        gone.setKnownSince(Instant.parse("2020-10-02T09:00:00Z"));
        try (var pipeline = new Pipeline()) {
            pipeline.announce(quiet, surge, gone);
            var alerts = new AlertQueries(pipeline.stores(), JURISDICTIONS);
            assertThat(alerts.find(AlertQueries.Status.OPEN, MECKLENBURG, null, Paging.first(10))
                            .items())
                    .isEmpty();
            assertThat(alerts.find(
                                    AlertQueries.Status.OPEN,
                                    MECKLENBURG,
                                    Instant.parse("2020-10-02T08:59:59Z"),
                                    Paging.first(10))
                            .items())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.observed()).isEqualTo(12));
            assertThat(alerts.find(
                                    AlertQueries.Status.ALL,
                                    null,
                                    Instant.parse("2020-09-01T00:00:00Z"),
                                    Paging.first(10))
                            .items())
                    .isEmpty();
        }
    }
}
