/**
 * Redis servers: one per JVM for tests that only use Redis, and one of its own for a test
 * that pauses or kills it.
 */
@NullMarked
package dev.whence.testkit.redis;

import org.jspecify.annotations.NullMarked;
