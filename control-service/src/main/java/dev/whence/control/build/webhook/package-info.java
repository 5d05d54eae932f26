/**
 * What GitHub tells by itself: signed deliveries, each taken once. What follows from them
 * for a build is not its part.
 */
@NullMarked
package dev.whence.control.build.webhook;

import org.jspecify.annotations.NullMarked;
