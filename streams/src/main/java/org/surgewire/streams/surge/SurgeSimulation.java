package org.surgewire.streams.surge;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes series with known surges in the format {@link SurgeBench} reads, so that the detectors can be measured on data
 * that neither they nor their authors have seen. The same seed writes the same files.
 *
 * <p>Weekly series follow Noufaily and others 2013: negative binomial counts of mean exp(theta), flat or with a trend and
 * a yearly season, variance phi times the mean; four past surges in weeks 20 to 289 and one labelled surge among the last
 * 52 weeks, of 2, 3, 5 or 8 standard deviations, spread over the weeks by a lognormal delay of scale 0.5.
 *
 * <p>Daily series are of another kind: offices publish a Poisson number of releases of geometric sizes, by the day of the
 * week and the season, little at weekends; four past operations and one labelled one among the last 364 days last one to
 * ten days and add arrests mostly on working days, up to eight times as many as an ordinary week scatters. Day 1 is a Monday.
 *
 * <p>The panel is sparse: lognormal rates of releases with lognormal sizes in the counties of twelve states, and
 * operations that add arrests to one or more counties for one to four weeks, 80 unlabelled ones before and 40 labelled
 * ones in the judged weeks.
 */
public final class SurgeSimulation {
    private static final int WEEKS = 364;
    private static final int JUDGED_FROM = 312;
    private static final double[] THETAS = {-1.5, 0.1, 1.5, 3};
    private static final double[] PHIS = {1.2, 2, 5};
    private static final double[] MAGNITUDES = {2, 3, 5, 8};
    private static final double WEEKS_A_YEAR = 52;

    private static final int DAYS_A_WEEK = 7;
    private static final int DAYS = 3 * 364;
    private static final int DAILY_JUDGED_FROM = 2 * 364;
    private static final double[] RELEASES = {0.03, 0.15, 0.6, 2.5};
    private static final double[] WEEKDAYS = {0.9, 1.1, 1.2, 1.2, 0.9, 0.12, 0.08};

    private static final int STATES = 12;
    private static final int COUNTIES = 20;
    private static final int PANEL_WEEKS = 260;
    private static final int PANEL_JUDGED_FROM = 208;
    private static final int OPERATIONS_BEFORE = 80;
    private static final int OPERATIONS = 40;

    private final SplittableRandom random;

