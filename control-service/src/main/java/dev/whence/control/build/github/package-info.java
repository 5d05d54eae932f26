/**
 * GitHub's Actions API as far as builds need it: one HTTP interface, behind a breaker, a
 * time limit and the limits that GitHub itself names. What builds make of the answers is
 * not its part.
 */
@NullMarked
package dev.whence.control.build.github;

import org.jspecify.annotations.NullMarked;
