/**
 * Records made from {@code src/main/avro}. Not null-marked: Avro's generator cannot say which fields may be null; the
 * schemas do.
 */
package org.surgewire.schemas;