    private SurgeSimulation(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Writes weekly-series.csv and weekly-labels.csv with so many series into a directory that exists. */
    public static void weekly(long seed, int series, Path directory) throws IOException {
        SurgeSimulation simulation = new SurgeSimulation(seed);
        try (BufferedWriter counts = Files.newBufferedWriter(directory.resolve("weekly-series.csv"));
                BufferedWriter labels = Files.newBufferedWriter(directory.resolve("weekly-labels.csv"))) {
            counts.write("series,week,count\n");
            labels.write("series,surge_start,surge_end\n");
            for (int i = 0; i < series; i++) {
                simulation.weekly(i, counts, labels);
            }
        }
    }

    private void weekly(int series, BufferedWriter out, BufferedWriter labels) throws IOException {
        double theta = THETAS[series % THETAS.length] + random.nextDouble(-0.4, 0.4);
        double phi = PHIS[series / THETAS.length % PHIS.length] * random.nextDouble(0.85, 1.15);
        boolean flat = series / (THETAS.length * PHIS.length) % 2 == 0;
        double trend = flat ? 0 : random.nextDouble(-0.001, 0.004);
        double[] season = new double[4];
        for (int j = 0; !flat && j < season.length; j++) {
            season[j] = normal() * (j < 2 ? 0.3 : 0.08);
        }
        double[] means = new double[WEEKS];
        int[] counts = new int[WEEKS];
        for (int week = 0; week < WEEKS; week++) {
            double angle = 2 * Math.PI * week / WEEKS_A_YEAR;
            means[week] = Math.exp(theta
                    + trend * (week - WEEKS / 2.0)
                    + season[0] * Math.cos(angle)
                    + season[1] * Math.sin(angle)
                    + season[2] * Math.cos(2 * angle)
                    + season[3] * Math.sin(2 * angle));
            counts[week] = poisson(gamma(means[week] / (phi - 1)) * (phi - 1));
        }
        int last = 0;
        int start = 0;
        for (int surge = 0; surge < 5; surge++) {
            start = surge < 4 ? random.nextInt(19, 289) : random.nextInt(JUDGED_FROM, WEEKS - 4);
            last = start;
            double size = MAGNITUDES[random.nextInt(MAGNITUDES.length)] * Math.sqrt(means[start] * phi);
            int cases = Math.max(1, poisson(size));
            for (int i = 0; i < cases; i++) {
                int week = Math.min(WEEKS - 1, start + (int) Math.exp(0.5 * normal()));
                counts[week]++;
                last = Math.max(last, week);
            }
        }
        for (int week = 0; week < WEEKS; week++) {
            out.write((series + 1) + "," + (week + 1) + "," + counts[week] + "\n");
        }
        labels.write((series + 1) + "," + (start + 1) + "," + (last + 1) + "\n");
    }

    /** Writes daily-series.csv and daily-labels.csv with so many series into a directory that exists. */
    public static void daily(long seed, int series, Path directory) throws IOException {
        SurgeSimulation simulation = new SurgeSimulation(seed);
        try (BufferedWriter counts = Files.newBufferedWriter(directory.resolve("daily-series.csv"));
                BufferedWriter labels = Files.newBufferedWriter(directory.resolve("daily-labels.csv"))) {
            counts.write("series,day,count\n");
            labels.write("series,surge_start,surge_end\n");
            for (int i = 0; i < series; i++) {
                simulation.daily(i, counts, labels);
            }
        }
    }

    private void daily(int series, BufferedWriter out, BufferedWriter labels) throws IOException {
        double rate = RELEASES[series % RELEASES.length] * random.nextDouble(0.6, 1.6);
        double size = random.nextDouble(1.5, 8);
        double season = random.nextDouble(0, 0.4);
        double phase = random.nextDouble(0, 2 * Math.PI);
        int[] counts = new int[DAYS];
        for (int day = 0; day < DAYS; day++) {
            double yearly = Math.exp(season * Math.cos(2 * Math.PI * day / 364 + phase));
            for (int left = poisson(rate * WEEKDAYS[day % DAYS_A_WEEK] * yearly); left > 0; left--) {
                counts[day] += 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / size));
            }
        }
        // Variance of a week: releases times the second moment of a geometric size.
        double scatter = Math.sqrt(5.5 * rate * size * (2 * size - 1));
        int start = 0;
        int last = 0;
        for (int surge = 0; surge < 5; surge++) {
            int length = 1 + random.nextInt(10);
            start = surge < 4 ? random.nextInt(DAILY_JUDGED_FROM - length) : workday(length);
            last = start;
            int arrests = Math.max(8, poisson(MAGNITUDES[random.nextInt(MAGNITUDES.length)] * scatter));
            for (int i = 0; i < arrests; i++) {
                int day = start + random.nextInt(length);
                if (i == 0 || day % DAYS_A_WEEK < 5) {
                    counts[i == 0 ? start : day]++;
                    last = Math.max(last, day);
                }
            }
        }
        for (int day = 0; day < DAYS; day++) {
            out.write((series + 1) + "," + (day + 1) + "," + counts[day] + "\n");
        }
        labels.write((series + 1) + "," + (start + 1) + "," + (last + 1) + "\n");
    }

    private int workday(int length) {
        int day = random.nextInt(DAILY_JUDGED_FROM, DAYS - length - 2);
        return day % DAYS_A_WEEK < 5 ? day : day + 7 - day % DAYS_A_WEEK;
    }

    /** Writes panel-series.csv, panel-operations.csv and panel-shape.csv into a directory that exists. */
    public static void panel(long seed, Path directory) throws IOException {
        new SurgeSimulation(seed).panel(directory);
    }

    private void panel(Path directory) throws IOException {
        int[][][] counts = new int[STATES][COUNTIES][PANEL_WEEKS];
        for (int[][] state : counts) {
            double busyness = -2.8 + 0.3 * normal();
            for (int[] county : state) {
                double rate = Math.min(1.6, Math.exp(busyness + 1.6 * normal()));
                for (int week = 0; week < PANEL_WEEKS; week++) {
                    for (int left = poisson(rate); left > 0; left--) {
                        county[week] += (int) Math.max(1, Math.round(Math.exp(Math.log(3) + 0.8 * normal())));
                    }
                }
            }
        }
        Files.writeString(
                directory.resolve("panel-shape.csv"),
                "states,counties,weeks,judged_from\n%d,%d,%d,%d\n"
                        .formatted(STATES, COUNTIES, PANEL_WEEKS, PANEL_JUDGED_FROM + 1));
        try (BufferedWriter labels = Files.newBufferedWriter(directory.resolve("panel-operations.csv"))) {
            labels.write("operation,state,start,end,arrests,counties\n");
            for (int i = 0; i < OPERATIONS_BEFORE + OPERATIONS; i++) {
                String label = operation(counts, i >= OPERATIONS_BEFORE);
                if (i >= OPERATIONS_BEFORE) {
                    labels.write((i - OPERATIONS_BEFORE + 1) + "," + label + "\n");
                }
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("panel-series.csv"))) {
            out.write("state,county,week,count\n");
            for (int state = 0; state < STATES; state++) {
                for (int county = 0; county < COUNTIES; county++) {
                    for (int week = 0; week < PANEL_WEEKS; week++) {
                        if (counts[state][county][week] > 0) {
                            out.write((state + 1) + "," + (county + 1) + "," + (week + 1) + ","
                                    + counts[state][county][week] + "\n");
                        }
                    }
                }
            }
        }
    }

    private String operation(int[][][] counts, boolean judged) {
        int state = random.nextInt(STATES);
        int weeks = random.nextInt(6) == 0 ? 4 : 1 + random.nextInt(3);
        int start = judged
                ? random.nextInt(PANEL_JUDGED_FROM, PANEL_WEEKS - weeks + 1)
                : random.nextInt(PANEL_JUDGED_FROM - weeks + 1);
        int reached = 1;
        while (reached < 9 && random.nextDouble() < 0.66) {
            reached++;
        }
        TreeSet<Integer> counties = new TreeSet<>();
        while (counties.size() < reached) {
            counties.add(random.nextInt(COUNTIES));
        }
        Integer[] places = counties.toArray(Integer[]::new);
        int arrests = (int) Math.max(5, Math.round(Math.exp(Math.log(32) + 0.7 * normal())));
        for (int i = 0; i < arrests; i++) {
            counts[state][places[random.nextInt(reached)]][start + random.nextInt(weeks)]++;
        }
        String names =
                counties.stream().map(county -> String.valueOf(county + 1)).collect(Collectors.joining(";"));
        return (state + 1) + "," + (start + 1) + "," + (start + weeks) + "," + arrests + "," + names;
    }

    private double normal() {
        // Box and Muller: SplittableRandom has no normal numbers whose sequence is specified.
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** A gamma number of scale 1. Source: Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000). */
    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
