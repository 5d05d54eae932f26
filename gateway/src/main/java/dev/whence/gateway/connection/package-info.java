/**
 * What a connection may cost before there is a request: how many there are, how long one
 * may be silent or slow. What a request may cost is decided in the package of limits.
 */
@NullMarked
package dev.whence.gateway.connection;

import org.jspecify.annotations.NullMarked;
