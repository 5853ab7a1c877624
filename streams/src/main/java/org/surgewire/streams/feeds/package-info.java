/** Alerts in the formats that other programs subscribe to: Atom and OASIS CAP. */
@NullMarked
package org.surgewire.streams.feeds;

import org.jspecify.annotations.NullMarked;
