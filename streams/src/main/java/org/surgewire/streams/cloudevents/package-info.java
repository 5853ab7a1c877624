/** What is published, marked as CloudEvents, so that consumers can route and deduplicate it unread. */
@NullMarked
package org.surgewire.streams.cloudevents;

import org.jspecify.annotations.NullMarked;
