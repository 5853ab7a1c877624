/** Announced arrests per jurisdiction: daily panes and rolling sums. */
@NullMarked
package org.surgewire.streams.counts;

import org.jspecify.annotations.NullMarked;
