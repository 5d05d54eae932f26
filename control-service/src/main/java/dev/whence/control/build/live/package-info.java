/**
 * Live updates: what happens to builds, as server-sent events.
 */
@NullMarked
package dev.whence.control.build.live;

import org.jspecify.annotations.NullMarked;
