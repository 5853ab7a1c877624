/** How state stores are made. */
@NullMarked
package org.surgewire.streams.stores;

import org.jspecify.annotations.NullMarked;
