/** What was fetched, as it came. */
@NullMarked
package org.surgewire.ingest.archive;

import org.jspecify.annotations.NullMarked;
