package org.surgewire.streams.deliveries;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long is waited after each failure in a row before the next attempt; after the last, no more is tried. Each wait is
 * spread by a fifth either way, so that what failed together is not tried again together.
 */
public record RetrySchedule(List<Duration> waits) {
    private static final double SPREAD = 0.2;
    private static final Duration LONGEST_ASKED = Duration.ofHours(24);

    /** 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 3 h, 6 h, 12 h, 24 h, 24 h: three days in all. */
    public static RetrySchedule usual() {
        return new RetrySchedule(List.of(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(3),
                Duration.ofHours(6),
                Duration.ofHours(12),
                Duration.ofHours(24),
                Duration.ofHours(24)));
    }

    /**
     * The wait after so many failures in a row; empty after the last attempt.
     *
     * @param asked how long the receiver asks to be left alone, which is done for a day at most; null where it does not
     */
    Optional<Duration> after(int failures, @Nullable Duration asked, RandomGenerator random) {
        if (failures > waits.size()) {
            return Optional.empty();
        }
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        Duration wait = Duration.ofMillis((long) (waits.get(failures - 1).toMillis() * factor));
        if (asked == null) {
            return Optional.of(wait);
        }
        Duration bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return Optional.of(bounded.compareTo(wait) > 0 ? bounded : wait);
    }
}
