/** What one announcement states: counts, kind, operation, period, places, each with the span it was read from. */
@NullMarked
package org.surgewire.ingest.extract;

import org.jspecify.annotations.NullMarked;
