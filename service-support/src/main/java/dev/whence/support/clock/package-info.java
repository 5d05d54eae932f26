/** The time of day as a dependency, so that tests can stand still. */
@NullMarked
package dev.whence.support.clock;

import org.jspecify.annotations.NullMarked;
