/**
 * Zipkin's v2 API for reporters: spans as JSON or protobuf become the spans of the model,
 * in OpenTelemetry's words. Storing is the intake's part, reading is the query service's.
 */
@NullMarked
package dev.whence.ingest.zipkin;

import org.jspecify.annotations.NullMarked;
