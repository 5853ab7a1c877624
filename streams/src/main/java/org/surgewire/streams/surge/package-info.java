/**
 * Decides whether a count is a surge. Pure functions of numbers: nothing here knows a stream, a clock or a place, so one
 * code path serves live judging, replay and the benchmark. One algorithm is one class.
 */
@NullMarked
package org.surgewire.streams.surge;

import org.jspecify.annotations.NullMarked;
