package org.surgewire.streams.alerts;

import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.streams.surge.FamilySurge;
import org.surgewire.streams.surge.ReleaseSurge;
import org.surgewire.streams.surge.SeasonalSurge;
import org.surgewire.streams.surge.Verdict;

/**
 * When an alert opens, grows and closes.
 *
 * <p>What limits false alarms is the expected share of false ones among the alerts that one day opens anywhere, and for
 * each jurisdiction a recurrence interval of its own and a least size. See docs/surge-detection.md for the sum over all
 * counties.
 *
 * @param activeDaysPerMillion share of ordinary days on which a million inhabitants are expected to have announced
 *     arrests, before anything is known of them
 * @param opensWeeks a day opens an alert when chance alone brings one like it once in so many weeks, or less
 * @param falseShare the largest expected share of false alarms among the jurisdictions that one day opens an alert in
 * @param staysWeeks a day keeps an alert open when chance alone brings one like it once in so many weeks, or less
 * @param fewestArrests a day with fewer announced arrests is no surge, whatever its baseline
 * @param quietDays an alert closes when this many days have passed since the last day that kept it open
 * @param growth an open alert is updated by later days once its announced arrests have grown by this share
 * @param lullAlpha largest probability by chance of a total that is reported as a lull
 */
public record AlertSettings(
        double activeDaysPerMillion,
        double opensWeeks,
        double falseShare,
        double staysWeeks,
        int fewestArrests,
        int quietDays,
        double growth,
        double lullAlpha) {
    private static final double DAYS_A_WEEK = 7;

    /** Population taken where the Census Bureau gives none, and the least for any place. */
    private static final long LEAST_POPULATION = 10_000;

    private static final double MILLION = 1e6;

    /** Once in some 200 weeks by chance on the benchmark's series. */
    private static final double PROBABILITY_OF_SURGE = 0.6;

    private static final double MOST_ACTIVE = 0.6;
    private static final double OPERATION_ACTIVE = 0.1;

    /**
     * The country has announced arrests on six of ten working days; once in a year by chance opens, if at most a quarter of
     * what opens that day is expected to be false; once in four weeks keeps open; at least ten arrests; three quiet weeks
     * close; a fifth more is growth; a lull once in 400 weeks.
     */
    public static AlertSettings defaults() {
        return new AlertSettings(0.0018, 52, 0.25, 4, 10, 21, 0.2, 0.01);
    }

    /** The share of ordinary days on which it is expected to have announced arrests, before anything is known of it. */
    double activeDays(Jurisdiction of) {
        Long known = of.population();
        long population = Math.max(known == null ? 0 : known, LEAST_POPULATION);
        return Math.min(MOST_ACTIVE, activeDaysPerMillion * population / MILLION);
    }

    /** The detector for days that open an alert of this jurisdiction. */
    ReleaseSurge opening(Jurisdiction of) {
        return new ReleaseSurge(activeDays(of), 1 / (DAYS_A_WEEK * opensWeeks), fewestArrests);
    }

    /** The detector for days of an operation that is under way: it is expected to tell a figure once in two weeks. */
    ReleaseSurge ofOperation() {
        return new ReleaseSurge(OPERATION_ACTIVE, 1 / (DAYS_A_WEEK * opensWeeks), fewestArrests);
    }

    /** The detector for weeks that open an alert of a state or the country whose parts publish little. */
    FamilySurge openingWeeks() {
        return FamilySurge.weekly(1 / opensWeeks);
    }

    /** The detector for weeks that open an alert of a state or the country whose parts publish much. */
    SeasonalSurge openingWeeksOfMany() {
        return SeasonalSurge.weekly(PROBABILITY_OF_SURGE);
    }

    /** Whether a week is unusual enough to keep an alert open. */
    boolean staysWeek(Verdict verdict) {
        return verdict.state() == Verdict.State.ENOUGH_HISTORY && 1 / verdict.pValue() >= staysWeeks;
    }

    /** Whether a day with so many announced arrests may keep an alert open: half of what opens one. */
    boolean mayStay(long arrests) {
        return 2 * arrests >= fewestArrests;
    }

    /** Whether a day is unusual enough to keep an alert open. */
    boolean stays(Verdict verdict) {
        return verdict.state() == Verdict.State.ENOUGH_HISTORY && recurrenceWeeks(verdict.pValue()) >= staysWeeks;
    }

    /** In how many weeks chance alone brings one day of this p-value. */
    static double recurrenceWeeks(double pValue) {
        return 1 / (DAYS_A_WEEK * pValue);
    }
}
