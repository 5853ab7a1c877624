package org.surgewire.streams.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A jurisdiction with its counts.
 *
 * @param id Open Civic Data division id
 * @param name as in {@link PlaceRef}
 * @param officialName name as the Census Bureau writes it
 * @param level as in {@link PlaceRef}
 * @param state postal code; empty for the country
 * @param population estimate of 2021; null where there is none
 * @param parents what contains it, smallest first
 * @param surges {@code ENOUGH_HISTORY} when days are judged, {@code NOT_ENOUGH_HISTORY} while no alert says nothing about
 *     surges: too few days of the year before {@code asOf} were read
 * @param asOf last day of every window; null when nothing has been read yet
 * @param windows announced numbers of each window
 * @param sources path of the sentences that the numbers rest on; {@code from} and {@code to} of a window give those of it
 */
public record Standing(
        String id,
        String name,
        String officialName,
        String level,
        String state,
        @Nullable Long population,
        List<PlaceRef> parents,
        String surges,
        @Nullable LocalDate asOf,
        Map<Window, Tally> windows,
        String sources) {}
