/** Reading sources again and again: what is new, what changed, what is missing, and how each source is doing. */
@NullMarked
package org.surgewire.ingest.poll;

import org.jspecify.annotations.NullMarked;
