/**
 * Whence as it runs in production: every service a process of its own, on real servers.
 * What is asked of it lives in the journeys.
 */
@NullMarked
package dev.whence.e2e.platform;

import org.jspecify.annotations.NullMarked;
