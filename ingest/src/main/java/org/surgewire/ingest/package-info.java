@NullMarked
package org.surgewire.ingest;

import org.jspecify.annotations.NullMarked;
