/** What sources answer, read into entries: feeds, the DOJ API, HTML lists, bulletins, pages; and what is no answer. */
@NullMarked
package org.surgewire.ingest.feed;

import org.jspecify.annotations.NullMarked;
