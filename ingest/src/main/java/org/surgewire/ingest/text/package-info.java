/** Announcement text as tokens, sentences and phrases of known meaning, every piece with its offsets. */
@NullMarked
package org.surgewire.ingest.text;

import org.jspecify.annotations.NullMarked;
