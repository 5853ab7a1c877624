/** Which days are known where: which sources were read, on which days, and what they cover. */
@NullMarked
package org.surgewire.streams.coverage;

import org.jspecify.annotations.NullMarked;
