/** How alike two texts are, told without the texts. */
@NullMarked
package org.surgewire.schemas.similarity;

import org.jspecify.annotations.NullMarked;
