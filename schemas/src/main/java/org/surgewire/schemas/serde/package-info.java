/** Avro in the Confluent wire format, and in a registry-free format for state. */
@NullMarked
package org.surgewire.schemas.serde;

import org.jspecify.annotations.NullMarked;
