/**
 * Whence while its parts are killed, hang or are offered too much, and the checker that
 * says what became of every acknowledged signal. Journeys through a healthy Whence are
 * next door.
 */
@NullMarked
package dev.whence.e2e.fire;

import org.jspecify.annotations.NullMarked;
