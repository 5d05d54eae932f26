/**
 * Drives builds to their end: a row per build that is not at its end, steps that any
 * process may take, and one workflow run per build whatever dies in between. What a build
 * is, is not its part.
 */
@NullMarked
package dev.whence.control.build.tracking;

import org.jspecify.annotations.NullMarked;
