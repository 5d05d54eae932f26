package dev.whence.query.incident;

import dev.whence.model.Severity;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents a search wants; null admits everything.
 *
 * @param trace any of the traces on which it was seen
 * @param service one of the affected services
 */
record IncidentFilter(@Nullable IncidentStatus status, @Nullable Severity severity, @Nullable TraceId trace,
		@Nullable String service) {
}
