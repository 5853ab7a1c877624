/** Sends alerts to those who subscribed: by webhook or by mail, at once or daily. */
@NullMarked
package org.surgewire.streams.deliveries;

import org.jspecify.annotations.NullMarked;
