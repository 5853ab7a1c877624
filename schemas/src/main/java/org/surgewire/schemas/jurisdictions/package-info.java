/** Open Civic Data divisions of the United States: names, levels and what lies in what. */
@NullMarked
package org.surgewire.schemas.jurisdictions;

import org.jspecify.annotations.NullMarked;
