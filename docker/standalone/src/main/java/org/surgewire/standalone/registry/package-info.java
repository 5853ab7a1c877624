@NullMarked
package org.surgewire.standalone.registry;

import org.jspecify.annotations.NullMarked;
