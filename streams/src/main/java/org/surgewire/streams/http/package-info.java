/** The HTTP server: the API under {@code /v1}, health, metrics and the page. */
@NullMarked
package org.surgewire.streams.http;

import org.jspecify.annotations.NullMarked;
