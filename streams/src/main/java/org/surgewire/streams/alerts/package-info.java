/** Surge alerts: daily judgement, episodes, lifecycle. */
@NullMarked
package org.surgewire.streams.alerts;

import org.jspecify.annotations.NullMarked;
