/**
 * Sends one message through one channel and says what came of it. Trying again is not its
 * part.
 */
@NullMarked
package dev.whence.analysis.notification.outbound;

import org.jspecify.annotations.NullMarked;
