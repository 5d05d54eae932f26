/**
 * OTLP over HTTP: logs, traces and metrics as protobuf or JSON, with the answers that
 * OpenTelemetry prescribes. Storing is the intake's part.
 */
@NullMarked
package dev.whence.ingest.otlp;

import org.jspecify.annotations.NullMarked;
