/**
 * Defaults that all services share and the environment variables of the original
 * services. Settings of one feature live with that feature.
 */
@NullMarked
package dev.whence.support.environment;

import org.jspecify.annotations.NullMarked;
