package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What triage found in one signal: that it is a sign of trouble, how grave, and which
 * other signals are the same trouble.
 *
 * @param signalId the signal that shows it
 * @param fingerprint equal for signals that show the same problem of the same service:
 * service, kind, exception type or message template, operation
 * @param title one line for a person, with the variable parts masked
 */
public record Problem(UUID signalId, SignalType type, @Nullable TraceId traceId, String serviceName, Instant timestamp,
		Severity severity, String fingerprint, String title) {
}
