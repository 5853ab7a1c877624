package org.surgewire.streams.surge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Our default for sparse places that belong together, the counties of a state: looks at all of them at once, asks whether
 * an operation is on anywhere among them and, if so, names the places it reached.
 *
 * <p><b>Ordinary counts.</b> A place publishes a Poisson number of releases a period, each of a lognormal number of
 * arrests. Its rate has a gamma prior whose mean is the mean rate of all children and whose shape is 0.5, so that a place
 * never heard of is judged by its family and one with a long record by its own; sizes are shared by the family. Periods
 * that likely were operations are weighted down, older ones by a half-life of 260 periods. {@link Series#exposure} scales
 * the rate.
 *
 * <p><b>Evidence.</b> With r<sub>i</sub> the likelihood ratio of place i's count with an operation there against none, and
 * each of n places reached with probability h = 2 / n, 0.1 at most, when one is on, L = sum of ln(1 - h + h r<sub>i</sub>): the log likelihood
 * ratio averaged over all subsets of places (the scan over subsets of Neill, "Fast subset scan for spatial pattern
 * detection", JRSS B 74 (2012), 337-360, with an average in the maximum's place). Its distribution without an operation is
 * found by convolving those of the places in steps of 0.05; beyond L = 12 its bound e<sup>-L</sup> is near enough. So the
 * parent's p-value P(L' &gt;= L) is that of the family's own places and needs no calibration: the parent alarms when it is
 * at most {@code alpha}, once in {@code 1 / alpha} periods by chance.
 *
 * <p><b>Places.</b> With prior odds 0.05 of an operation a week, 0.02 a day, the probability that one reached place i is
 * P(on) h r<sub>i</sub> / (1 - h + h r<sub>i</sub>). It is the child's score, and at least 0.4 is an alarm. The child's p-value is
 * the tail of its own ordinary counts, the parent's score is L, and neither has a bound: NaN, since it depends on the
 * others.
 *
 * <p>Needs 26 periods of history of the longest-known child; looks back at most 730. Memory does not grow with the
 * history. Counts are whole numbers from 0 on; those above 200 are taken for 200, and for places that publish more than some ten
 * releases a period {@link SeasonalSurge} is the better method.
 */
public final class FamilySurge {
    private static final int FEWEST_PERIODS = 26;
    private static final int MOST_PERIODS = 730;
    private static final double HALF_LIFE = 260;
    private static final double RATE_SHAPE = 0.5;
    private static final double MOST_REACHED = 0.1;
    private static final double PLACES_REACHED = 2;
    private static final double MOST_LIKELY_REACHED = 0.5;
    private static final double WEEKLY_ODDS = 0.05;
    private static final double DAILY_ODDS = 0.02;
    private static final double NAMED = 0.4;

    /** What is assumed about sizes before any release is seen, worth so many releases. */
    private static final double PRIOR_RELEASES = 20;

    private static final double PRIOR_LOG_SIZE = Math.log(3);
    private static final double PRIOR_LOG_SIZE_SD = 0.85;
    private static final double SIZE_STEP = 0.1;

    private static final double EVIDENCE_STEP = 0.05;
    private static final double EVIDENT = 12;
    private static final int SPARE_STEPS = 32;
    private static final int LARGEST_TOTAL = 600;
    private static final double NEGLIGIBLE = 1e-12;
    private static final double MOST_ACTIVE = 0.97;

    private static final double[] AGE_WEIGHT = ageWeights();

    private final double alpha;
    private final double priorOdds;

    /** Tables by rounded log-mean and log-deviation: a cache, so that families with like sizes share them. */
    private final ConcurrentHashMap<Long, ReleaseSizes> sizes = new ConcurrentHashMap<>();

    private FamilySurge(double alpha, double priorOdds) {
        this.alpha = alpha;
        this.priorOdds = priorOdds;
    }

    /** For weekly counts; the parent alarms at a p-value of at most {@code alpha}, once in 1 / alpha weeks by chance. */
    public static FamilySurge weekly(double alpha) {
        return new FamilySurge(alpha, WEEKLY_ODDS);
    }

    /** For daily counts; the parent alarms at a p-value of at most {@code alpha}, once in 1 / alpha days by chance. */
    public static FamilySurge daily(double alpha) {
        return new FamilySurge(alpha, DAILY_ODDS);
    }

    private static double[] ageWeights() {
        double[] weights = new double[MOST_PERIODS + 1];
        for (int ago = 0; ago <= MOST_PERIODS; ago++) {
            weights[ago] = Math.pow(0.5, ago / HALF_LIFE);
        }
        return weights;
    }

    /** Names the method: {@code familySurge}. */
    public String name() {
        return "familySurge";
    }

    /**
     * Judges the children's counts of one period, {@code observed}, against their histories, given in the same order. The
     * histories end with the period before; they may differ in length. The judged period's exposure is that of the first.
     */
    public FamilyVerdict judge(List<? extends Series> children, double[] observed) {
        Expectation expectation = expect(children);
        if (expectation == null) {
            List<Verdict> unknown = new ArrayList<>(observed.length);
            for (double count : observed) {
                unknown.add(Verdict.notEnoughHistory(count));
            }
            return new FamilyVerdict(
                    Verdict.notEnoughHistory(Arrays.stream(observed).sum()), unknown);
        }
        return expectation.judge(observed, children.get(0).exposure(0));
    }

    /**
     * What the histories lead to expect of a period after them: the costly part, the same for all periods that are judged
     * against them. Null with fewer than 26 periods.
     */
    public @Nullable Expectation expect(List<? extends Series> children) {
        double[] alike = new double[children.size()];
        Arrays.fill(alike, 1);
        return expect(children, alike);
    }

    /**
     * The same for children of unlike size, of which larger ones are expected to publish more and to be reached more often.
     *
     * @param sizes in any unit, above 0
     */
    public @Nullable Expectation expect(List<? extends Series> children, double[] sizes) {
        int longest = 0;
        for (Series child : children) {
            longest = Math.max(longest, child.length());
        }
        if (longest < FEWEST_PERIODS) {
            return null;
        }
        Baseline baseline = new Baseline(sizes);
        for (int i = 0; i < children.size(); i++) {
            baseline.add(i, children.get(i));
        }
        baseline.weighDownSurges(children);
        return new Expectation(baseline);
    }

    /** What is expected of one period of a family. Not thread-safe. */
    public final class Expectation {
        private final Baseline baseline;
        private final Map<Double, Period> byExposure = new HashMap<>();

        private Expectation(Baseline baseline) {
            this.baseline = baseline;
        }

        /** Judges the children's counts of a period with this exposure, in the order of their histories. */
        public FamilyVerdict judge(double[] observed, double exposure) {
            Period period = period(exposure);
            double total = 0;
            double evidence = 0;
            double expected = 0;
            double[] ratios = new double[observed.length];
            for (int i = 0; i < observed.length; i++) {
                total += observed[i];
                ratios[i] = period.places.get(i).likelihoodRatio(whole(observed[i]));
                evidence += evidence(ratios[i], baseline.reached[i]);
            }
            double on = 1 / (1 + Math.exp(-evidence) / priorOdds);
            List<Verdict> verdicts = new ArrayList<>(observed.length);
            for (int i = 0; i < observed.length; i++) {
                double mean = period.means[i];
                expected += mean;
                double h = baseline.reached[i];
                double reached = on * h * ratios[i] / (1 - h + h * ratios[i]);
                double pValue = observed[i] == 0 ? 1 : period.places.get(i).atLeast(whole(observed[i]));
                verdicts.add(Verdict.judged(reached >= NAMED, observed[i], mean, Double.NaN, reached, pValue));
            }
            double pValue = total == 0 ? 1 : period.pValue(observed, evidence);
            return new FamilyVerdict(
                    Verdict.judged(pValue <= alpha, total, expected, Double.NaN, evidence, pValue), verdicts);
        }

        /**
         * The largest total of all children that chance exceeds with a probability above {@code alpha}, at this exposure,
         * or nearly that: for readers of an alert, nothing is decided by it.
         */
        public double bound(double exposure) {
            Period period = period(exposure);
            if (Double.isNaN(period.bound)) {
                period.bound = period.bound(alpha);
            }
            return period.bound;
        }

        /** How many releases all children together publish in a period of ordinary exposure. */
        public double releases() {
            return Arrays.stream(baseline.rates()).sum();
        }

        private Period period(double exposure) {
            return byExposure.computeIfAbsent(exposure, each -> new Period(baseline, each));
        }
    }

    /** The children's ordinary counts in a period of some exposure. */
    private static final class Period {
        private final Baseline baseline;
        private final List<ReleaseSizes.Place> places;
        private final double[] means;
        /** The probability of evidence of at least so many steps above the least; as far as it was asked for. */
        private double[] tail = {1};

        private double bound = Double.NaN;

        private Period(Baseline baseline, double exposure) {
            this.baseline = baseline;
            this.places = baseline.places(exposure);
            this.means = baseline.rates();
            double meanSize = baseline.sizes().meanSize();
            for (int i = 0; i < means.length; i++) {
                means[i] *= exposure * meanSize;
            }
        }

        /** Probability of evidence at least as large. */
        private double pValue(double[] observed, double evidence) {
            if (evidence >= EVIDENT) {
                // A likelihood ratio exceeds x with probability at most 1/x.
                return Math.exp(-evidence);
            }
            int reached = 0;
            for (int i = 0; i < observed.length; i++) {
                ReleaseSizes.Place place = places.get(i);
                int count = whole(observed[i]);
                double h = baseline.reached[i];
                reached += count == 0 ? 0 : steps(place, count, evidence(place.likelihoodRatio(0), h), h);
            }
            if (reached >= tail.length) {
                tail = tail(reached + SPARE_STEPS);
            }
            return tail[reached];
        }

        /**
         * By a negative binomial distribution with the mean and the variance of the children's total; taken for
         * {@link #LARGEST_TOTAL} where it is more.
         */
        private double bound(double alpha) {
            double mean = 0;
            double variance = 0;
            for (Map.Entry<Like, Integer> each : alike().entrySet()) {
                double first = 0;
                double second = 0;
                for (int count = 1; count <= ReleaseSizes.LARGEST; count++) {
                    double probability = each.getKey().place().ordinary(count);
                    first += count * probability;
                    second += (double) count * count * probability;
                }
                mean += each.getValue() * first;
                variance += each.getValue() * (second - first * first);
            }
            double size = mean * mean / Math.max(variance - mean, NEGLIGIBLE);
            double share = mean / (mean + size);
            double probability = Math.exp(size * Math.log1p(-share));
            double above = 1 - probability;
            int bound = 0;
            while (above > alpha && bound + 1 < LARGEST_TOTAL) {
                probability *= share * (size + bound) / (bound + 1);
                bound++;
                above -= probability;
            }
            return bound;
        }

        private record Like(ReleaseSizes.Place place, double reached) {}

        private Map<Like, Integer> alike() {
            Map<Like, Integer> alike = new LinkedHashMap<>();
            for (int i = 0; i < places.size(); i++) {
                alike.merge(new Like(places.get(i), baseline.reached[i]), 1, Integer::sum);
            }
            return alike;
        }

        private double[] tail(int length) {
            double[] sum = new double[length];
            sum[0] = 1;
            double[] place = new double[length];
            for (Map.Entry<Like, Integer> each : alike().entrySet()) {
                distribution(each.getKey().place(), place, each.getKey().reached());
                sum = convolved(sum, power(place, each.getValue()));
            }
            double[] above = new double[length];
            double left = 1;
            for (int step = 0; step < length; step++) {
                above[step] = Math.max(left, 0);
                left -= sum[step];
            }
            return above;
        }

        /** The distribution of the sum of so many. */
        private static double[] power(double[] one, int times) {
            double[] sum = null;
            double[] doubled = one;
            for (int left = times; left > 0; left /= 2) {
                if (left % 2 == 1) {
                    sum = sum == null ? doubled : convolved(sum, doubled);
                }
                if (left > 1) {
                    doubled = convolved(doubled, doubled);
                }
            }
            return sum == null ? one : sum;
        }

        private static double[] convolved(double[] one, double[] other) {
            double[] sum = new double[one.length];
            for (int i = 0; i < one.length; i++) {
                double probability = one[i];
                if (probability > NEGLIGIBLE) {
                    for (int j = 0; i + j < sum.length; j++) {
                        sum[i + j] += probability * other[j];
                    }
                }
            }
            return sum;
        }
    }

    private static int whole(double count) {
        return (int) Math.min(count, ReleaseSizes.LARGEST);
    }

    private static double evidence(double ratio, double reached) {
        return Math.log(1 - reached + reached * ratio);
    }

    /** A place's evidence above that of a count of 0, which is its least, in whole steps. */
    private static int steps(ReleaseSizes.Place place, int count, double least, double reached) {
        return (int) Math.round((evidence(place.likelihoodRatio(count), reached) - least) / EVIDENCE_STEP);
    }

    /** Fills in the probabilities of a place's evidence, in steps, as far as the array reaches. */
    private static void distribution(ReleaseSizes.Place place, double[] probabilities, double reached) {
        Arrays.fill(probabilities, 0);
        double least = evidence(place.likelihoodRatio(0), reached);
        double left = 1;
        for (int count = 0; count <= ReleaseSizes.LARGEST && left > NEGLIGIBLE; count++) {
            int step = steps(place, count, least, reached);
            if (step >= probabilities.length) {
                // Larger counts are larger evidence: they add nothing below what was asked for.
                break;
            }
            double probability = place.ordinary(count);
            left -= probability;
            probabilities[step] += probability;
        }
    }

    private ReleaseSizes sizes(double logMean, double logSd) {
        long mean = Math.round(logMean / SIZE_STEP);
        long sd = Math.max(1, Math.round(logSd / SIZE_STEP));
        return sizes.computeIfAbsent(mean * 1_000 + sd, key -> new ReleaseSizes(mean * SIZE_STEP, sd * SIZE_STEP));
    }

    /** What the histories say about ordinary periods: a handful of sums, whatever their length. */
    private final class Baseline {
        /** Each child's size as a share of the mean. */
        private final double[] shares;

        private final double[] reached;
        private final double[] periods;
        private final double[] exposures;
        private final double[] releases;
        private double sizeWeight;
        private double logSizes;
        private double squaredLogSizes;

        private Baseline(double[] sizes) {
            int children = sizes.length;
            double all = Arrays.stream(sizes).sum();
            shares = new double[children];
            reached = new double[children];
            for (int i = 0; i < children; i++) {
                shares[i] = sizes[i] * children / all;
                reached[i] =
                        Math.min(MOST_LIKELY_REACHED, shares[i] * Math.min(MOST_REACHED, PLACES_REACHED / children));
            }
            periods = new double[children];
            exposures = new double[children];
            releases = new double[children];
            assumeSizes();
        }

        private void assumeSizes() {
            sizeWeight = PRIOR_RELEASES;
            logSizes = PRIOR_RELEASES * PRIOR_LOG_SIZE;
            squaredLogSizes =
                    PRIOR_RELEASES * (PRIOR_LOG_SIZE * PRIOR_LOG_SIZE + PRIOR_LOG_SIZE_SD * PRIOR_LOG_SIZE_SD);
        }

        /** Sums the releases up again, each period weighted by how ordinary it looks after the first sum. */
        private void weighDownSurges(List<? extends Series> children) {
            List<ReleaseSizes.Place> places = places(1);
            assumeSizes();
            for (int i = 0; i < places.size(); i++) {
                addActive(i, children.get(i), places.get(i));
            }
        }

        /** Adds a child whose periods were all ordinary. */
        private void add(int child, Series history) {
            double inPeriods = 0;
            double inExposure = 0;
            int oldest = Math.min(history.length(), MOST_PERIODS);
            for (int ago = 1; ago <= oldest; ago++) {
                double exposure = history.exposure(ago);
                inPeriods += exposure > 0 ? AGE_WEIGHT[ago] : 0;
                inExposure += AGE_WEIGHT[ago] * exposure;
            }
            periods[child] = inPeriods;
            exposures[child] = inExposure;
            addActive(child, history, null);
        }

        /** Sums up a child's releases; with {@code ordinary} given, periods that do not look ordinary count less. */
        private void addActive(int child, Series history, ReleaseSizes.@Nullable Place ordinary) {
            double active = 0;
            double logs = 0;
            double squares = 0;
            int oldest = Math.min(history.length(), MOST_PERIODS);
            for (int ago = 1; ago <= oldest; ago++) {
                double count = history.ago(ago);
                if (count > 0) {
                    double weight = AGE_WEIGHT[ago];
                    if (ordinary != null) {
                        weight /= 1 + priorOdds * reached[child] * ordinary.likelihoodRatio(whole(count));
                    }
                    double log = Math.log(count);
                    active += weight;
                    logs += weight * log;
                    squares += weight * log * log;
                }
            }
            double share = periods[child] == 0 ? 0 : active / periods[child];
            double rate = -Math.log(1 - Math.min(MOST_ACTIVE, share));
            releases[child] = rate * periods[child];
            // A period's count tells the size of a release only if it was one release.
            double single = rate == 0 ? 1 : rate / Math.expm1(rate);
            sizeWeight += single * single * active;
            logSizes += single * single * logs;
            squaredLogSizes += single * single * squares;
        }

        private double priorScale() {
            double allReleases = RATE_SHAPE;
            double allExposure = 1;
            for (int i = 0; i < releases.length; i++) {
                allReleases += releases[i];
                allExposure += shares[i] * exposures[i];
            }
            return RATE_SHAPE * allExposure / allReleases;
        }

        /** Each child's releases in a period of ordinary exposure. */
        private double[] rates() {
            double priorScale = priorScale();
            double[] rates = new double[releases.length];
            for (int i = 0; i < rates.length; i++) {
                rates[i] = (RATE_SHAPE + releases[i]) / (priorScale / shares[i] + exposures[i]);
            }
            return rates;
        }

        private ReleaseSizes sizes() {
            double mean = logSizes / sizeWeight;
            return FamilySurge.this.sizes(mean, Math.sqrt(squaredLogSizes / sizeWeight - mean * mean));
        }

        /** The children's ordinary counts in a period of this exposure; those that never published share one. */
        private List<ReleaseSizes.Place> places(double exposure) {
            double priorScale = priorScale();
            ReleaseSizes table = sizes();
            Map<Double, ReleaseSizes.Place> silent = new HashMap<>();
            List<ReleaseSizes.Place> places = new ArrayList<>(releases.length);
            for (int i = 0; i < releases.length; i++) {
                double scale = (priorScale / shares[i] + exposures[i]) / exposure;
                places.add(
                        releases[i] == 0
                                ? silent.computeIfAbsent(scale, each -> table.place(RATE_SHAPE, each))
                                : table.place(RATE_SHAPE + releases[i], scale));
            }
            return places;
        }
    }
}
