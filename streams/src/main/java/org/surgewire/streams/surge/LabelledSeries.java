package org.surgewire.streams.surge;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Series with one labelled surge each, in the order of the series file: weekly or, where the file counts days, daily, from a
 * Monday on.
 *
 * @param days whether the periods are days
 */
record LabelledSeries(boolean days, List<Labelled> series) {
    static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    /** What a Saturday or Sunday is expected to have, as a share of a working day. */
    private static final double WEEKEND = 0.15;

    /** A series and its surge. Periods are counted from 1. */
    static final class Labelled {
        private final String name;
        private final double[] counts;
        private final boolean days;
        private final int surgeStart;
        private final int surgeEnd;

        private Labelled(String name, boolean days, double[] counts, int surgeStart, int surgeEnd) {
            this.name = name;
            this.days = days;
            this.counts = counts;
            this.surgeStart = surgeStart;
            this.surgeEnd = surgeEnd;
        }

        /** The series' number in the files. */
        String name() {
            return name;
        }

        int periods() {
            return counts.length;
        }

        double count(int period) {
            return counts[period - 1];
        }

        /** The periods before this one; those of days know that weekends are quiet. */
        Series before(int period) {
            Series before = Series.of(counts, period - 1);
            return days ? before.withExposure(ago -> isWeekend(period - ago) ? WEEKEND : 1) : before;
        }

        private static boolean isWeekend(int day) {
            return Math.floorMod(day - 1, 7) >= 5;
        }

        boolean inSurge(int period) {
            return period >= surgeStart && period <= surgeEnd;
        }

        int surgeStart() {
            return surgeStart;
        }
    }

    static LabelledSeries read(Path series, Path labels) throws IOException {
        Map<String, List<Double>> counts = new LinkedHashMap<>();
        List<CSVRecord> rows = rows(series);
        boolean days = !rows.isEmpty() && rows.get(0).isMapped("day");
        String unit = days ? "day" : "week";
        for (CSVRecord row : rows) {
            List<Double> periods = counts.computeIfAbsent(row.get("series"), name -> new ArrayList<>());
            int period = Integer.parseInt(row.get(unit));
            if (period != periods.size() + 1) {
                throw new IllegalArgumentException(series + ": series " + row.get("series") + " has " + unit + " "
                        + period + " after " + periods.size());
            }
            periods.add(Double.valueOf(row.get("count")));
        }
        Map<String, CSVRecord> surges = new LinkedHashMap<>();
        for (CSVRecord row : rows(labels)) {
            surges.put(row.get("series"), row);
        }
        List<Labelled> all = new ArrayList<>();
        counts.forEach((name, periods) -> {
            CSVRecord surge = surges.get(name);
            if (surge == null) {
                throw new IllegalArgumentException(labels + " has no label of series " + name);
            }
            all.add(new Labelled(
                    name,
                    days,
                    periods.stream().mapToDouble(Double::doubleValue).toArray(),
                    Integer.parseInt(surge.get("surge_start")),
                    Integer.parseInt(surge.get("surge_end"))));
        });
        return new LabelledSeries(days, all);
    }

    static List<CSVRecord> rows(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file);
                var parser = CSV.parse(in)) {
            return parser.getRecords();
        }
    }
}
