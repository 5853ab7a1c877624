/** Which announcements describe one event, and what that event comes to in each jurisdiction. */
@NullMarked
package org.surgewire.streams.cases;

import org.jspecify.annotations.NullMarked;
