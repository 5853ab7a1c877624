package org.surgewire.streams.surge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One method of the benchmark at several thresholds. What no threshold changes is computed once for all of them.
 *
 * @param name the method
 * @param unit what the thresholds are: {@code alpha}, a probability, a likelihood
 * @param thresholds as they are printed
 * @param judge one verdict for each threshold
 */
record Contender(String name, String unit, List<String> thresholds, Judge judge) {
    private static final int YEARS = FarringtonFlexible.CUSTOMARY_YEARS;
    private static final int REPORTS = FarringtonFlexible.CUSTOMARY_REPORTS;

    private static final List<String> WEEKLY = List.of(
            "0.6", "0.4", "0.3", "0.25", "0.2", "0.17", "0.14", "0.12", "0.1", "0.08", "0.07", "0.06", "0.05", "0.04");
    private static final List<String> DAILY = List.of(
            "0.95", "0.9", "0.8", "0.7", "0.6", "0.5", "0.4", "0.3", "0.2", "0.15", "0.1", "0.07", "0.05", "0.03");

    /** Judges a count at every threshold. */
    interface Judge {
        List<Verdict> judge(Series history, double observed);
    }

    /** The name under which bounds and panel scores are printed. */
    String label(int threshold) {
        return name + "_" + unit + thresholds.get(threshold);
    }

    /** Every method for weekly series. EARS keeps the standard deviation as it is, as the published scores do. */
    static List<Contender> weekly() {
        return List.of(
                seasonalSurge(SeasonalSurge::weekly, WEEKLY),
                releaseSurge(),
                farrington(FarringtonThreshold.NB_PLUGIN, YEARS, REPORTS, "0.001", "0.005", "0.02", "0.05"),
                farrington(FarringtonThreshold.MUAN, YEARS, REPORTS, "0.001", "0.005", "0.02", "0.05"),
                farrington(FarringtonThreshold.DELTA, YEARS, REPORTS, "0.001", "0.005", "0.02", "0.05"),
                each(alpha -> new EarsC1(alpha, 0), "alpha", "0.0001", "0.001", "0.01", "0.05"),
                each(alpha -> new EarsC2(alpha, 0), "alpha", "0.0001", "0.001", "0.01", "0.05"),
                each(EarsC3::new, "sum", "6", "4", "3", "2"),
                each(h -> new PoissonCusum(2, h), "h", "8", "6", "4", "3", "2"),
                each(h -> new NegativeBinomialCusum(2, h), "h", "6", "5", "4", "3", "2"),
                each(p -> new KleinbergBurst(2, p), "p", "0.001", "0.01", "0.05", "0.2"));
    }

    /** The methods for daily series. EARS raises the standard deviation to 0.5, as its default does. */
    static List<Contender> daily() {
        return List.of(
                seasonalSurge(SeasonalSurge::daily, DAILY),
                releaseSurge(),
                each(alpha -> new EarsC1(alpha, 0.5), "alpha", "1e-09", "1e-06", "0.0001", "0.001", "0.01"),
                each(alpha -> new EarsC2(alpha, 0.5), "alpha", "1e-09", "1e-06", "0.0001", "0.001", "0.01"));
    }

    /**
     * Every method that judges the panel's series one by one. EARS raises the standard deviation to 1, and Farrington's
     * method has a baseline of three years and no least number of reports: with these the published scores come out.
     */
    static List<Contender> panel() {
        return List.of(
                releaseSurge(),
                each(alpha -> new EarsC1(alpha, 1), "alpha", "1e-06", "0.0001", "0.001", "0.01"),
                each(alpha -> new EarsC2(alpha, 1), "alpha", "1e-06", "0.0001", "0.001", "0.01"),
                farrington(FarringtonThreshold.NB_PLUGIN, 3, 0, "0.0001", "0.001", "0.005", "0.02"));
    }

    private static Contender seasonalSurge(DoubleFunction<SeasonalSurge> at, List<String> thresholds) {
        List<SeasonalSurge> detectors = thresholds.stream()
                .map(probability -> at.apply(Double.parseDouble(probability)))
                .toList();
        SeasonalSurge any = detectors.get(0);
        return new Contender(any.name(), "probability", thresholds, (history, observed) -> {
            SeasonalSurge.Expectation expectation = any.expect(history);
            return detectors.stream()
                    .map(detector -> detector.judge(expectation, observed))
                    .toList();
        });
    }

    /** The pipeline's method for days, here without a population to expect a rate from: one active period in five. */
    private static Contender releaseSurge() {
        return each(
                alpha -> new ReleaseSurge(0.2, alpha, 2),
                "alpha",
                "0.0001",
                "0.0003",
                "0.001",
                "0.002",
                "0.003",
                "0.005",
                "0.01",
                "0.02",
                "0.03",
                "0.05",
                "0.1");
    }

    private static Contender farrington(FarringtonThreshold threshold, int years, int reports, String... alphas) {
        List<FarringtonFlexible> detectors = new ArrayList<>();
        for (String alpha : alphas) {
            detectors.add(new FarringtonFlexible(threshold, Double.parseDouble(alpha), years, reports));
        }
        FarringtonFlexible any = detectors.get(0);
        return new Contender(any.name(), "alpha", List.of(alphas), (history, observed) -> {
            FarringtonThreshold.Prediction prediction = any.predict(history);
            return detectors.stream()
                    .map(detector -> detector.judge(prediction, history, observed))
                    .toList();
        });
    }

    private static Contender each(DoubleFunction<Detector> detector, String unit, String... thresholds) {
        List<Detector> detectors = new ArrayList<>();
        for (String threshold : thresholds) {
            detectors.add(detector.apply(Double.parseDouble(threshold)));
        }
        return new Contender(
                detectors.get(0).name(), unit, List.of(thresholds), (history, observed) -> detectors.stream()
                        .map(each -> each.judge(history, observed))
                        .toList());
    }
}
