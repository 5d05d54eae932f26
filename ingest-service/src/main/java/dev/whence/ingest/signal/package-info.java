/**
 * The native dialects: one signal per request as JSON, in the forms of the original
 * service's code and of its README. OpenTelemetry has a package of its own.
 */
@NullMarked
package dev.whence.ingest.signal;

import org.jspecify.annotations.NullMarked;
