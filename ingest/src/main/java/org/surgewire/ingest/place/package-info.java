/** Names of jurisdictions and areas in running text, and the jurisdictions they stand for. */
@NullMarked
package org.surgewire.ingest.place;

import org.jspecify.annotations.NullMarked;
