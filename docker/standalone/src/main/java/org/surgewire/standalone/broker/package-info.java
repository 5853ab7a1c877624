@NullMarked
package org.surgewire.standalone.broker;

import org.jspecify.annotations.NullMarked;
