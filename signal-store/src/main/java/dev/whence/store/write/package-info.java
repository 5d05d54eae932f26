/**
 * Telemetry as rows: which tables a signal goes to and what is announced of it. How rows
 * come to be committed is not known here.
 */
@NullMarked
package dev.whence.store.write;

import org.jspecify.annotations.NullMarked;
