/** Releases as sources deliver them: reading, checking, identity. */
@NullMarked
package org.surgewire.ingest.release;

import org.jspecify.annotations.NullMarked;
