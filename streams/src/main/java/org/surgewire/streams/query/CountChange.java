package org.surgewire.streams.query;

import java.time.LocalDate;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.WindowCounts;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * That the counts of a jurisdiction changed, and to what.
 *
 * @param lastDay latest publication day that named the jurisdiction
 * @param announcements announcements of all days that name the jurisdiction or a part of it
 * @param low smallest number of announced arrests of all days
 * @param best announced arrests of all days
 * @param high largest number of announced arrests of all days
 */
public record CountChange(
        PlaceRef jurisdiction, LocalDate lastDay, long announcements, long low, long best, long high) {

    /** The change that a record of the topic of counts tells. */
    public static CountChange of(Jurisdictions jurisdictions, JurisdictionCounts counts) {
        WindowCounts all = counts.getWindows().get(counts.getWindows().size() - 1);
        return new CountChange(
                PlaceRef.of(jurisdictions, counts.getJurisdictionId()),
                counts.getAsOf(),
                all.getAnnouncements(),
                all.getArrestsLow(),
                all.getArrests(),
                all.getArrestsHigh());
    }
}
