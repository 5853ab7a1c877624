package org.surgewire.streams.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What one day over all counties costs. Processor time of this thread, best of many runs, so that other load hardly shows. */
class FamilySurgeCostTest {
    private static final int STATES = 51;
    private static final int COUNTIES_A_STATE = 63;
    private static final int RUNS = 40;
    private static final long SEED = 5;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FamilySurge family = FamilySurge.daily(0.01);

    @Test
    void aDayOfAllCountiesTakesLessThanFiftyMillisecondsAndItsMemoryDoesNotGrowWithTheHistory() {
        Cost year = cost(365);
        Cost twoYears = cost(730);
        System.out.printf(
                "%d counties, 730 days of history: %.1f ms, %d kB allocated%n",
                STATES * COUNTIES_A_STATE, twoYears.nanos() / 1e6, twoYears.bytes() / 1024);
        assertThat(twoYears.nanos()).isLessThan(50_000_000);
        assertThat((double) twoYears.bytes()).isCloseTo((double) year.bytes(), within(0.1 * year.bytes()));
    }

    private record Cost(long nanos, long bytes) {}

    private Cost cost(int days) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<List<Series>> histories = new ArrayList<>();
        List<double[]> today = new ArrayList<>();
        for (int state = 0; state < STATES; state++) {
            List<Series> counties = new ArrayList<>();
            double[] now = new double[COUNTIES_A_STATE];
            for (int county = 0; county < COUNTIES_A_STATE; county++) {
                double rate = Math.exp(-5 + 1.5 * random.nextGaussian());
                double[] counts = new double[days + 1];
                for (int day = 0; day <= days; day++) {
                    counts[day] = random.nextDouble() < rate ? 1 + random.nextInt(12) : 0;
                }
                counties.add(Series.of(counts, days));
                now[county] = counts[days];
            }
            histories.add(counties);
            today.add(now);
        }
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long nanosBefore = THREAD.getCurrentThreadCpuTime();
            long bytesBefore = THREAD.getCurrentThreadAllocatedBytes();
            for (int state = 0; state < STATES; state++) {
                family.judge(histories.get(state), today.get(state));
            }
            nanos = Math.min(nanos, THREAD.getCurrentThreadCpuTime() - nanosBefore);
            bytes = Math.min(bytes, THREAD.getCurrentThreadAllocatedBytes() - bytesBefore);
        }
        return new Cost(nanos, bytes);
    }
}
