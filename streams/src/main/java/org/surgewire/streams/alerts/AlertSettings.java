package org.surgewire.streams.alerts;

import org.surgewire.streams.surge.Detector;
import org.surgewire.streams.surge.EarsC2;

/**
 * How surges are judged.
 *
 * @param detector judges each day against the days before it
 * @param historyDays days of history the detector is shown; a changed day is judged again for as many days after it
 * @param minimumArrests a day with fewer announced arrests is no surge, whatever its baseline
 * @param quietDays an alert closes when this many days have passed since its last alarm; an alarm within them belongs to
 *     the same alert
 */
public record AlertSettings(Detector detector, int historyDays, int minimumArrests, int quietDays) {
    /**
     * EARS C2 at a nominal 0.1 %, on days with at least 5 announced arrests. An alert stays open while its last alarm day
     * is inside the 28-day count.
     */
    public static AlertSettings defaults() {
        return new AlertSettings(new EarsC2(0.001), 9, 5, 28);
    }
}
