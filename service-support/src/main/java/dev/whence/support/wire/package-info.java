/**
 * The event wire between services: the port, the JSON of its events, its settings and its
 * metrics. The adapters live in a package each; what travels here only wakes others up,
 * the truth is in PostgreSQL.
 */
@NullMarked
package dev.whence.support.wire;

import org.jspecify.annotations.NullMarked;
