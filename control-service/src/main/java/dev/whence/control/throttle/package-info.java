/**
 * How often somebody may try to sign in or to register, by account and by address. What
 * they try is checked elsewhere.
 */
@NullMarked
package dev.whence.control.throttle;

import org.jspecify.annotations.NullMarked;
