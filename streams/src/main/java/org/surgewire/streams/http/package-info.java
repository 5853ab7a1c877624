/** The HTTP API and the page. */
@NullMarked
package org.surgewire.streams.http;

import org.jspecify.annotations.NullMarked;
