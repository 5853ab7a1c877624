package org.surgewire.streams.surge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;

/**
 * States of sparse counties with labelled operations. An operation is detected when, while it lasts, its state or one of
 * its counties alarms; a county of it is covered when that county alarms. An alarm is false when it is in a state with no
 * operation on, or in a county that no operation is on in. The delay is that of the first such alarm.
 */
final class Panel {
    static final String HEADER = "detector,operations,detected,counties_covered,false_alarms_per_week,mean_delay_weeks";

    /** The method that judges the counties of a state together. */
    static final String FAMILY = "familySurge";

    private static final String[] FAMILY_ALPHAS = {
        "0.001", "0.01", "0.03", "0.05", "0.1", "0.12", "0.15", "0.16", "0.18", "0.2", "0.3"
    };

    private final int weeks;
    private final int judgedFrom;

    /** By state, series (0 the state, then its counties) and week, all from 0. */
    private final double[][][] counts;

    private final List<Operation> operations;

    private Panel(int weeks, int judgedFrom, double[][][] counts, List<Operation> operations) {
        this.weeks = weeks;
        this.judgedFrom = judgedFrom;
        this.counts = counts;
        this.operations = operations;
    }

    /** A labelled operation; state and weeks from 0, counties from 1. */
    private record Operation(int state, int start, int end, List<Integer> counties) {
        boolean on(int inState, int series, int week) {
            return inState == state && week >= start && week <= end && (series == 0 || counties.contains(series));
        }
    }

    static Panel read(Path directory) throws IOException {
        CSVRecord shape =
                LabelledSeries.rows(directory.resolve("panel-shape.csv")).get(0);
        int weeks = Integer.parseInt(shape.get("weeks"));
        int counties = Integer.parseInt(shape.get("counties"));
        double[][][] counts = new double[Integer.parseInt(shape.get("states"))][counties + 1][weeks];
        for (CSVRecord row : LabelledSeries.rows(directory.resolve("panel-series.csv"))) {
            double[][] state = counts[Integer.parseInt(row.get("state")) - 1];
            int week = Integer.parseInt(row.get("week")) - 1;
            double count = Double.parseDouble(row.get("count"));
            state[Integer.parseInt(row.get("county"))][week] += count;
            state[0][week] += count;
        }
        List<Operation> operations = new ArrayList<>();
        for (CSVRecord row : LabelledSeries.rows(directory.resolve("panel-operations.csv"))) {
            operations.add(new Operation(
                    Integer.parseInt(row.get("state")) - 1,
                    Integer.parseInt(row.get("start")) - 1,
                    Integer.parseInt(row.get("end")) - 1,
                    Arrays.stream(row.get("counties").split(";"))
                            .map(Integer::valueOf)
                            .toList()));
        }
        return new Panel(weeks, Integer.parseInt(shape.get("judged_from")) - 1, counts, operations);
    }

    /** One row a threshold of a method that judges every series by itself. */
    List<String> singly(Contender contender) {
        // By state, series and judged week: one verdict a threshold.
        List<List<List<List<Verdict>>>> verdicts = IntStream.range(0, counts.length)
                .parallel()
                .mapToObj(state -> Arrays.stream(counts[state])
                        .map(series -> IntStream.range(judgedFrom, weeks)
                                .mapToObj(week -> contender.judge().judge(Series.of(series, week), series[week]))
                                .toList())
                        .toList())
                .toList();
        List<String> rows = new ArrayList<>();
        for (int t = 0; t < contender.thresholds().size(); t++) {
            int threshold = t;
            rows.add(score(contender.label(t), (state, series, week) -> verdicts.get(state)
                    .get(series)
                    .get(week - judgedFrom)
                    .get(threshold)
                    .alarm()));
        }
        return rows;
    }

    /** One row a threshold of the method that judges a state's counties together. */
    List<String> family() {
        FamilySurge detector = FamilySurge.weekly(Double.parseDouble(FAMILY_ALPHAS[0]));
        List<List<FamilyVerdict>> verdicts = IntStream.range(0, counts.length)
                .parallel()
                .mapToObj(state -> IntStream.range(judgedFrom, weeks)
                        .mapToObj(week -> judge(detector, counts[state], week))
                        .toList())
                .toList();
        List<String> rows = new ArrayList<>();
        for (String alpha : FAMILY_ALPHAS) {
            double most = Double.parseDouble(alpha);
            rows.add(score(detector.name() + "_alpha" + alpha, (state, series, week) -> {
                FamilyVerdict verdict = verdicts.get(state).get(week - judgedFrom);
                return series == 0
                        ? verdict.parent().pValue() <= most
                        : verdict.children().get(series - 1).alarm();
            }));
        }
        return rows;
    }

    private static FamilyVerdict judge(FamilySurge detector, double[][] state, int week) {
        List<Series> histories = new ArrayList<>();
        double[] observed = new double[state.length - 1];
        for (int county = 1; county < state.length; county++) {
            histories.add(Series.of(state[county], week));
            observed[county - 1] = state[county][week];
        }
        return detector.judge(histories, observed);
    }

    private interface Alarms {
        boolean alarm(int state, int series, int week);
    }

    private String score(String label, Alarms alarms) {
        int detected = 0;
        int delays = 0;
        double covered = 0;
        for (Operation operation : operations) {
            int first = Integer.MAX_VALUE;
            int reached = 0;
            for (int county : operation.counties()) {
                int alarm = first(alarms, operation, county);
                reached += alarm == Integer.MAX_VALUE ? 0 : 1;
                first = Math.min(first, alarm);
            }
            covered += (double) reached / operation.counties().size();
            first = Math.min(first, first(alarms, operation, 0));
            if (first != Integer.MAX_VALUE) {
                detected++;
                delays += first - operation.start();
            }
        }
        return String.join(
                ",",
                label,
                Integer.toString(operations.size()),
                SurgeBench.rounded((double) detected / operations.size(), 4),
                SurgeBench.rounded(covered / operations.size(), 4),
                SurgeBench.rounded((double) falseAlarms(alarms) / (weeks - judgedFrom), 3),
                SurgeBench.rounded((double) delays / detected, 3));
    }

    private static int first(Alarms alarms, Operation operation, int series) {
        for (int week = operation.start(); week <= operation.end(); week++) {
            if (alarms.alarm(operation.state(), series, week)) {
                return week;
            }
        }
        return Integer.MAX_VALUE;
    }

    private int falseAlarms(Alarms alarms) {
        int count = 0;
        for (int state = 0; state < counts.length; state++) {
            for (int series = 0; series < counts[state].length; series++) {
                for (int week = judgedFrom; week < weeks; week++) {
                    if (alarms.alarm(state, series, week) && !on(state, series, week)) {
                        count++;
                    }
                }
            }
        }
        return count;
    }

    private boolean on(int state, int series, int week) {
        return operations.stream().anyMatch(operation -> operation.on(state, series, week));
    }
}
