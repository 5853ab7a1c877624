/** Which sources are read, how, and how politely: the registry. */
@NullMarked
package org.surgewire.ingest.source;

import org.jspecify.annotations.NullMarked;
