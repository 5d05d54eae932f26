/**
 * What a client may claim about itself: headers, origin, address, the presence of a
 * credential. Whether a credential is genuine is checked by the services themselves.
 */
@NullMarked
package dev.whence.gateway.shield;

import org.jspecify.annotations.NullMarked;
