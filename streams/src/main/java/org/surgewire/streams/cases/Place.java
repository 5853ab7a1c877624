package org.surgewire.streams.cases;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * A place that an announcement names.
 *
 * @param jurisdictionId the jurisdiction it is, or the smallest that contains it
 * @param area what it is called, where it is no jurisdiction ("new england", "los angeles"); null for a jurisdiction
 */
record Place(String jurisdictionId, @Nullable String area) {
    static Place of(Claim claim) {
        String id = claim.getJurisdictionId();
        String name = claim.getPlace();
        boolean area =
                claim.getPlaceType().equals("area") || claim.getPlaceType().equals("district");
        return new Place(id == null ? Jurisdictions.COUNTRY : id, area ? areaName(name == null ? "" : name) : null);
    }

    /** "the greater Los Angeles area" and "Los Angeles metro area" are both "los angeles". */
    private static String areaName(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("\\b(the|greater|metro|metropolitan|area|areas|region|of responsibility)\\b", " ")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** Whether the other place lies in this one, as far as is known: of an area only that it contains itself. */
    boolean contains(Place other, Jurisdictions jurisdictions) {
        if (area == null) {
            return jurisdictions.contains(jurisdictionId, other.jurisdictionId);
        }
        return equals(other) || (other.area == null && isAreaAround(other, jurisdictions));
    }

    /** Whether this is "the X area" and the other the city or county X. */
    boolean isAreaAround(Place other, Jurisdictions jurisdictions) {
        return area != null
                && jurisdictions.contains(jurisdictionId, other.jurisdictionId)
                && jurisdictions
                        .find(other.jurisdictionId)
                        .map(jurisdiction -> jurisdiction
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll(" (city|town|village|borough|county|parish)$", "")
                                .equals(area))
                        .orElse(false);
    }
}
