/** Which machines may be connected to. */
@NullMarked
package org.surgewire.schemas.addresses;

import org.jspecify.annotations.NullMarked;
