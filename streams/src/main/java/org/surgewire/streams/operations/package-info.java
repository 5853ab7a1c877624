/** Named operations over all their cases. */
@NullMarked
package org.surgewire.streams.operations;

import org.jspecify.annotations.NullMarked;
