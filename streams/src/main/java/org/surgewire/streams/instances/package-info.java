/** Stores across instances: whichever instance is asked, it reads the store where it is. */
@NullMarked
package org.surgewire.streams.instances;

import org.jspecify.annotations.NullMarked;
