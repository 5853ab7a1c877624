package org.surgewire.ingest.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.poll.Tally.Outcome;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.schemas.DaySpan;
import org.surgewire.schemas.SourceHealth;

class HealthBookTest {
    private static final Source SOURCE = new Source(
            "s",
            "p",
            "ocd-division/country:us",
            Kind.FEED,
            "https://x.example.org/",
            ZoneOffset.UTC,
            Duration.ofHours(1),
            new Politeness(Duration.ZERO, 1),
            Status.RECORDED,
            "test",
            null,
            null);

    private final HealthBook book = new HealthBook();

    private SourceHealth after(Source source, Tally tally, Instant at) {
        SourceHealth health = book.after(source, tally, at);
        book.put(health);
        return health;
    }

    private static Instant noon(String day) {
        return Instant.parse(day + "T12:00:00Z");
    }

    private static Tally tally(boolean known, String... days) {
        var tally = new Tally(note -> {});
        for (String day : days) {
            tally.listed(LocalDate.parse(day));
        }
        if (known) {
            tally.metKnown();
        }
        return tally;
    }

    private static DaySpan span(String first, String last) {
        return new DaySpan(LocalDate.parse(first), LocalDate.parse(last));
    }

    @Test
    void theFirstReadingCoversTheDaysAfterTheOldestEntry() {
        SourceHealth health = after(SOURCE, tally(false, "2020-09-25", "2020-09-28"), noon("2020-09-29"));

        assertThat(health.getRead()).containsExactly(span("2020-09-26", "2020-09-29"));
        assertThat(health.getStatus()).isEqualTo("OK");
        assertThat(health.getLastSuccess()).isEqualTo(noon("2020-09-29"));
        assertThat(book.wasRead(SOURCE)).isTrue();
    }

    @Test
    void aReadingThatMeetsSomethingKnownCoversTheDaysSinceTheLastOne() {
        after(SOURCE, tally(false, "2020-09-25"), noon("2020-09-26"));
        SourceHealth health = after(SOURCE, tally(true, "2020-09-25", "2020-10-01"), noon("2020-10-02"));

        assertThat(health.getRead()).containsExactly(span("2020-09-26", "2020-10-02"));
    }

    @Test
    void aGapLeavesDaysUnread() {
        after(SOURCE, tally(false, "2020-09-25"), noon("2020-09-26"));
        Tally late = tally(false, "2020-10-05", "2020-10-06");
        late.gap("nothing known");
        SourceHealth health = after(SOURCE, late, noon("2020-10-07"));

        assertThat(health.getRead())
                .containsExactly(span("2020-09-26", "2020-09-26"), span("2020-10-06", "2020-10-07"));
        assertThat(health.getGaps()).isEqualTo(1);
    }

    @Test
    void aBackfillClosesTheGap() {
        after(SOURCE, tally(false, "2020-09-25"), noon("2020-09-26"));
        Tally late = tally(false, "2020-10-05");
        late.gap("nothing known");
        after(SOURCE, late, noon("2020-10-07"));
        SourceHealth health = book.afterBackfill(
                SOURCE,
                tally(true),
                true,
                LocalDate.parse("2020-09-20"),
                LocalDate.parse("2020-10-05"),
                noon("2020-10-08"));

        assertThat(health.getRead()).containsExactly(span("2020-09-20", "2020-10-07"));
    }

    @Test
    void aFailureCoversNothingAndKeepsTheLastSuccess() {
        after(SOURCE, tally(false, "2020-09-25"), noon("2020-09-26"));
        Tally failed = tally(false);
        failed.ended(Outcome.FAILED, "BOT_WALL", "a wall");
        SourceHealth health = after(SOURCE, failed, noon("2020-09-28"));

        assertThat(health.getStatus()).isEqualTo("FAILED");
        assertThat(health.getDetail()).isEqualTo("BOT_WALL: a wall");
        assertThat(health.getLastSuccess()).isEqualTo(noon("2020-09-26"));
        assertThat(health.getRead()).containsExactly(span("2020-09-26", "2020-09-26"));
    }

    @Test
    void aReadingWithAnEntryThatCouldNotBeReadCoversNothing() {
        Tally tally = tally(false, "2020-09-25");
        tally.missed("TIME_OUT", "slow");

        assertThat(after(SOURCE, tally, noon("2020-09-26")).getRead()).isEmpty();
    }

    @Test
    void aSourceIsSilentWhenItsBreakIsTwiceItsLongest() {
        // Monday to Friday for three weeks: the longest break is a weekend, three days from Friday to Monday.
        Tally weekdays = tally(true);
        for (int i = 0; i < 21; i++) {
            LocalDate day = LocalDate.of(2020, 9, 7).plusDays(i);
            if (day.getDayOfWeek().getValue() <= 5) {
                weekdays.listed(day);
            }
        }
        SourceHealth busy = after(SOURCE, weekdays, noon("2020-09-25"));
        SourceHealth quiet = after(SOURCE, tally(true), noon("2020-09-30"));
        SourceHealth silent = after(SOURCE, tally(true), noon("2020-10-01"));

        assertThat(busy.getSilentFrom()).isEqualTo("2020-10-01");
        assertThat(List.of(busy.getStatus(), quiet.getStatus(), silent.getStatus()))
                .containsExactly("OK", "OK", "SILENT");
    }

    @Test
    void aSourceOfUnknownRhythmIsNotSilent() {
        after(SOURCE, tally(true, "2020-09-01", "2020-09-02"), noon("2020-09-02"));

        assertThat(after(SOURCE, tally(true), noon("2020-12-02")).getStatus()).isEqualTo("OK");
    }
}
