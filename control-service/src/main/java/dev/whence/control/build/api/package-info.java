/**
 * The HTTP surface of builds, as the API that it replaces had it, and live updates beside
 * it.
 */
@NullMarked
package dev.whence.control.build.api;

import org.jspecify.annotations.NullMarked;
