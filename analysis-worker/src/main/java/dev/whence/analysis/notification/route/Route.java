package dev.whence.analysis.notification.route;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;

/**
 * Says how much a channel hears of certain incidents.
 *
 * @param services the incidents of these; empty for all
 */
public record Route(UUID id, ProjectId project, UUID channel, List<String> services, Severity minSeverity,
		Strategy strategy, boolean enabled, Instant createdAt) {

	public Route {
		services = List.copyOf(services);
	}

	/** Whether it has a say in what happens to an incident of these services. */
	boolean matches(Collection<String> affected, Severity severity) {
		return this.enabled && severity.isAtLeast(this.minSeverity)
				&& (!isSpecific() || !Collections.disjoint(this.services, affected));
	}

	/** Whether it is about some services only. */
	boolean isSpecific() {
		return !this.services.isEmpty();
	}

}
