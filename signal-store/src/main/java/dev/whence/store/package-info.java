/**
 * The append-only store for telemetry: the only SQL on its tables, and their migrations.
 * Writing and reading are separate ports; what incidents make of the signals is kept
 * elsewhere.
 */
@NullMarked
package dev.whence.store;

import org.jspecify.annotations.NullMarked;
