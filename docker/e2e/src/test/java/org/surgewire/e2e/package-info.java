/** The image as others run it. */
@NullMarked
package org.surgewire.e2e;

import org.jspecify.annotations.NullMarked;
