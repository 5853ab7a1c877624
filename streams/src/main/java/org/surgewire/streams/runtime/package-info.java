/** The application: topologies wired together, settings, lifecycle. */
@NullMarked
package org.surgewire.streams.runtime;

import org.jspecify.annotations.NullMarked;
