@NullMarked
package org.surgewire.streams;

import org.jspecify.annotations.NullMarked;
