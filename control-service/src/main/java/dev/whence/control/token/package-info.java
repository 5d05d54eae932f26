/**
 * Signing in and out: access tokens and the keys that sign them, sessions and their
 * refresh tokens. Whose password it is, accounts know; what a token allows, every service
 * decides itself.
 */
@NullMarked
package dev.whence.control.token;

import org.jspecify.annotations.NullMarked;
