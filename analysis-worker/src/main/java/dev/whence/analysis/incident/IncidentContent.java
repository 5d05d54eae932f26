package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Set;

import dev.whence.model.Severity;

/**
 * What the signals of an incident add up to.
 *
 * @param signals all signals of its traces, as the original service counted them, and its
 * problems without a trace
 */
record IncidentContent(Severity severity, Set<String> services, long signals, Instant firstSeen, Instant lastSeen) {
}
