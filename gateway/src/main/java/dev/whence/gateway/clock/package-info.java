/**
 * Time limits of requests. How long they are is decided by the features that set them.
 */
@NullMarked
package dev.whence.gateway.clock;

import org.jspecify.annotations.NullMarked;
