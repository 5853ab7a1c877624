package org.surgewire.streams.surge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * each place reached with probability h = 0.1 when one is on, L = sum of ln(1 - h + h r<sub>i</sub>): the log likelihood
 * ratio averaged over all subsets of places (the scan over subsets of Neill, "Fast subset scan for spatial pattern
 * detection", JRSS B 74 (2012), 337-360, with an average in the maximum's place). Its distribution without an operation is
 * found by convolving those of the places in steps of 0.05; beyond L = 12 its bound e<sup>-L</sup> is near enough. So the
 * parent's p-value P(L' &gt;= L) is that of the family's own places and needs no calibration: the parent alarms when it is at most {@code alpha}, once in {@code 1 / alpha} periods
 * by chance.
 *
 * <p><b>Places.</b> With prior odds 0.05 of an operation a week, 0.02 a day, the probability that one reached place i is
 * P(on) h r<sub>i</sub> / (1 - h + h r<sub>i</sub>). It is the child's score, and at least 0.4 is an alarm. The child's p-value is
 * the tail of its own ordinary counts, the parent's score is L, and neither has a bound: NaN, since it depends on the
 * others.
 *
 * <p>Needs 26 periods of history of the longest-known child; looks back at most 730. Memory does not grow with the
 * history. Counts are whole numbers; those above 200 are taken for 200, and for places that publish more than some ten
 * releases a period {@link SeasonalSurge} is the better method.
 */
public final class FamilySurge {
    private static final int FEWEST_PERIODS = 26;
    private static final int MOST_PERIODS = 730;
    private static final double HALF_LIFE = 260;
    private static final double RATE_SHAPE = 0.5;
    private static final double REACHED = 0.1;
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
     * histories end with the period before; they may differ in length.
     */
    public FamilyVerdict judge(List<? extends Series> children, double[] observed) {
        double total = 0;
        int longest = 0;
        for (int i = 0; i < observed.length; i++) {
            total += observed[i];
            longest = Math.max(longest, children.get(i).length());
        }
        if (longest < FEWEST_PERIODS) {
            List<Verdict> unknown = new ArrayList<>(observed.length);
            for (double count : observed) {
                unknown.add(Verdict.notEnoughHistory(count));
            }
            return new FamilyVerdict(Verdict.notEnoughHistory(total), unknown);
        }
        Baseline baseline = new Baseline(children.size());
        for (int i = 0; i < children.size(); i++) {
            baseline.add(i, children.get(i));
        }
        baseline.weighDownSurges(children);
        return judge(baseline, children, observed, total);
    }

    private FamilyVerdict judge(Baseline baseline, List<? extends Series> children, double[] observed, double total) {
        List<ReleaseSizes.Place> places = baseline.places(children, true);
        double evidence = 0;
        double[] ratios = new double[observed.length];
        for (int i = 0; i < observed.length; i++) {
            ratios[i] = places.get(i).likelihoodRatio(whole(observed[i]));
            evidence += evidence(ratios[i]);
        }
        double on = 1 / (1 + Math.exp(-evidence) / priorOdds);
        double expected = 0;
        List<Verdict> verdicts = new ArrayList<>(observed.length);
        for (int i = 0; i < observed.length; i++) {
            double mean = baseline.rate(i)
                    * children.get(i).exposure(0)
                    * baseline.sizes().meanSize();
            expected += mean;
            double reached = on * REACHED * ratios[i] / (1 - REACHED + REACHED * ratios[i]);
            double pValue = observed[i] == 0 ? 1 : places.get(i).atLeast(whole(observed[i]));
            verdicts.add(Verdict.judged(reached >= NAMED, observed[i], mean, Double.NaN, reached, pValue));
        }
        double pValue = total == 0 ? 1 : pValue(places, observed, evidence);
        return new FamilyVerdict(
                Verdict.judged(pValue <= alpha, total, expected, Double.NaN, evidence, pValue), verdicts);
    }

    private static int whole(double count) {
        return (int) Math.min(count, ReleaseSizes.LARGEST);
    }

    private static double evidence(double ratio) {
        return Math.log(1 - REACHED + REACHED * ratio);
    }

