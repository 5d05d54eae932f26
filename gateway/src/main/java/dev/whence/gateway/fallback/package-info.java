/**
 * What a client reads when the gateway itself has to answer with a failure. Failures of
 * the services behind pass through untouched and never come here.
 */
@NullMarked
package dev.whence.gateway.fallback;

import org.jspecify.annotations.NullMarked;
