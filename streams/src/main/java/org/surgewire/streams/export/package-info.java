/** Everything that is known as tables, for analysts: what they hold, and their rows one by one. */
@NullMarked
package org.surgewire.streams.export;

import org.jspecify.annotations.NullMarked;
