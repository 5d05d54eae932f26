/**
 * Which request goes to which service behind, and how long and how often the gateway
 * tries. What a client reads when that fails is written in the fallback package.
 */
@NullMarked
package dev.whence.gateway.route;

import org.jspecify.annotations.NullMarked;
