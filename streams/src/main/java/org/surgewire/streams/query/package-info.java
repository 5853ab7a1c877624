/**
 * Answers from the state stores, of this instance or of all of them. While a store is being moved or restored its reads
 * throw {@link org.apache.kafka.streams.errors.InvalidStateStoreException}, which means: ask again soon.
 */
@NullMarked
package org.surgewire.streams.query;

import org.jspecify.annotations.NullMarked;
