/**
 * A sample application that knows nothing of Whence or OpenTelemetry; the agent that is
 * attached to it does.
 */
@NullMarked
package dev.whence.e2e.shop;

import org.jspecify.annotations.NullMarked;
