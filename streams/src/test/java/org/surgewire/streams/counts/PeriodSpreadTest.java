package org.surgewire.streams.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.CaseDay;
import org.surgewire.schemas.PeriodShare;

class PeriodSpreadTest {
    private static final long SEED = Long.getLong("surgewire.seed", 20_200_928L);
    private static final LocalDate PUBLISHED = LocalDate.parse("2020-09-28");

    private static CaseDay day(long low, long best, long high, PeriodShare... periods) {
        return new CaseDay("ocd-division/country:us", PUBLISHED, 1, 1, low, best, high, "r", "", List.of(periods));
    }

    private static PeriodShare share(String start, String end, long low, long best, long high) {
        return new PeriodShare(LocalDate.parse(start), LocalDate.parse(end), low, best, high);
    }

    private static List<DayCount> spread(CaseDay day) {
        var spread = new PeriodSpread();
        spread.add(day, 1);
        return spread.days();
    }

    @Test
    void aNumberIsSpreadInWholePersonsAndItsRemainderGoesToTheFirstDays() {
        assertThat(spread(day(12, 12, 12, share("2020-09-21", "2020-09-25", 12, 12, 12))))
                .extracting(DayCount::arrests)
                .containsExactly(3L, 3L, 2L, 2L, 2L, 0L);
    }

    @Test
    void whatHasNoStatedPeriodAndEveryAnnouncementStaysOnThePublicationDay() {
        assertThat(spread(day(12, 12, 12, share("2020-09-21", "2020-09-21", 5, 5, 5))))
                .containsExactly(
                        new DayCount(LocalDate.parse("2020-09-21"), 0, 0, 5, 5, 5),
                        new DayCount(PUBLISHED, 1, 1, 7, 7, 7));
    }

    @Test
    void theDaysAddUpToTheNumberAndEachIsLowToHigh() {
        var random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            long low = random.nextInt(500);
            long best = low + random.nextInt(50);
            long high = best + random.nextInt(50);
            LocalDate start = PUBLISHED.minusDays(random.nextInt(60));
            var share = new PeriodShare(start, PUBLISHED, low, best, high);

            List<DayCount> days = spread(day(low, best, high, share));

            DayCount sum = DailyCounts.sum(PUBLISHED, days);
            assertThat(sum).as("seed %d, %s", SEED, share).isEqualTo(new DayCount(PUBLISHED, 1, 1, low, best, high));
            assertThat(days)
                    .as("seed %d, %s", SEED, share)
                    .allMatch(each -> each.low() <= each.arrests() && each.arrests() <= each.high());
        }
    }

    @Test
    void whatIsTakenBackLeavesNothing() {
        CaseDay day = day(10, 12, 14, share("2020-09-21", "2020-09-25", 10, 12, 14));
        var spread = new PeriodSpread();
        spread.add(day, 1);
        spread.add(day, -1);

        assertThat(spread.days()).isEmpty();
    }
}
