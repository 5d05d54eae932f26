package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;

/**
 * An incident in one version, for analysis.
 */
public record IncidentSnapshot(UUID id, ProjectId project, long version, String title, Severity severity,
		Collection<String> affectedServices, Instant firstSeen, Instant lastSeen) {
}
