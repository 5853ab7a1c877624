/** Answers from the state stores. */
@NullMarked
package org.surgewire.streams.query;

import org.jspecify.annotations.NullMarked;
