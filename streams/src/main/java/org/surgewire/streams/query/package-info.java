/**
 * Answers from the state stores. Only what this instance holds is answered; while a store is being moved or restored its
 * reads throw {@link org.apache.kafka.streams.errors.InvalidStateStoreException}, which means: ask again soon.
 */
@NullMarked
package org.surgewire.streams.query;

import org.jspecify.annotations.NullMarked;
