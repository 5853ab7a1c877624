package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final String CLEAR = "\r\u001b[K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    private ProgressBar bar(long total, boolean terminal) {
        return new ProgressBar("loading", total, err, terminal, () -> now);
    }

    private void seconds(double seconds) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private String printed() {
        String text = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        bytes.reset();
        return text;
    }

    @Test
    void aTerminalShowsShareRateAndTimeLeftInPlace() {
        var bar = bar(2000, true);
        assertThat(printed()).isEqualTo(CLEAR + "loading [........................]   0% 0/2,000 0/s 0:00");
        seconds(10);
        bar.advance(500);
        assertThat(printed()).isEqualTo(CLEAR + "loading [######..................]  25% 500/2,000 50/s 0:30 left");
    }

    @Test
    void aTerminalIsNotRedrawnMoreThanTenTimesASecond() {
        var bar = bar(2000, true);
        printed();
        for (int i = 0; i < 1000; i++) {
            bar.advance(1);
            seconds(0.001);
        }
        assertThat(printed().split(CLEAR.replace("[", "\\["), -1)).hasSizeBetween(10, 11);
    }

    @Test
    void aLogGetsALineEveryFiveSecondsAndALastOne() {
        var bar = bar(100, false);
        for (int i = 0; i < 12; i++) {
            seconds(1);
            bar.advance(5);
        }
        bar.close();
        bar.close();
        assertThat(printed())
                .isEqualTo(
                        """
                        loading  25% 25/100 5/s 0:15 left
                        loading  50% 50/100 5/s 0:10 left
                        loading  60% 60/100 5/s 0:08 left
                        """);
    }

    @Test
    void anUnknownTotalHasNoShareAndNoTimeLeft() {
        var bar = bar(0, false);
        seconds(4000);
        bar.advance(8000);
        assertThat(printed()).isEqualTo("loading 8,000 2/s 1:06:40\n");
    }

    @Test
    void aLineIsPrintedAboveTheBar() {
        var bar = bar(2, true);
        printed();
        bar.print(err, "an alert");
        assertThat(printed()).startsWith(CLEAR + "an alert\n" + CLEAR + "loading [");
        bar.close();
        printed();
        bar.print(err, "another");
        assertThat(printed()).isEqualTo("another\n");
    }
}
