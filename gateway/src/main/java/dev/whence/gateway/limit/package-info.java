/**
 * How much a client may send: bytes per request, requests per second. Nothing here knows
 * what a request means.
 */
@NullMarked
package dev.whence.gateway.limit;

import org.jspecify.annotations.NullMarked;
