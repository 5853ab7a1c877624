package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.Series;
import org.surgewire.streams.surge.Verdict;

/** What judging all counties and states costs, and how many false alarms they raise together. */
class JudgeCostTest {
    private static final int REPEATS = 40;
    private static final long GOAL_MILLIS = 50;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final AlertSettings SETTINGS = AlertSettings.defaults();

    private static List<Jurisdiction> countiesAndStates() {
        return Jurisdictions.bundled().all().stream()
                .filter(each -> !each.level().equals("place"))
                .toList();
    }

    @Test
    void oneDayOfAllCountiesAndStatesIsJudgedInTime() {
        long seed = Long.getLong("surgewire.seed", 5);
        var random = new Random(seed);
        LocalDate day = LocalDate.parse("2020-10-15");
        List<Jurisdiction> judged = countiesAndStates();
        List<double[]> histories = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            double[] history = new double[ReleaseSurge.MOST_DAYS];
            for (int at = 0; at < history.length; at++) {
                history[at] = random.nextInt(50) == 0 ? 1 + random.nextInt(20) : 0;
            }
            histories.add(history);
        }
        long best = Long.MAX_VALUE;
        int alarms = 0;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            long start = THREAD.getCurrentThreadCpuTime();
            alarms = 0;
            for (int i = 0; i < judged.size(); i++) {
                Series series =
                        Series.of(histories.get(i)).withExposure(ago -> Workdays.exposure(day.toEpochDay() - ago));
                Verdict verdict = SETTINGS.opening(judged.get(i)).judge(series, 60);
                alarms += verdict.alarm() ? 1 : 0;
            }
            best = Math.min(best, THREAD.getCurrentThreadCpuTime() - start);
        }
        System.out.printf(
                "%d counties and states, 365 days of history: %.1f ms, %d alarms, seed %d%n",
                judged.size(), best / 1e6, alarms, seed);
        assertThat(best / 1_000_000).isLessThan(GOAL_MILLIS);
    }

    /**
     * The sum over all silent counties of the probability of a count above their bound: what chance alone raises a week
     * where releases and their sizes are as the prior has them.
     */
    @Test
    void allCountiesTogetherRaiseFewFalseAlarmsAWeek() {
        double aWeek = 0;
        double releases = 0;
        Series silent = Series.of(new double[ReleaseSurge.MOST_DAYS]);
        for (Jurisdiction each : countiesAndStates()) {
            if (each.level().equals("county")) {
                ReleaseSurge detector = SETTINGS.opening(each);
                double bound = detector.judge(silent, 1).bound();
                aWeek += 5 * detector.judge(silent, bound + 1).pValue();
                releases += 5 * detector.judge(silent, 1).pValue();
            }
        }
        System.out.printf("%.2f false alarms a week over all counties, of %.2f days with arrests%n", aWeek, releases);
        assertThat(aWeek).isBetween(0.0, 0.5);
    }
}
