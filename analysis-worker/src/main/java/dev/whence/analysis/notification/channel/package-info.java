/**
 * Where messages can go, with the secrets that it takes. Which messages go there is the
 * routes' part.
 */
@NullMarked
package dev.whence.analysis.notification.channel;

import org.jspecify.annotations.NullMarked;
