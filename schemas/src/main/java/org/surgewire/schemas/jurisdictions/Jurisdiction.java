package org.surgewire.schemas.jurisdictions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Open Civic Data division.
 *
 * @param id division id, for example {@code ocd-division/country:us/state:nc/county:mecklenburg}
 * @param name name with its legal suffix as the Census Bureau writes it ("Boston city", "Mecklenburg County")
 * @param level {@code country}, {@code state}, {@code district}, {@code territory}, {@code county} or {@code place}
 * @param state postal code of the state, district or territory it lies in; empty for the country
 * @param counties GEOIDs of the counties a place lies in; empty for every other level
 * @param population estimate of 2021; null where the Census Bureau gives none
 * @param latitude degrees north; null where unknown
 * @param longitude degrees east; null where unknown
 * @param parentId the smallest division that contains this one; null for the country
 */
public record Jurisdiction(
        String id,
        String name,
        String level,
        String state,
        String geoid,
        List<String> counties,
        @Nullable Long population,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable String parentId) {}
