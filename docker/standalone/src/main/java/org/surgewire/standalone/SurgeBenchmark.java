package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.surge.SurgeBench;
import org.surgewire.streams.surge.SurgeSimulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "surge-bench",
        description = {
            "Measures the surge detectors on series whose surges are known.",
            "",
            "SERIES.csv and LABELS.csv: series of weeks or days, one row a detector and threshold. --panel DIR: sparse"
                    + " counties of several states. --simulate DIR: write series and a panel that nobody has seen.",
        })
final class SurgeBenchmark implements Callable<Integer> {
    @Parameters(
            paramLabel = "SERIES.csv LABELS.csv",
            arity = "0..2",
            description = "Weekly or daily series and their labels.")
    private List<Path> files = List.of();

    @Option(names = "--detector", paramLabel = "NAME", description = "Only this one (default: all).")
    private @Nullable String detector;

    @Option(names = "--bounds", paramLabel = "FILE", description = "Also write the bounds of every judged period.")
    private @Nullable Path bounds;

    @Option(names = "--panel", paramLabel = "DIR", description = "Judge panel-series.csv and its neighbours instead.")
    private @Nullable Path panel;

    @Option(names = "--simulate", paramLabel = "DIR", description = "Write simulated series and a panel there.")
    private @Nullable Path simulate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the simulation.")
    private long seed;

    @Option(names = "--series", paramLabel = "N", defaultValue = "120", description = "Simulated series of each kind.")
    private int series;

    @Override
    public Integer call() throws IOException {
        try {
            if (simulate != null) {
                Files.createDirectories(simulate);
                SurgeSimulation.weekly(seed, series, simulate);
                SurgeSimulation.daily(seed, series, simulate);
                SurgeSimulation.panel(seed, simulate);
                System.err.printf("surgewire: simulated with seed %d into %s%n", seed, simulate);
            } else if (panel != null) {
                SurgeBench.panel(panel, detector, System.out);
            } else if (files.size() == 2) {
                SurgeBench.run(files.get(0), files.get(1), detector, bounds, System.out);
            } else {
                throw new Failure(
                        "nothing to judge", "no series given", "name SERIES.csv and LABELS.csv, or --panel DIR");
            }
        } catch (IllegalArgumentException e) {
            throw new Failure("cannot judge", String.valueOf(e.getMessage()), "see surge-bench --help", e);
        }
        System.out.flush();
        return 0;
    }
}
