/**
 * The append-only store for telemetry: what services see of it. Writing and reading are
 * separate ports; {@code form}, {@code outbox}, {@code rejected} and {@code rollup} are
 * open to services too, the other packages are not. What incidents make of the signals is
 * kept elsewhere.
 */
@NullMarked
package dev.whence.store;

import org.jspecify.annotations.NullMarked;
