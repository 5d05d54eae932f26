/**
 * For how long a project keeps its telemetry: asking and choosing. Ending what is old is
 * the store's business.
 */
@NullMarked
package dev.whence.ingest.retention;

import org.jspecify.annotations.NullMarked;