    /** A place's evidence above that of a count of 0, which is its least, in whole steps. */
    private static int steps(ReleaseSizes.Place place, int count, double least) {
        return (int) Math.round((evidence(place.likelihoodRatio(count)) - least) / EVIDENCE_STEP);
    }

    /** Probability of evidence at least as large, from the distribution of the sum below the observed one. */
    private static double pValue(List<ReleaseSizes.Place> places, double[] observed, double evidence) {
        if (evidence >= EVIDENT) {
            // A likelihood ratio exceeds x with probability at most 1/x.
            return Math.exp(-evidence);
        }
        int reached = 0;
        for (int i = 0; i < observed.length; i++) {
            ReleaseSizes.Place place = places.get(i);
            reached += steps(place, whole(observed[i]), evidence(place.likelihoodRatio(0)));
        }
        double[] below = new double[reached];
        double[] next = new double[reached];
        double[] place = new double[reached];
        if (reached > 0) {
            below[0] = 1;
        }
        for (ReleaseSizes.Place at : places) {
            int most = distribution(at, place);
            Arrays.fill(next, 0);
            for (int step = 0; step <= most; step++) {
                double probability = place[step];
                if (probability > NEGLIGIBLE) {
                    for (int before = 0; before + step < reached; before++) {
                        next[before + step] += probability * below[before];
                    }
                }
            }
            double[] spare = below;
            below = next;
            next = spare;
        }
        double sum = 0;
        for (double probability : below) {
            sum += probability;
        }
        return Math.max(1 - sum, 0);
    }

    /** Fills the probabilities of a place's evidence, in steps, as far as the array reaches; returns the last step filled. */
    private static int distribution(ReleaseSizes.Place place, double[] probabilities) {
        Arrays.fill(probabilities, 0);
        double least = evidence(place.likelihoodRatio(0));
        double left = 1;
        int most = -1;
        for (int count = 0; count <= ReleaseSizes.LARGEST && left > NEGLIGIBLE; count++) {
            int step = steps(place, count, least);
            if (step >= probabilities.length) {
                // Larger counts are larger evidence: they add nothing below the observed sum.
                break;
            }
            double probability = place.ordinary(count);
            left -= probability;
            probabilities[step] += probability;
            most = Math.max(most, step);
        }
        return most;
    }

    private ReleaseSizes sizes(double logMean, double logSd) {
        long mean = Math.round(logMean / SIZE_STEP);
        long sd = Math.max(1, Math.round(logSd / SIZE_STEP));
        return sizes.computeIfAbsent(mean * 1_000 + sd, key -> new ReleaseSizes(mean * SIZE_STEP, sd * SIZE_STEP));
    }

    /** What the histories say about ordinary periods: a handful of sums, whatever their length. */
    private final class Baseline {
        private final double[] periods;
        private final double[] exposures;
        private final double[] releases;
        private double sizeWeight;
        private double logSizes;
        private double squaredLogSizes;

        private Baseline(int children) {
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
            List<ReleaseSizes.Place> places = places(children, false);
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
                inPeriods += AGE_WEIGHT[ago];
                inExposure += AGE_WEIGHT[ago] * history.exposure(ago);
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
                        weight /= 1 + priorOdds * REACHED * ordinary.likelihoodRatio(whole(count));
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
                allExposure += exposures[i];
            }
            return RATE_SHAPE * allExposure / allReleases;
        }

        /** Releases a period of ordinary exposure. */
        private double rate(int child) {
            return (RATE_SHAPE + releases[child]) / (priorScale() + exposures[child]);
        }

        private ReleaseSizes sizes() {
            double mean = logSizes / sizeWeight;
            return FamilySurge.this.sizes(mean, Math.sqrt(squaredLogSizes / sizeWeight - mean * mean));
        }

        /** The children's ordinary counts in the judged period or, not {@code judged}, in one of ordinary exposure. */
        private List<ReleaseSizes.Place> places(List<? extends Series> children, boolean judged) {
            double priorScale = priorScale();
            ReleaseSizes table = sizes();
            List<ReleaseSizes.Place> places = new ArrayList<>(releases.length);
            for (int i = 0; i < releases.length; i++) {
                double exposure = judged ? children.get(i).exposure(0) : 1;
                places.add(table.place(RATE_SHAPE + releases[i], (priorScale + exposures[i]) / exposure));
            }
            return places;
        }
    }
}
