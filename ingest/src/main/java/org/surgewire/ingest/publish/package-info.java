/** From a release to Kafka: claims, revisions, one transaction for both. */
@NullMarked
package org.surgewire.ingest.publish;

import org.jspecify.annotations.NullMarked;
