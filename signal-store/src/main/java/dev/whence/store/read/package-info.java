/**
 * Telemetry as it is read back from PostgreSQL.
 */
@NullMarked
package dev.whence.store.read;

import org.jspecify.annotations.NullMarked;
