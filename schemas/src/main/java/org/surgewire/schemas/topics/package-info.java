/** Every topic: its name, what it holds, how it is laid out. */
@NullMarked
package org.surgewire.schemas.topics;

import org.jspecify.annotations.NullMarked;
