package org.surgewire.ingest.place;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/**
 * A name of a place in the text.
 *
 * @param first index of the first token that belongs to the mention ("greater" of "greater Nashville area")
 * @param end index behind its last token, a state that only qualifies it included
 * @param name the name as spelt, without a state that qualifies it
 * @param type what kind of name it is
 * @param state postal code of the state that the text gives to it; null when it gives none
 * @param candidates jurisdictions of that name, largest first; empty for areas, districts and unknown names
 * @param states states that an area or a district lies in
 * @param office whether the name is part of an office's, a force's or a court's name
 * @param list number of the enumeration it stands in; mentions with the same number are joined by commas and "and"
 */
public record PlaceMention(
        int first,
        int end,
        String name,
        NameType type,
        @Nullable String state,
        List<Jurisdiction> candidates,
        List<String> states,
        boolean office,
        int list) {
    /** What kind of name it is. */
    public enum NameType {
        CITY,
        COUNTY,
        STATE,
        AREA,
        DISTRICT,
        COUNTRY
    }

    /** The same mention as the judicial district of that name. */
    public PlaceMention asDistrict(String district) {
        return new PlaceMention(first, end, district, NameType.DISTRICT, state, List.of(), states, false, list);
    }

    PlaceMention withState(@Nullable String other) {
        return new PlaceMention(first, end, name, type, other, candidates, states, office, list);
    }

    PlaceMention withType(NameType other, List<Jurisdiction> otherCandidates) {
        return new PlaceMention(first, end, name, other, state, otherCandidates, states, office, list);
    }

    PlaceMention withList(int number) {
        return new PlaceMention(first, end, name, type, state, candidates, states, office, number);
    }

    PlaceMention withoutOffice() {
        return new PlaceMention(first, end, name, type, state, candidates, states, false, list);
    }

    PlaceMention withEnd(int other) {
        return new PlaceMention(first, other, name, type, state, candidates, states, office, list);
    }
}
