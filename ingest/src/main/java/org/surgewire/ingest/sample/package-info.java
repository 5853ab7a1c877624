/** The bundled sample: announcements of autumn 2020, retold. */
@NullMarked
package org.surgewire.ingest.sample;

import org.jspecify.annotations.NullMarked;
