@NullMarked
package org.surgewire.standalone;

import org.jspecify.annotations.NullMarked;
