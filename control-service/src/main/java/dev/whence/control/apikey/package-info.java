/**
 * API keys: issuing, listing and revoking them. Their verification is every service's
 * own, in {@code dev.whence.support.security}.
 */
@NullMarked
package dev.whence.control.apikey;

import org.jspecify.annotations.NullMarked;
