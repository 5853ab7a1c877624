@NullMarked
package org.surgewire.schemas;

import org.jspecify.annotations.NullMarked;
