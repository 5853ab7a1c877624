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

/** Weekly series with one labelled surge each, in the order of the series file. */
record WeeklySeries(List<Labelled> series) {
    static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    /** A series and its surge. Weeks are counted from 1. */
    static final class Labelled {
        private final String name;
        private final double[] counts;
        private final int surgeStart;
        private final int surgeEnd;

        private Labelled(String name, double[] counts, int surgeStart, int surgeEnd) {
            this.name = name;
            this.counts = counts;
            this.surgeStart = surgeStart;
            this.surgeEnd = surgeEnd;
        }

        /** The series' number in the files. */
        String name() {
            return name;
        }

        int weeks() {
            return counts.length;
        }

        double count(int week) {
            return counts[week - 1];
        }

        /** The weeks before this one. */
        Series before(int week) {
            return Series.of(counts, week - 1);
        }

        boolean inSurge(int week) {
            return week >= surgeStart && week <= surgeEnd;
        }

        int surgeStart() {
            return surgeStart;
        }
    }

    static WeeklySeries read(Path series, Path labels) throws IOException {
        Map<String, List<Double>> counts = new LinkedHashMap<>();
        for (CSVRecord row : rows(series)) {
            List<Double> weeks = counts.computeIfAbsent(row.get("series"), name -> new ArrayList<>());
            int week = Integer.parseInt(row.get("week"));
            if (week != weeks.size() + 1) {
                throw new IllegalArgumentException(
                        series + ": series " + row.get("series") + " has week " + week + " after " + weeks.size());
            }
            weeks.add(Double.valueOf(row.get("count")));
        }
        Map<String, CSVRecord> surges = new LinkedHashMap<>();
        for (CSVRecord row : rows(labels)) {
            surges.put(row.get("series"), row);
        }
        List<Labelled> all = new ArrayList<>();
        counts.forEach((name, weeks) -> {
            CSVRecord surge = surges.get(name);
            if (surge == null) {
                throw new IllegalArgumentException(labels + " has no label of series " + name);
            }
            all.add(new Labelled(
                    name,
                    weeks.stream().mapToDouble(Double::doubleValue).toArray(),
                    Integer.parseInt(surge.get("surge_start")),
                    Integer.parseInt(surge.get("surge_end"))));
        });
        return new WeeklySeries(all);
    }

    static List<CSVRecord> rows(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file);
                var parser = CSV.parse(in)) {
            return parser.getRecords();
        }
    }
}
