package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Severity;

/**
 * An incident as it is now.
 *
 * @param services that it affects, sorted
 */
public record PastIncident(UUID id, String title, Severity severity, Instant detectedAt, Instant firstSeen,
		Instant lastSeen, List<String> services) {

	public PastIncident {
		services = List.copyOf(services);
	}

}
