package org.surgewire.streams.surge;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the detectors on simulated series whose surges are known. The labels are read after every judgement is made, to
 * count.
 */
public final class SurgeBench {
    /** The header of {@link #run}. */
    static final String HEADER = "detector,threshold,series,sensitivity,false_alarms_per_week,mean_delay_weeks";

    private static final int JUDGED_WEEKS = 52;
    private static final int DAYS_A_WEEK = 7;

    private SurgeBench() {}

    /**
     * Judges the last 52 weeks of every series at every threshold and writes one CSV row a threshold. Sensitivity is the
     * share of series with an alarm inside the labelled surge, false alarms are those outside it per judged week outside
     * it, the delay is that of the first alarm inside, 0 in the surge's first week, over the detected ones. A series of days
     * is judged day by day, and its figures are in weeks too.
     *
     * @param series {@code series,week,count} or {@code series,day,count}, every period from 1 on present; day 1 is a Monday
     * @param labels {@code series,surge_start,surge_end} among its columns
     * @param detector the one method to run, or null for all
     * @param bounds where to write {@code detector,series,week,upperbound,alarm} for every judged period, or null
     * @throws IllegalArgumentException when no method has that name, or a file lacks a column, a week or a label
     */
    public static void run(Path series, Path labels, @Nullable String detector, @Nullable Path bounds, Appendable out)
            throws IOException {
        LabelledSeries data = LabelledSeries.read(series, labels);
        List<Contender> contenders = named(data.days() ? Contender.daily() : Contender.weekly(), detector);
        int judged = data.days() ? JUDGED_WEEKS * DAYS_A_WEEK : JUDGED_WEEKS;
        out.append(HEADER).append('\n');
        try (Bounds written = new Bounds(bounds)) {
            for (Contender contender : contenders) {
                // Judged in parallel, one list of periods for each series, so that the order of the output is the
                // input's.
                List<List<List<Verdict>>> verdicts = data.series().parallelStream()
                        .map(one -> judged(contender, one, judged))
                        .toList();
                for (int t = 0; t < contender.thresholds().size(); t++) {
                    out.append(score(contender, t, data, verdicts)).append('\n');
                    written.write(contender.label(t), t, data.series(), verdicts);
                }
            }
        }
    }

    /**
     * Judges the panel in {@code directory} (panel-series.csv, panel-operations.csv, panel-shape.csv) and writes one CSV
     * row a detector and threshold, counted as {@link Panel} says.
     *
     * @param detector the one method to run, or null for all
     * @throws IllegalArgumentException when no method has that name or a file lacks a column
     */
    public static void panel(Path directory, @Nullable String detector, Appendable out) throws IOException {
        Panel panel = Panel.read(directory);
        boolean family = detector == null || detector.equals(Panel.FAMILY);
        List<Contender> singly =
                detector != null && family ? List.of() : named(Contender.panel(), detector, Panel.FAMILY);
        out.append(Panel.HEADER).append('\n');
        if (family) {
            for (String row : panel.family()) {
                out.append(row).append('\n');
            }
        }
        for (Contender contender : singly) {
            for (String row : panel.singly(contender)) {
                out.append(row).append('\n');
            }
        }
    }

    private static List<Contender> named(List<Contender> contenders, @Nullable String name, String... others) {
        if (name == null) {
            return contenders;
        }
        for (Contender contender : contenders) {
            if (contender.name().equals(name)) {
                return List.of(contender);
            }
        }
        List<String> names = new ArrayList<>(List.of(others));
        contenders.forEach(contender -> names.add(contender.name()));
        throw new IllegalArgumentException("no detector is named " + name + "; there are " + String.join(", ", names));
    }

    private static List<List<Verdict>> judged(Contender contender, LabelledSeries.Labelled one, int periods) {
        return IntStream.rangeClosed(one.periods() - periods + 1, one.periods())
                .mapToObj(period -> contender.judge().judge(one.before(period), one.count(period)))
                .toList();
    }

    private static String score(
            Contender contender, int threshold, LabelledSeries data, List<List<List<Verdict>>> verdicts) {
        List<LabelledSeries.Labelled> series = data.series();
        int detected = 0;
        int delays = 0;
        int falseAlarms = 0;
        int outside = 0;
        for (int i = 0; i < series.size(); i++) {
            LabelledSeries.Labelled one = series.get(i);
            int judged = verdicts.get(i).size();
            int firstInside = Integer.MAX_VALUE;
            for (int j = 0; j < judged; j++) {
                int period = one.periods() - judged + 1 + j;
                boolean alarm = verdicts.get(i).get(j).get(threshold).alarm();
                if (!one.inSurge(period)) {
                    outside++;
                    falseAlarms += alarm ? 1 : 0;
                } else if (alarm) {
                    firstInside = Math.min(firstInside, period);
                }
            }
            if (firstInside != Integer.MAX_VALUE) {
                detected++;
                delays += firstInside - one.surgeStart();
            }
        }
        double inWeeks = data.days() ? DAYS_A_WEEK : 1;
        return String.join(
                ",",
                contender.name(),
                contender.thresholds().get(threshold),
                Integer.toString(series.size()),
                rounded((double) detected / series.size(), 4),
                rounded(falseAlarms * inWeeks / outside, 5),
                rounded(delays / inWeeks / detected, 3));
    }

    /** A number with at most so many decimals and no trailing zeros; NA for what is not a number. */
    static String rounded(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "NA";
        }
        String fixed = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return fixed.replaceFirst("\\.?0+$", "");
    }

    /** A number with at most eight significant digits and no trailing zeros; NA for what is not a number. */
    private static String significant(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NA" : "Inf";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(8));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** The bounds file, when one is wanted. */
    private static final class Bounds implements AutoCloseable {
        private final @Nullable BufferedWriter out;

        Bounds(@Nullable Path file) throws IOException {
            this.out = file == null ? null : Files.newBufferedWriter(file);
            if (out != null) {
                out.write("detector,series,week,upperbound,alarm\n");
            }
        }

        void write(
                String label, int threshold, List<LabelledSeries.Labelled> series, List<List<List<Verdict>>> verdicts)
                throws IOException {
            if (out == null) {
                return;
            }
            for (int i = 0; i < series.size(); i++) {
                LabelledSeries.Labelled one = series.get(i);
                int judged = verdicts.get(i).size();
                for (int j = 0; j < judged; j++) {
                    Verdict verdict = verdicts.get(i).get(j).get(threshold);
                    int week = one.periods() - judged + 1 + j;
                    String bound = significant(verdict.bound());
                    out.write(label + "," + one.name() + "," + week + "," + bound + "," + (verdict.alarm() ? 1 : 0)
                            + "\n");
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }
}
