/** Polite HTTP: robots.txt, delays and budgets for each host, conditional requests, limits, and no private address. */
@NullMarked
package org.surgewire.ingest.fetch;

import org.jspecify.annotations.NullMarked;
