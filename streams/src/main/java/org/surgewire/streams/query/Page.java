package org.surgewire.streams.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param total how many there are in all
 * @param next cursor of the page after this one; null when this is the last
 */
record Page<T>(int total, @Nullable String next, List<T> items) {}
