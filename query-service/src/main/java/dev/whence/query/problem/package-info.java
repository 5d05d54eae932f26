/**
 * Kinds of problem over all incidents. The problems of one incident are shown with it.
 */
@NullMarked
package dev.whence.query.problem;

import org.jspecify.annotations.NullMarked;
