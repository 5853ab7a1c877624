/** Questions in SQL, answered by DuckDB from a copy of what is known; nothing in a question reaches a file or the network. */
@NullMarked
package org.surgewire.standalone.sql;

import org.jspecify.annotations.NullMarked;
